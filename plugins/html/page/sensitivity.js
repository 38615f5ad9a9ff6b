// sensitivity.js - how ranks, scores and grades depend on the weights.
const INTERVALS_MAX = 40;

function interval_chart(list) {
  const drawn = list.filter(fund => exists(fund.rank)).slice(0, INTERVALS_MAX);
  if (drawn.length === 0) return null;
  const width = fund => { const ranks = record(fund.ranks); return [ranks.p05 - 0.35, ranks.p95 + 0.35]; };
  return make('div', {}, list.length > drawn.length ? make('p', { class: 'muted', text: say('lines_hint', drawn.length) }) : null,
    chart(say('intervals'), 70 + 26 * drawn.length, palette => ({
      type: 'bar',
      data: { labels: drawn.map(fund => `${fund.fund} ${fund.year}`), datasets: [
        { label: say('interval'), data: drawn.map(width), backgroundColor: palette.soft, maxBarThickness: 16, order: 2 },
        { label: say('own_rank'), type: 'scatter', order: 1, pointStyle: 'rectRot', pointRadius: 6, borderColor: palette.main, backgroundColor: palette.main,
          data: drawn.map((fund, i) => ({ x: fund.rank, y: i })) }] },
      options: { indexAxis: 'y', scales: { x: { min: 0.5, max: Math.max(...drawn.map(fund => width(fund)[1])) + 0.15, ticks: { stepSize: 1, precision: 0 }, title: { display: true, text: say('rank') } } }, plugins: { legend: { position: 'bottom', labels: { usePointStyle: true } } } },
    })));
}

function shares(fund) {
  return pairs(fund.grades).filter(([, share]) => share > 0).map(([name, share]) => `${name} ${share < 0.0005 ? '<0.1%' : percent(share)}`).join(LANGUAGE === 'zh' ? '，' : ', ') || '—';
}

function sensitivity_page() {
  const list = rows(REPORT.funds);
  const of = (name, key) => fund => record(fund[name])[key];
  const table = new Table(say('intervals'), [
    { key: 'fund', label: say('fund'), value: fund => fund.fund, show: fund => make('a', { href: fund_hash(fund.fund, fund.year), text: fund.fund }) },
    { key: 'name', label: say('name'), value: fund => fund.name, wide: true },
    { key: 'year', label: say('year'), value: fund => fund.year, right: true },
    { key: 'score', label: say('score'), value: fund => number(fund.score), right: true, show: fund => (exists(fund.score) ? fund.score : '—') },
    { key: 'p05', label: `${say('score')} 5%`, value: of('drawn', 'p05'), right: true, show: fund => plain(of('drawn', 'p05')(fund)) },
    { key: 'p95', label: `${say('score')} 95%`, value: of('drawn', 'p95'), right: true, show: fund => plain(of('drawn', 'p95')(fund)) },
    { key: 'grade', label: say('grade'), value: fund => fund.grade },
    { key: 'grades', label: say('grade_share'), fixed: true, value: () => null, show: shares },
    { key: 'rank', label: say('rank'), value: fund => fund.rank, right: true },
    { key: 'ranks', label: say('interval'), value: of('ranks', 'p05'), right: true, show: fund => `${plain(of('ranks', 'p05')(fund))}–${plain(of('ranks', 'p95')(fund))}` },
  ], list);
  const box = make('div', {}, interval_chart(list));
  const filter = new Filter(list, [['year', say('year')], ['type', say('type')], ['department', say('department')], ['grade', say('grade')]],
    fund => [fund.fund, fund.name, fund.department, fund.type], left => {
      box.replaceChildren(...[interval_chart(left)].filter(Boolean));
      table.set(left);
    });
  return [make('p', { text: say('draws', REPORT.draws, percent(REPORT.spread), REPORT.seed) }), filter.node,
    section(say('intervals'), box, table.node), findings_section(FINDINGS)];
}

function weighed_page(fund) {
  return [make('p', { class: 'path' }, make('a', { href: '#', text: say('back') })),
    make('h2', { class: 'fund', id: 'fund-title', tabindex: '-1' }, `${fund.name || fund.fund}　${fund.year}`),
    cards(card(say('score'), make('strong', { class: 'big', text: exists(fund.score) ? fund.score : '—' })), card(say('grade'), fund.grade || '—'),
      card(say('rank'), exists(fund.rank) ? fund.rank : '—'), card(say('grade_share'), shares(fund))),
    section(say('leaving_out'), new Table(say('leaving_out'), [
      { key: 'name', label: say('indicator'), value: item => item.name || item.indicator, wide: true },
      { key: 'weight', label: say('weight'), value: item => item.weight, right: true, show: item => plain(item.weight) },
      { key: 'score', label: say('score'), value: item => number(item.score), right: true, show: item => plain(item.score) },
      { key: 'without', label: say('without'), value: item => number(item.without), right: true, show: item => plain(item.without) },
      { key: 'change', label: say('change'), value: item => number(item.change), right: true, show: item => signed(item.change) },
      { key: 'grade', label: say('grade'), value: item => item.grade },
    ], rows(fund.indicators)).node)];
}
