/**
 * Runs a TypeScript script on every supported Node version: bundles it with esbuild, then imports the result.
 * Usage: node scripts/run.mjs scripts/NAME.ts [ARGUMENT…]
 */
import { mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('Usage: node scripts/run.mjs scripts/NAME.ts [ARGUMENT…]');
  process.exit(2);
}
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, '.build', 'scripts');
mkdirSync(outdir, { recursive: true });
const outfile = join(outdir, `${basename(script, '.ts')}.mjs`);
await build({
  entryPoints: [resolve(script)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);
