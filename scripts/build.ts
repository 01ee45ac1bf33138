import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './build/bundle.ts';
import { commandIndex, commandManifest } from './build/commands.ts';
import { gatherLicenses } from './build/licenses.ts';

/**
 * Builds dist/: bundles, the index of commands, the licences of what is bundled, and oclif's manifest.
 * With --check-manifest the manifest is compared with the file instead of written.
 */
const root = process.cwd();
const started = Date.now();
const checksOnly = process.argv.includes('--check-manifest');

const bundled = await bundle(root);
const { text, packages } = gatherLicenses(root, bundled.inputs);
writeFileSync(join(root, 'dist', 'THIRD-PARTY-LICENSES'), text);
const index = await commandIndex(root, bundled.commandFiles);
writeFileSync(join(root, 'dist', 'commands.json'), JSON.stringify(index));

const manifestFile = join(root, 'oclif.manifest.json');
const manifest = `${JSON.stringify(await commandManifest(root), null, 1)}\n`;
if (!checksOnly) {
  writeFileSync(manifestFile, manifest);
} else if (readOr(manifestFile, '') !== manifest) {
  rmSync(join(root, 'dist', 'commands.json'));
  console.error('oclif.manifest.json is stale: run `npm run build` and commit it.');
  process.exit(1);
}
const commands = Object.keys(index.commands).length;
const size = Math.round(bundled.bytes / 1024);
console.log(`${commands} commands, ${packages} packages bundled, ${size} kB, ${Date.now() - started} ms`);

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}
