// chart.js - charts by Chart.js in the colours of the page: light, dark, and on paper. What a chart shows
// stands in a table too.
const CHARTS = new Set();
const dark = window.matchMedia('(prefers-color-scheme: dark)');
let printing = false;

const LINES = ['#2b6cb0', '#c05621', '#2f855a', '#b83280', '#6b46c1', '#b7791f', '#2c7a7b', '#c53030', '#4a5568', '#63b3ed', '#68d391', '#d69e2e'];

function colours() {
  const night = dark.matches && !printing;
  return { ink: night ? '#d5dae1' : '#2d3748', grid: night ? '#3a4250' : '#e2e8f0', main: night ? '#6ea8e0' : '#2b6cb0',
    up: night ? '#68b984' : '#2f855a', down: night ? '#e08a7d' : '#c53030', soft: night ? '#5b6575' : '#a0aec0' };
}

// `settings(colours)` gives Chart.js' configuration; `label` says what is to be seen.
function chart(label, height, settings) {
  const canvas = make('canvas', { role: 'img', 'aria-label': `${label}${LANGUAGE === 'zh' ? '。' : '. '}${say('chart_data')}` });
  const box = make('div', { class: 'chart' }, canvas);
  box.style.height = `${height}px`;
  const own = { box, canvas, drawn: null, draw() {
    if (this.drawn) this.drawn.destroy();
    this.drawn = null;
    if (!box.isConnected || typeof Chart === 'undefined') return;
    const palette = colours(), config = settings(palette);
    config.options = Object.assign({ responsive: true, maintainAspectRatio: false, animation: false }, config.options);
    Chart.defaults.color = palette.ink;
    Chart.defaults.borderColor = palette.grid;
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    this.drawn = new Chart(canvas, config);
  } };
  CHARTS.add(own);
  queueMicrotask(() => own.draw());
  return box;
}

function redraw() {
  for (const own of CHARTS) {
    if (own.box.isConnected) own.draw();
    else if (own.drawn) {
      own.drawn.destroy();
      CHARTS.delete(own);
    }
  }
}

dark.addEventListener('change', redraw);
window.addEventListener('beforeprint', () => { printing = true; redraw(); });
window.addEventListener('afterprint', () => { printing = false; redraw(); });
