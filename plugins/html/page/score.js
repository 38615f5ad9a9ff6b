// score.js - all funds: figures over them, the table, departments.
const fund_hash = (fund, year) => `#fund=${encodeURIComponent(fund)}&year=${year}`;
const fund_link = (fund, year, text) => make('a', { href: fund_hash(fund, year), text });

function grade_of(fund) {
  const grades = rows(fund.grades);
  return grade(fund.grade, grades.findIndex(one => one.name === fund.grade), grades.length);
}

// The mean of what is scored, to two decimals: scores are decimals, so that they are summed as such.
function mean_score(list) {
  const scores = list.filter(fund => fund.status === 'scored').map(fund => number(fund.score)).filter(score => score !== null);
  if (scores.length === 0) return '—';
  const sum = scores.reduce((all, score) => all + Math.round(score * 1e9), 0);
  return (sum / 1e9 / scores.length).toFixed(2);
}

function grade_counts(list) {
  const counts = new Map();
  for (const fund of list) {
    const grades = rows(fund.grades);
    for (const one of grades) if (!counts.has(one.name)) counts.set(one.name, { node: () => grade(one.name, grades.indexOf(one), grades.length), count: 0 });
    if (exists(fund.grade)) counts.get(fund.grade).count += 1;
  }
  const without = list.filter(fund => !exists(fund.grade)).length;
  const shown = [...counts.values()].filter(one => one.count > 0).map(one => make('span', { class: 'pair' }, one.node(), ` ${one.count}`));
  if (without > 0) shown.push(make('span', { class: 'pair', text: `${say('no_grade')} ${without}` }));
  return shown.length ? shown : ['—'];
}

function finding_counts(list) {
  const of = word => list.filter(one => one.severity === word).length;
  return [['error', 'errors'], ['warning', 'warnings'], ['note', 'notes']].map(([word, key]) =>
    make('span', { class: 'pair' }, make('span', { class: `severity severity-${word}`, text: say(key) }), ` ${of(word)}`));
}

function score_cards(list, all) {
  const shown = list.length === all.length ? FINDINGS : list.flatMap(findings_of);
  return cards(card(say('funds_n'), list.length), card(say('mean'), mean_score(list)), card(say('grades'), grade_counts(list)),
    card(say('scored'), `${list.filter(fund => fund.status === 'scored').length} / ${list.length}`), card(say('findings'), finding_counts(shown)));
}

const fund_columns = several => [
  { key: 'fund', label: say('fund'), value: fund => fund.fund, show: fund => fund_link(fund.fund, fund.year, fund.fund) },
  { key: 'name', label: say('name'), value: fund => fund.name, wide: true },
  { key: 'type', label: say('type'), value: fund => fund.type_name || fund.type },
  { key: 'department', label: say('department'), value: fund => fund.department },
  several ? { key: 'year', label: say('year'), value: fund => fund.year, right: true } : null,
  { key: 'score', label: say('score'), value: fund => number(fund.score), right: true,
    show: fund => (exists(fund.score) ? [bar(number(fund.score) / fund.full_score), fund.score] : '—') },
  { key: 'grade', label: say('grade'), value: fund => rows(fund.grades).findIndex(one => one.name === fund.grade) + 1 || null,
    show: fund => (exists(fund.grade) ? grade_of(fund) : make('span', { class: 'muted', text: fund.no_grade })) },
  { key: 'rank', label: say('rank'), value: fund => fund.rank, right: true },
  { key: 'coverage', label: say('coverage'), value: fund => fund.coverage, right: true, show: fund => percent(fund.coverage) },
  { key: 'bounds', label: say('bounds'), value: fund => number((fund.bounds || [])[0]), right: true,
    show: fund => (fund.bounds ? fund.bounds.join('–') : '—') },
  { key: 'nfindings', label: say('findings'), value: fund => fund.nfindings, right: true },
].filter(Boolean);

function departments_section(list) {
  if (list.length === 0) return null;
  const mean = value => (exists(value) ? value.toFixed(2) : '—');
  return section(say('departments'), new Table(say('departments'), [
    { key: 'department', label: say('department'), value: one => one.department },
    { key: 'year', label: say('year'), value: one => one.year, right: true },
    { key: 'funds', label: say('funds_n'), value: one => one.funds, right: true },
    { key: 'weighted_mean', label: say('weighted_mean'), value: one => one.weighted_mean, right: true, show: one => mean(one.weighted_mean) },
    { key: 'mean', label: say('plain_mean'), value: one => one.mean, right: true, show: one => mean(one.mean) },
    { key: 'by_money', label: say('by_money'), value: one => one.coverage_by_money, right: true, show: one => percent(one.coverage_by_money) },
    { key: 'grades', label: say('grades'), fixed: true, value: () => null,
      show: one => pairs(one.grades).map(([name, count]) => `${name} ${count}`).join(LANGUAGE === 'zh' ? '，' : ', ') || '—' },
  ], list).node);
}

function score_page() {
  const list = rows(REPORT.funds), several = new Set(list.map(fund => fund.year)).size > 1;
  const figures = make('div', {}, score_cards(list, list));
  const table = new Table(say('funds'), fund_columns(several), list);
  const filter = new Filter(list, [['year', say('year')], ['type', say('type')], ['department', say('department')], ['grade', say('grade')],
    ['status_word', say('status')]], fund => [fund.fund, fund.name, fund.department, fund.type, fund.type_name], left => {
    figures.replaceChildren(score_cards(left, list));
    table.set(left);
  });
  return [figures, section(say('funds'), filter.node, table.node), departments_section(rows(REPORT.departments)),
    findings_section(FINDINGS), yardsticks_section(rows(REPORT.yardsticks))];
}
