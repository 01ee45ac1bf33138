/**
 * Writes what the localnet has and has not of the chain into docs/PARITY.md, from both sides' metadata.
 * Usage: npm run parity [-- --check] (--check writes nothing and exits with 1 when the document is stale)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { measure, ourDescription, theirDescription } from './parity/measure.ts';
import { renderParity, withGenerated } from './parity/render.ts';

const PATH = 'docs/PARITY.md';

const { compared, different } = measure(15, false);
const before = readFileSync(PATH, 'utf8');
const after = withGenerated(before, renderParity(ourDescription(15, false), theirDescription(false)));
const items = Object.entries(compared).map(([kind, count]) => `${count} × ${kind}`);
console.log(`compared ${items.join(', ')}: ${different.length} different`);
for (const line of different) console.log(`  ${line}`);
if (process.argv.includes('--check')) {
  if (before !== after) console.log(`${PATH} is stale: npm run parity`);
  if (before !== after || different.length > 0) process.exitCode = 1;
} else {
  writeFileSync(PATH, after);
  if (different.length > 0) process.exitCode = 1;
}
