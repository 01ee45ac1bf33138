// Runs a script written in TypeScript: bundles scripts/<name>.ts into .build/ and imports it, on any supported Node.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [name, ...args] = process.argv.slice(2);
if (!name || !/^[\w-]+$/.test(name)) throw new Error('usage: node scripts/run.mjs SCRIPT [ARGUMENTS]');
const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}.build/${name}.mjs`;
await build({
  absWorkingDir: root,
  entryPoints: [`scripts/${name}.ts`],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
});
process.argv.splice(1, process.argv.length - 1, outfile, ...args);
await import(pathToFileURL(outfile).href);
