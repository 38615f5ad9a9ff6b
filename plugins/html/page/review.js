// review.js - claims: the worklist, worst first, and what each claim comes to.
const ADVICE = { pass: 'note', add_reason: 'warning', return: 'error', visit: 'error' };
const advice = word => make('span', { class: `severity severity-${ADVICE[word] || 'note'}`, text: say(word) });

function review_page() {
  const summary = record(REPORT.summary), list = rows(summary.worst), funds = rows(REPORT.funds);
  const names = new Map(funds.map(fund => [`${fund.fund}\n${fund.year}`, fund]));
  const whole = list.map(one => Object.assign({}, names.get(`${one.fund}\n${one.year}`), one));
  for (const one of whole) one.advice_word = say(one.advice);
  const table = new Table(say('worklist'), [
    { key: 'fund', label: say('fund'), value: one => one.fund, show: one => fund_link(one.fund, one.year, one.fund) },
    { key: 'name', label: say('name'), value: one => one.name, wide: true },
    { key: 'year', label: say('year'), value: one => one.year, right: true },
    { key: 'claimed', label: say('comparable'), value: one => one.claimed_comparable, right: true, show: one => plain(one.claimed_comparable) },
    { key: 'recomputed', label: say('recomputed'), value: one => number(one.recomputed_total), right: true, show: one => plain(one.recomputed_total) },
    { key: 'over', label: say('over'), value: one => one.over, right: true, show: one => signed(plain(one.over)) },
    { key: 'advice', label: say('advice'), value: one => ['pass', 'add_reason', 'return', 'visit'].indexOf(one.advice), right: false, show: one => advice(one.advice) },
    { key: 'why', label: say('why'), value: one => one.why, wide: true },
  ], whole);
  const filter = new Filter(whole, [['year', say('year')], ['type', say('type')], ['department', say('department')], ['advice_word', say('advice')]],
    one => [one.fund, one.name, one.department, one.type, one.why], left => table.set(left));
  const verdicts = rows(summary.verdicts).filter(one => one.rows > 0);
  return [cards(card(say('funds_n'), whole.length), ...['visit', 'return', 'add_reason', 'pass'].map(word => card(say(word), whole.filter(one => one.advice === word).length))),
    section(say('worklist'), filter.node, table.node),
    section(say('verdicts'), new Table(say('verdicts'), [
      { key: 'verdict', label: say('verdict'), value: one => say(one.verdict) },
      { key: 'rows', label: say('rows'), value: one => one.rows, right: true },
      { key: 'points', label: say('points'), value: one => one.points, right: true, show: one => plain(one.points) },
    ], verdicts).node),
    section(say('by_code'), new Table(say('by_code'), [
      { key: 'code', label: say('code'), value: one => one.code, show: one => make('code', { text: one.code }) },
      { key: 'meaning', label: say('meaning'), value: one => (FINDINGS.find(finding => finding.code === one.code) || {}).meaning, wide: true },
      { key: 'count', label: say('count'), value: one => one.count, right: true },
    ], rows(summary.findings)).node),
    findings_section(FINDINGS)];
}

function claim_page(fund) {
  const own = findings_of(fund);
  return [make('p', { class: 'path' }, make('a', { href: '#', text: say('back') })),
    make('h2', { class: 'fund', id: 'fund-title', tabindex: '-1' }, `${fund.name || fund.fund}　${fund.year}`),
    make('p', { class: 'muted' }, [fund.fund, fund.type, fund.department].filter(exists).join(' · ')),
    cards(card(say('claimed_total'), plain(fund.claimed_total)), card(say('comparable'), plain(fund.claimed_comparable)),
      card(say('recomputed_total'), plain(fund.recomputed_total)), card(say('unreviewed'), plain(fund.unreviewed_weight)),
      card(say('grade'), `${fund.claimed_grade || '—'} / ${fund.grade || '—'}`), card(say('advice'), advice(fund.advice))),
    exists(fund.why) ? make('p', { text: fund.why }) : null,
    section(say('indicators'), new Table(say('indicators'), [
      { key: 'name', label: say('indicator'), value: item => item.name || item.path, wide: true },
      { key: 'weight', label: say('weight'), value: item => item.weight, right: true, show: item => plain(item.weight) },
      { key: 'claimed', label: say('claimed'), value: item => item.claimed, right: true, show: item => plain(item.claimed) },
      { key: 'recomputed', label: say('recomputed'), value: item => number(item.recomputed), right: true, show: item => plain(item.recomputed) },
      { key: 'difference', label: say('difference'), value: item => number(item.difference), right: true, show: item => signed(plain(item.difference)) },
      { key: 'verdict', label: say('verdict'), value: item => say(item.verdict), show: item => make('span', { class: `verdict verdict-${item.verdict}`, text: say(item.verdict) }) },
      { key: 'reason', label: say('reason'), value: item => item.reason, wide: true },
      { key: 'source', label: say('source'), value: item => item.source, show: item => make('code', { text: item.source || '—' }) },
    ], rows(fund.indicators), { limit: 500 }).node),
    own.length ? section(say('findings'), new Table(say('findings'), finding_columns(true), own).node) : null];
}
