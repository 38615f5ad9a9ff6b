// GoRules Zen: a decision a row, as its users call it, over the first ROWS rows.
//   node zen.mjs MODULES FOLDER OUT.csv ROWS
import { createRequire } from 'node:module';
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
const [modules, folder, out, rows] = process.argv.slice(2);
const { ZenEngine } = createRequire(modules + '/')('@gorules/zen-engine');

async function* records(name) {
  let header;
  for await (const line of createInterface({ input: createReadStream(`${folder}/${name}.csv`) })) {
    const cells = line.split(',');
    if (header) yield Object.fromEntries(header.map((h, i) => [h, cells[i]]));
    else header = cells;
  }
}

const attainment = `sign == '<=' ? (actual <= target ? 1 : target / actual)
  : (actual >= target ? 1 : (target <= 0 ? 0 : actual / target))`;
const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify({
  nodes: [
    { id: 'in', name: 'in', type: 'inputNode' },
    { id: 'score', name: 'score', type: 'expressionNode',
      content: { expressions: [{ id: 'points', key: 'points', value: `round(weight * (${attainment}), 2)` }] } },
    { id: 'out', name: 'out', type: 'outputNode' },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'score', type: 'edge' },
    { id: 'b', sourceId: 'score', targetId: 'out', type: 'edge' },
  ],
})));

const sample = [], weights = {}, types = {}, scores = new Map();
for await (const r of records('outcomes')) {
  if (sample.push(r) >= Number(rows)) break;
}
for await (const r of records('weights')) weights[`${r.type},${r.indicator}`] = Number(r.weight);
for await (const r of records('funds')) {
  types[`${r.fund},${r.year}`] = r.type;
  if (r.fund > sample[sample.length - 1].fund) break;
}
const started = performance.now();
for (const r of sample) {
  const key = `${r.fund},${r.year}`;
  const { result } = await decision.evaluate({ sign: r.sign, target: Number(r.target), actual: Number(r.actual),
    weight: weights[`${types[key]},${r.indicator}`] });
  scores.set(key, (scores.get(key) ?? 0) + Math.round(Number(result.points) * 100));
}
console.log('inside', ((performance.now() - started) / 1000).toFixed(6));
writeFileSync(out, ['fund,year,score', ...[...scores].map(([key, s]) => `${key},${s / 100}`)].join('\n') + '\n');
process.exit(0);
