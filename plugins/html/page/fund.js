// fund.js - one fund: score, levels, money and facts, indicators with their reasons, findings.
function figure(fund) {
  const list = [card(say('score'), make('strong', { class: 'big', text: exists(fund.score) ? fund.score : '—' }), ` / ${plain(fund.full_score)}`),
    card(say('grade'), exists(fund.grade) ? grade_of(fund) : fund.no_grade || '—'), card(say('rank'), exists(fund.rank) ? fund.rank : '—'),
    card(say('coverage'), percent(fund.coverage)), card(say('bounds'), fund.bounds ? fund.bounds.join('–') : '—'), card(say('status'), fund.status_word)];
  if (exists(fund.claimed_total) || exists(fund.claimed_grade))
    list.push(card(say('claimed_total'), [plain(fund.claimed_total), fund.claimed_grade].filter(one => exists(one) && one !== '—').join(' ')));
  return cards(...list);
}

function level_share(level) {
  const score = number(level.score);
  return score === null || !(level.weight > 0) ? null : score / level.weight;
}

function levels_section(fund) {
  const list = rows(fund.levels);
  const table = new Table(say('levels'), [
    { key: 'name', label: say('level'), value: level => level.name || level.path },
    { key: 'weight', label: say('weight'), value: level => level.weight, right: true, show: level => plain(level.weight) },
    { key: 'score', label: say('score'), value: level => number(level.score), right: true, show: level => (exists(level.score) ? plain(level.score) : '—') },
    { key: 'share', label: say('share'), value: level_share, right: true, show: level => percent(level_share(level)) },
  ], list);
  const drawn = list.length === 0 ? null : chart(say('levels'), 60 + 34 * list.length, palette => ({
    type: 'bar',
    data: { labels: list.map(level => level.name || level.path),
      datasets: [{ label: say('share'), data: list.map(level => (level_share(level) === null ? null : 100 * level_share(level))), backgroundColor: palette.main, maxBarThickness: 20 }] },
    options: { indexAxis: 'y', scales: { x: { min: 0, max: 100, ticks: { callback: value => `${value}%` } } }, plugins: { legend: { display: false } } },
  }));
  return section(say('levels'), drawn, table.node);
}

function fact_value(fact) {
  if (fact.unit === '元' && typeof fact.value === 'number') return money(fact.value);
  if (typeof fact.value === 'number') return plain(fact.value, 9) + (fact.unit ? (fact.unit === '%' ? '%' : ` ${fact.unit}`) : '');
  return exists(fact.text) ? fact.text : exists(fact.value) ? String(fact.value) : say('unknown');
}

function facts_section(fund) {
  const list = rows(fund.facts);
  if (list.length === 0) return null;
  return section(say('facts'), new Table(say('facts'), [
    { key: 'label', label: say('fact'), value: fact => fact.label },
    { key: 'value', label: say('value'), value: fact => fact.value, right: true, show: fact_value },
    { key: 'text', label: say('written'), value: fact => fact.text },
    { key: 'source', label: say('source'), value: fact => fact.source, show: fact => make('code', { text: fact.source || '—' }) },
  ], list).node);
}

// As it is written; a computed value has no text.
function shown_value(text, value, unit) {
  if (exists(text)) return text;
  if (Array.isArray(value)) return value.map(one => plain(one)).join('–') + (unit || '');
  return exists(value) ? plain(value, 4) + (typeof value === 'number' && unit ? unit : '') : '—';
}

function item_score(item) {
  if (exists(item.score)) return plain(item.score);
  return make('span', { class: 'muted', text: item.status_word });
}

function indicators_section(fund) {
  const list = rows(fund.indicators), claims = list.some(item => exists(item.claimed));
  return section(say('indicators'), new Table(say('indicators'), [
    { key: 'name', label: say('indicator'), value: item => item.name || item.path, wide: true,
      show: item => [item.name || item.path, make('br'), make('span', { class: 'muted', text: [item.level1, item.level2].filter(exists).join(' · ') })] },
    { key: 'target', label: say('target'), value: item => item.target_text, show: item => shown_value(item.target_text, item.target, item.unit) },
    { key: 'actual', label: say('actual'), value: item => item.actual_text, show: item => shown_value(item.actual_text, item.actual, item.unit) },
    { key: 'weight', label: say('weight'), value: item => item.weight, right: true, show: item => plain(item.weight) },
    { key: 'attainment', label: say('attainment'), value: item => item.attainment, right: true, show: item => plain(item.attainment, 4) },
    { key: 'score', label: say('score'), value: item => number(item.score), right: true, show: item_score },
    claims ? { key: 'claimed', label: say('claimed'), value: item => item.claimed, right: true, show: item => plain(item.claimed) } : null,
    { key: 'reason', label: say('reason'), value: item => item.reason, wide: true,
      show: item => [item.reason || '—', exists(item.note) ? make('p', { class: 'note', text: `${say('note')}${LANGUAGE === 'zh' ? '：' : ': '}${item.note}` }) : null] },
    { key: 'source', label: say('source'), value: item => item.source, show: item => make('code', { text: item.source || '—' }) },
  ].filter(Boolean), list, { limit: 500 }).node);
}

function adjustments_section(fund) {
  const list = rows(fund.adjustments);
  if (list.length === 0) return null;
  return section(say('adjustments'), new Table(say('adjustments'), [
    { key: 'reason', label: say('why'), value: one => one.reason, wide: true },
    { key: 'points', label: say('points'), value: one => one.points, right: true, show: one => (one.veto ? say('veto') : exists(one.points) ? signed(one.points) : '—') },
    { key: 'cap', label: say('cap'), value: one => one.cap },
  ], list).node);
}

function fund_page(fund) {
  const years = rows(REPORT.funds).filter(one => one.fund === fund.fund && one.year !== fund.year);
  const own = findings_of(fund);
  return [make('p', { class: 'path' }, make('a', { href: '#', text: say('back') })),
    make('h2', { class: 'fund', id: 'fund-title', tabindex: '-1' }, `${fund.name || fund.fund}　${fund.year}`),
    make('p', { class: 'muted' }, [fund.fund, fund.type_name || fund.type, fund.department].filter(exists).join(' · ')),
    figure(fund),
    years.length ? make('p', {}, `${say('years_of')}${LANGUAGE === 'zh' ? '：' : ': '}`, years.map(one => [fund_link(one.fund, one.year, String(one.year)), ' '])) : null,
    levels_section(fund), indicators_section(fund), adjustments_section(fund), facts_section(fund),
    own.length ? section(say('findings'), new Table(say('findings'), finding_columns(true), own).node) : section(say('findings'), make('p', { text: say('no_findings') }))];
}
