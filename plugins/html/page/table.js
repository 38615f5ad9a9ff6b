// table.js - tables that are sorted by their headings and made only as far as they are looked at.
const STEP = 100;
const TABLES = new Set();

function compare_values(a, b) {
  const x = number(a), y = number(b);
  if (x !== null && y !== null) return x - y;
  if (x !== null || y !== null) return x !== null ? -1 : 1;
  const s = exists(a) ? String(a) : '', t = exists(b) ? String(b) : '';
  return s === t ? 0 : s === '' ? 1 : t === '' ? -1 : s < t ? -1 : 1;
}

// A column: { key, label, right, value(row), show(row), fixed }. `value` is what is sorted by and what is
// shown unless `show` makes something else of it; `fixed`: it is not sorted by.
class Table {
  constructor(caption, columns, list, options = {}) {
    this.columns = columns;
    this.all = list;
    this.list = list;
    this.limit = options.limit || STEP;
    this.sorted = null;
    this.body = make('tbody');
    this.head = make('tr', {}, columns.map((column, i) => this.heading(column, i)));
    this.table = make('table', {}, make('caption', { text: caption }), make('thead', {}, this.head), this.body);
    this.more = make('p', { class: 'more' });
    const box = make('div', { class: 'scroll', role: 'region', 'aria-label': `${caption}: ${say('scroll')}`, tabindex: '0' }, this.table);
    this.node = make('div', { class: 'table' }, box, this.more);
    TABLES.add(this);
    this.draw();
  }

  heading(column, i) {
    const cell = make('th', { scope: 'col', class: column.right ? 'right' : null });
    if (column.fixed) {
      cell.textContent = column.label;
      return cell;
    }
    cell.append(make('button', { type: 'button', title: say('sort'), onclick: () => this.sort(i) },
      column.label, make('span', { class: 'arrow', 'aria-hidden': 'true' })),
    // A heading that is repeated on the next page of a printout shows text, but no button.
    make('span', { class: 'paper', 'aria-hidden': 'true', text: column.label }));
    return cell;
  }

  // Numbers begin with the greatest, words with the first; a second time the other way round. What is
  // empty stays at the end.
  sort(i) {
    const column = this.columns[i], down = this.sorted && this.sorted.i === i ? !this.sorted.down : Boolean(column.right);
    this.sorted = { i, down };
    [...this.head.children].forEach((cell, k) => {
      if (k === i) cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else cell.removeAttribute('aria-sort');
    });
    this.draw();
  }

  set(list) {
    this.list = list;
    this.limit = STEP;
    this.draw();
  }

  ordered() {
    if (!this.sorted) return this.list;
    const { i, down } = this.sorted, value = this.columns[i].value;
    const keyed = this.list.map((row, k) => [value(row), k, row]);
    keyed.sort((a, b) => {
      const empty = Number(!exists(a[0])) - Number(!exists(b[0]));
      return empty || (down ? -1 : 1) * compare_values(a[0], b[0]) || a[1] - b[1];
    });
    return keyed.map(entry => entry[2]);
  }

  cell(column, row, first) {
    const shown = column.show ? column.show(row) : exists(column.value(row)) ? column.value(row) : '—';
    const name = first ? 'th' : 'td';
    return make(name, { scope: first ? 'row' : null, class: [column.right && 'right', column.wide && 'wide'].filter(Boolean).join(' ') || null }, shown);
  }

  draw() {
    const list = this.ordered().slice(0, this.limit);
    const made = document.createDocumentFragment();
    for (const row of list) made.append(make('tr', {}, this.columns.map((column, i) => this.cell(column, row, i === 0))));
    this.body.replaceChildren(made);
    const left = this.list.length - list.length;
    this.more.replaceChildren();
    if (left <= 0) return;
    const next = Math.min(left, STEP * 5);
    this.more.append(make('span', { text: say('shown', list.length, this.list.length) + ' ' }),
      make('button', { type: 'button', onclick: () => this.show(this.limit + next) }, say('more', next)), ' ',
      make('button', { type: 'button', onclick: () => this.show(Infinity) }, say('all_rows')));
  }

  show(limit) {
    this.limit = limit;
    this.draw();
  }
}

// On paper a table is whole.
window.addEventListener('beforeprint', () => {
  for (const table of TABLES) if (table.node.isConnected && table.limit < table.list.length) table.show(Infinity);
});

// Conditions above a list: words that are searched for, and choices of what rows have. `keys`: [[name,
// label]]; `text(row)`: what is searched. Calls `changed` with what is left.
class Filter {
  constructor(list, keys, text, changed) {
    this.list = list;
    this.text = text;
    this.changed = changed;
    this.texts = new Map();
    this.said = make('p', { class: 'said', role: 'status', 'aria-live': 'polite' });
    const id = fresh('find');
    this.input = make('input', { type: 'search', id, placeholder: say('search_hint'), oninput: () => this.apply() });
    this.choices = keys.map(([key, label, show]) => this.choice(key, label, show)).filter(Boolean);
    this.reset = make('button', { type: 'button', onclick: () => this.clear() }, say('reset'));
    this.node = make('form', { class: 'filter', role: 'search', onsubmit: event => event.preventDefault() },
      make('label', { for: id, text: say('search') }), this.input,
      this.choices.map(choice => [choice.label, choice.select]), this.reset, this.said);
  }

  // Nothing is chosen from among one.
  choice(key, label, show) {
    const values = [...new Set(this.list.map(row => row[key]))].filter(exists);
    const empty = this.list.some(row => !exists(row[key]));
    if (values.length + Number(empty) < 2) return null;
    values.sort(compare_values);
    const id = fresh('choice');
    const options = values.map((value, i) => make('option', { value: String(i), text: show ? show(value) : String(value) }));
    if (empty) options.push(make('option', { value: 'none', text: say('none') }));
    const select = make('select', { id, onchange: () => this.apply() }, make('option', { value: '', text: say('all') }), options);
    return { key, values, select, label: make('label', { for: id, text: label }) };
  }

  words(row) {
    if (!this.texts.has(row)) this.texts.set(row, this.text(row).filter(exists).join('\n').toLowerCase());
    return this.texts.get(row);
  }

  left() {
    const wanted = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    return this.list.filter(row => this.choices.every(({ key, values, select }) => {
      if (select.value === '') return true;
      return select.value === 'none' ? !exists(row[key]) : row[key] === values[Number(select.value)];
    }) && wanted.every(word => this.words(row).includes(word)));
  }

  apply() {
    const left = this.left();
    this.said.textContent = say('matched', left.length, this.list.length);
    this.changed(left);
  }

  clear() {
    this.input.value = '';
    for (const { select } of this.choices) select.value = '';
    this.apply();
    this.input.focus();
  }
}
