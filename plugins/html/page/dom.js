// dom.js - elements, made one by one: text is text wherever it comes from.
function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

let ids = 0;
const fresh = prefix => `${prefix}-${++ids}`;

// A part of the page, which its heading names.
function section(title, ...children) {
  const id = fresh('part');
  return make('section', { 'aria-labelledby': id }, make('h2', { id, text: title }), ...children);
}

// A share as a bar, beside the figure that says the same.
function bar(share) {
  const inside = make('span', { class: 'bar-inside' });
  inside.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return make('span', { class: 'bar', 'aria-hidden': 'true' }, inside);
}

function card(label, ...value) {
  return make('div', { class: 'card' }, make('dt', { text: label }), make('dd', {}, ...value));
}

const cards = (...list) => make('dl', { class: 'cards' }, ...list);

// Colours of grades go by their order, whatever they are called; the word itself is always there.
function grade(word, place, count) {
  if (!exists(word)) return make('span', { class: 'muted', text: '—' });
  const step = place < 0 || count < 2 ? 'x' : Math.min(3, Math.floor((place * 4) / count));
  return make('span', { class: `grade grade-${step}`, text: word });
}

const severity = one => make('span', { class: `severity severity-${one.severity}`, text: one.severity_word });
