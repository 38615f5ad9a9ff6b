// main.js - the frame of the page, and what the address asks for: everything, one fund, one change.
const PAGES = { score: score_page, compare: compare_page, sensitivity: sensitivity_page, review: review_page, table: table_page };
const ONE = { score: fund_page, sensitivity: weighed_page, review: claim_page };

function table_page() {
  const table = REPORT.rows, shape = table ? SHAPES[table.s] : [];
  const columns = shape.map(([key, label, right]) => ({ key, label: label || key, right: Boolean(right), value: row => row[key],
    show: row => (typeof row[key] === 'object' && row[key] !== null ? pairs(row[key]).map(pair => pair.join(' ')).join(', ') || '—' : exists(row[key]) ? String(row[key]) : '—') }));
  return [section(say('results'), new Table(EVALUATION.title || say('results'), columns, rows(table)).node)];
}

// "#fund=a&year=2021" as what it says.
function asked() {
  return Object.fromEntries(location.hash.slice(1).split('&').filter(Boolean).map(part => {
    const at = part.indexOf('=');
    let value = at < 0 ? '' : part.slice(at + 1);
    try { value = decodeURIComponent(value); } catch { /* it stays as it is */ }
    return [at < 0 ? part : part.slice(0, at), value];
  }));
}

function content() {
  const wanted = asked();
  if (exists(wanted.fund) && ONE[HEAD.kind]) {
    const fund = rows(REPORT.funds).find(one => one.fund === wanted.fund && (!exists(wanted.year) || String(one.year) === wanted.year));
    return fund ? ONE[HEAD.kind](fund) : [make('p', { role: 'alert', text: say('missing_fund', wanted.fund) }), make('a', { href: '#', text: say('back') })];
  }
  if (exists(wanted.change) && HEAD.kind === 'compare') {
    const one = changes_of(rows(REPORT.funds)).find(row => row.fund.fund === wanted.change && String(row.change.from) === wanted.from && String(row.change.to) === wanted.to);
    return one ? change_page(one) : [make('p', { role: 'alert', text: say('missing_fund', wanted.change) }), make('a', { href: '#', text: say('back') })];
  }
  return null;
}

const main = make('main', { id: 'main', tabindex: '-1' });
let overview = null, left_at = 0;

// The overview is made once, so that conditions and order are as they were when one comes back.
function show() {
  const one = content(), was = main.dataset.shown;
  if (was === 'overview') left_at = window.scrollY;
  if (!one && !overview) overview = make('div', {}, PAGES[HEAD.kind]());
  main.replaceChildren(...(one || [overview]).filter(Boolean));
  main.dataset.shown = one ? 'one' : 'overview';
  redraw();
  if (one) {
    window.scrollTo(0, 0);
    const title = document.getElementById('fund-title');
    if (title) title.focus({ preventScroll: true });
  } else if (was === 'one') {
    window.scrollTo(0, left_at);
    main.focus({ preventScroll: true });
  }
}

function start() {
  const years = EVALUATION.years || [];
  const kind = HEAD.kind === 'table' ? '' : say(`title_${HEAD.kind}`);
  document.getElementById('page').replaceWith(
    make('a', { class: 'skip', href: '#main', text: say('skip'), onclick: event => { event.preventDefault(); main.focus(); } }),
    make('header', {}, make('h1', { text: EVALUATION.title || kind || say('results') }),
      make('p', { class: 'muted', text: [kind, years.length > 4 ? `${years[0]}–${years[years.length - 1]}` : years.join(LANGUAGE === 'zh' ? '、' : ', ')].filter(exists).join(' · ') })),
    main, make('footer', {}, make('p', { class: 'muted', text: `${say('made')} ${HEAD.steelyard}` })));
  window.addEventListener('hashchange', show);
  show();
}

try {
  start();
} catch (error) {
  document.body.append(make('p', { role: 'alert', text: say('script_error') }));
  throw error;
}
