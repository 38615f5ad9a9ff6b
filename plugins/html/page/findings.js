// findings.js - findings, with what they mean and what to do; yardsticks, folded.
const FINDINGS = rows(REPORT.findings);
const by_fund = new Map();
for (const one of FINDINGS) {
  const key = `${one.fund}\n${one.year}`;
  if (!by_fund.has(key)) by_fund.set(key, []);
  by_fund.get(key).push(one);
}
const findings_of = fund => by_fund.get(`${fund.fund}\n${fund.year}`) || [];

const finding_columns = own => [
  { key: 'severity', label: say('severity'), value: one => ['error', 'warning', 'note'].indexOf(one.severity), show: severity },
  { key: 'code', label: say('code'), value: one => one.code, show: one => make('code', { text: one.code }) },
  own ? null : { key: 'fund', label: say('fund'), value: one => one.fund,
    show: one => (exists(one.fund) ? fund_link(one.fund, one.year, one.fund) : '—') },
  own ? null : { key: 'year', label: say('year'), value: one => one.year },
  { key: 'message', label: say('message'), value: one => one.message, wide: true },
  { key: 'remedy', label: say('remedy'), value: one => one.remedy, wide: true,
    show: one => [make('span', { class: 'muted', text: one.meaning || '' }), make('br'), one.remedy || ''] },
  { key: 'source', label: say('source'), value: one => one.source, show: one => make('code', { text: one.source || '—' }) },
].filter(Boolean);

function findings_section(list) {
  if (list.length === 0) return section(say('findings'), make('p', { text: say('no_findings') }));
  const table = new Table(say('findings'), finding_columns(false), list);
  const filter = new Filter(list, [['severity_word', say('severity')], ['code', say('code')], ['year', say('year')]],
    one => [one.fund, one.code, one.message, one.source, one.indicator], left => table.set(left));
  return section(say('findings'), filter.node, table.node);
}

function yardstick_keys(yardstick) {
  return new Table(yardstick.name || yardstick.type, [
    { key: 'section', label: say('section'), value: one => one.section },
    { key: 'key', label: say('key'), value: one => one.key, show: one => make('code', { text: one.key }) },
    { key: 'value', label: say('value'), value: one => one.value, wide: true },
    { key: 'source', label: say('source'), value: one => one.source, show: one => make('code', { text: one.source || '—' }) },
  ], rows(yardstick.keys), { limit: Infinity }).node;
}

// What is folded is made when it is opened.
function yardsticks_section(list) {
  return section(say('yardsticks'), list.map(yardstick => {
    const box = make('details', {}, make('summary', { text: `${yardstick.name || yardstick.type}　${yardstick.type} ${yardstick.year}` }));
    box.addEventListener('toggle', () => {
      if (box.open && box.children.length === 1) box.append(yardstick_keys(yardstick));
    });
    return box;
  }));
}
