import { parseArgs } from 'node:util';
import { runModel } from '../test/model/run-model.ts';

/** `npm run soak -- --runs 1000 --blocks 2000 [--seed N]`: random runs of the whole runtime with an audit after every block. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    blocks: { type: 'string', default: '500' },
    seed: { type: 'string' },
  },
});
const runs = Number(values.runs);
const blocks = Number(values.blocks);
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const actions = new Map<string, number>();
const started = performance.now();
let checks = 0;
for (let run = 0; run < runs; run++) {
  const report = runModel(first + run, { blocks });
  checks += report.checks;
  for (const [name, count] of report.actions) actions.set(name, (actions.get(name) ?? 0) + count);
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${runs} runs of ${blocks} blocks from seed ${first}: ${checks} checks hold, ${Math.round((runs * blocks) / seconds)} blocks/s`,
);
console.log(
  [...actions]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', '),
);
