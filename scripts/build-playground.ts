import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compressExport, decodeExport, equalExports } from '../src/lib/localnet/node/store/snapshot.ts';
import { buildPlayground } from './playground/build.ts';

/**
 * Builds the playground and writes assets/playground.snapshot; with --check compares instead, and fails on a difference.
 * `node scripts/run.mjs build-playground`
 */
const FILE = 'assets/playground.snapshot';
const started = performance.now();
const canonical = await buildPlayground();
const seconds = ((performance.now() - started) / 1000).toFixed(1);

if (process.argv.includes('--check')) {
  if (!existsSync(FILE) || !equalExports(readFileSync(FILE), canonical)) {
    console.error(`${FILE} is stale: run \`node scripts/run.mjs build-playground\` and commit it.`);
    process.exit(1);
  }
  console.log(`${FILE} is what building gives (${seconds} s)`);
} else {
  const packed = compressExport(canonical);
  mkdirSync('assets', { recursive: true });
  writeFileSync(FILE, packed);
  const { blocks, state } = decodeExport(canonical);
  console.log(
    `${FILE}: ${blocks.length} blocks, ${state.length} keys, ${canonical.length} bytes, packed ${packed.length} (${seconds} s)`,
  );
}
