// data.js - the document: tables and records are rows of cells, whose names stand in the list of shapes.
const SHAPES = JSON.parse(document.getElementById('shapes').textContent);
const DOCUMENT = JSON.parse(document.getElementById('data').textContent);

// A row as an object; `shape` is kept for those who show columns as they come.
function named(shape, cells) {
  const row = {};
  const names = SHAPES[shape];
  for (let i = 0; i < names.length; i++) row[names[i][0]] = cells[i];
  return row;
}

// The rows of a table, each made once.
function rows(table) {
  if (!table) return [];
  if (!table.rows) table.rows = table.v.map(cells => named(table.s, cells));
  return table.rows;
}

function record(cell) {
  if (!cell) return {};
  if (!cell.row) cell.row = named(cell.s, cell.r);
  return cell.row;
}

const pairs = map => (map ? map.m : []);
const exists = value => value !== null && value !== undefined && value !== '';
// A score is text with its decimals; as a number it is for bars and for sorting.
const number = value => (exists(value) && !Number.isNaN(Number(value)) ? Number(value) : null);

const HEAD = record(DOCUMENT);
const REPORT = record(HEAD.report);
const EVALUATION = record(HEAD.evaluation);

// How numbers are written: at most fifteen digits, groups of three in money.
function plain(value, places = 6) {
  if (!exists(value)) return '—';
  if (typeof value !== 'number') return String(value);
  return String(Number(value.toFixed(places)));
}
const percent = value => (exists(value) ? (100 * value).toFixed(1) + '%' : '—');
const signed = value => (exists(value) ? (number(value) > 0 ? '+' : '') + String(value).replace('-', '−') : '—');
function money(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 }) + (LANGUAGE === 'zh' ? ' 元' : ' 元');
}
