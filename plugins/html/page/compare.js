// compare.js - years side by side: lines, changes, and the causes of each as a waterfall.
const CAUSES = [['results', 'results_cause'], ['targets', 'targets'], ['weights', 'weights'], ['rules', 'rules'],
  ['indicators', 'indicators_cause'], ['adjustments', 'adjustments_cause'], ['rounding', 'rounding']];
const LINES_MAX = LINES.length;

// Every pair of years of every fund, a row each.
function changes_of(list) {
  return list.flatMap(fund => rows(fund.changes).map(change => {
    const of = year => rows(fund.years).find(one => one.year === year) || {};
    return { fund, change, from: of(change.from), to: of(change.to), causes: record(change.causes), sums: record(change.subtotals) };
  }));
}

function lines_chart(list) {
  const drawn = list.slice(0, LINES_MAX), years = REPORT.years;
  return make('div', {}, list.length > drawn.length ? make('p', { class: 'muted', text: say('lines_hint', drawn.length) }) : null,
    chart(say('lines'), 340, () => ({
      type: 'line',
      data: { labels: years.map(String), datasets: drawn.map((fund, i) => ({
        label: fund.fund, borderColor: LINES[i], backgroundColor: LINES[i], pointRadius: 4, borderWidth: 2, spanGaps: false,
        borderDash: i % 2 ? [6, 3] : [], pointStyle: ['circle', 'rect', 'triangle', 'rectRot'][i % 4],
        data: years.map(year => number((rows(fund.years).find(one => one.year === year) || {}).score)) })) },
      options: { plugins: { legend: { position: 'bottom', labels: { usePointStyle: true } } }, scales: { y: { title: { display: true, text: say('score') } } } },
    })));
}

// From the old score, cause by cause, to the new one: each bar begins where the one before ended.
function waterfall(one) {
  const labels = [String(one.change.from)], bars = [[0, number(one.from.score)]], kinds = ['main'];
  let at = number(one.from.score);
  for (const [key, word] of CAUSES) {
    const moved = number(one.causes[key]);
    if (!moved) continue;
    labels.push(say(word));
    bars.push([at, at + moved]);
    kinds.push(moved > 0 ? 'up' : 'down');
    at += moved;
  }
  labels.push(String(one.change.to));
  bars.push([0, number(one.to.score)]);
  kinds.push('main');
  const ends = bars.flat().filter(value => value > 0), least = Math.min(...ends), floor = Math.max(0, Math.floor((least - 5) / 10) * 10);
  return chart(`${say('waterfall')}: ${one.fund.fund} ${one.change.from}→${one.change.to}`, 320, palette => ({
    type: 'bar',
    data: { labels, datasets: [{ label: say('score'), data: bars.map(([a, b]) => [Math.max(a, floor), b]), backgroundColor: kinds.map(kind => palette[kind]), maxBarThickness: 56 }] },
    options: { scales: { y: { min: floor, title: { display: true, text: say('score') } } },
      plugins: { legend: { display: false }, tooltip: { callbacks: { label: context => `${plain(bars[context.dataIndex][1] - (kinds[context.dataIndex] === 'main' ? 0 : bars[context.dataIndex][0]), 4)}` } } } },
  }));
}

function side(list) {
  return rows(list).map(one => `${one.name || one.indicator}: ${exists(one.target) ? one.target : '—'} / ${exists(one.actual) ? one.actual : exists(one.rating) ? one.rating : '—'}, ` +
    `${plain(one.weight)} × ${plain(one.attainment, 4)} = ${plain(one.score)}`).join('；') || '—';
}

function drivers_table(one) {
  return new Table(say('drivers'), [
    { key: 'name', label: say('indicator'), value: row => row.name || row.indicator, wide: true },
    { key: 'change', label: say('change'), value: row => number(row.change), right: true, show: row => signed(plain(number(row.change), 4)) },
    ...CAUSES.slice(0, 5).map(([key, word]) => ({ key, label: say(word), right: true, value: row => number(record(row.causes)[key]),
      show: row => signed(plain(number(record(row.causes)[key]), 4)) })),
    { key: 'from', label: say('before'), fixed: true, wide: true, value: () => null, show: row => side(row.from) },
    { key: 'to', label: say('after'), fixed: true, wide: true, value: () => null, show: row => side(row.to) },
  ], rows(one.change.drivers)).node;
}

function change_page(one) {
  return [make('p', { class: 'path' }, make('a', { href: '#', text: say('back') })),
    make('h2', { class: 'fund', id: 'fund-title', tabindex: '-1' }, `${one.fund.name || one.fund.fund}　${one.change.from}→${one.change.to}`),
    make('p', { class: 'muted' }, [one.fund.fund, one.fund.type, one.fund.department].filter(exists).join(' · ')),
    cards(card(String(one.change.from), make('strong', { class: 'big', text: exists(one.from.score) ? one.from.score : '—' }), ' ', one.from.grade || ''),
      card(String(one.change.to), make('strong', { class: 'big', text: exists(one.to.score) ? one.to.score : '—' }), ' ', one.to.grade || ''),
      card(say('change'), exists(one.change.change) ? signed(one.change.change) : say('no_change')),
      card(say('results_cause'), signed(one.sums.results)), card(say('standard'), signed(one.sums.standard))),
    exists(one.change.change) ? section(say('waterfall'), waterfall(one), new Table(say('waterfall'), [
      { key: 'cause', label: say('why'), value: row => row[0] }, { key: 'points', label: say('points'), right: true, value: row => number(row[1]), show: row => signed(row[1]) },
    ], CAUSES.map(([key, word]) => [say(word), one.causes[key]])).node) : null,
    section(say('drivers'), drivers_table(one))];
}

const change_hash = one => `#change=${encodeURIComponent(one.fund.fund)}&from=${one.change.from}&to=${one.change.to}`;

function compare_page() {
  const list = rows(REPORT.funds), box = make('div', {}, lines_chart(list));
  const columns = [
    { key: 'fund', label: say('fund'), value: one => one.fund.fund,
      show: one => make('a', { href: change_hash(one), text: one.fund.fund }) },
    { key: 'name', label: say('name'), value: one => one.fund.name, wide: true },
    { key: 'years', label: say('year'), value: one => one.change.from, show: one => `${one.change.from}→${one.change.to}` },
    { key: 'before', label: say('before'), right: true, value: one => number(one.from.score), show: one => (exists(one.from.score) ? one.from.score : '—') },
    { key: 'after', label: say('after'), right: true, value: one => number(one.to.score), show: one => (exists(one.to.score) ? one.to.score : '—') },
    { key: 'change', label: say('change'), right: true, value: one => number(one.change.change), show: one => (exists(one.change.change) ? signed(one.change.change) : say('no_change')) },
    ...CAUSES.map(([key, word]) => ({ key, label: say(word), right: true, value: one => number(one.causes[key]), show: one => signed(one.causes[key]) })),
    { key: 'grades', label: say('grade'), value: one => one.to.grade, show: one => `${one.from.grade || '—'}→${one.to.grade || '—'}` },
    { key: 'ranks', label: say('rank'), right: true, value: one => one.to.rank, show: one => `${plain(one.from.rank)}→${plain(one.to.rank)}` },
  ];
  const table = new Table(say('changes'), columns, changes_of(list));
  const years = new Table(say('lines'), [
    { key: 'fund', label: say('fund'), value: fund => fund.fund }, { key: 'name', label: say('name'), value: fund => fund.name, wide: true },
    ...REPORT.years.map(year => {
      const of = fund => rows(fund.years).find(one => one.year === year) || {};
      return { key: String(year), label: String(year), right: true, value: fund => number(of(fund).score), show: fund => (exists(of(fund).score) ? of(fund).score : '—') };
    })], list);
  const filter = new Filter(list, [['type', say('type')], ['department', say('department')]], fund => [fund.fund, fund.name, fund.department, fund.type], left => {
    box.replaceChildren(lines_chart(left));
    table.set(changes_of(left));
    years.set(left);
  });
  return [filter.node, section(say('lines'), box, years.node), section(say('changes'), table.node), findings_section(FINDINGS)];
}
