import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './build/bundle.ts';
import { commandIndex, commandManifest } from './build/commands.ts';
import { gatherLicenses } from './build/licenses.ts';

/**
 * Builds dist/: bundles, the index of commands, the licences of what is bundled, and oclif's manifest.
 * With --check-manifest the manifest is compared with the file instead of written. With --only=TOPIC,TOPIC only these
 * commands are built, for work on some while others do not compile; the manifest is left alone then.
 */
const root = process.cwd();
const started = Date.now();
// Built beside dist and swapped in at the end, so that a running command or test finds a whole dist.
const fresh = join(root, '.build', `dist-${process.pid}`);

const only = (process.argv.find((word) => word.startsWith('--only='))?.slice(7) ?? '').split(',').filter(Boolean);
const bundled = await bundle(root, fresh, only);
const { text, packages } = gatherLicenses(root, bundled.inputs);
writeFileSync(join(fresh, 'THIRD-PARTY-LICENSES'), text);
const index = commandIndex(root, fresh, bundled.commandFiles);
writeFileSync(join(fresh, 'commands.json'), JSON.stringify(index));
swapIn(fresh, join(root, 'dist'));

const manifestFile = join(root, 'oclif.manifest.json');
const manifest = `${JSON.stringify(await commandManifest(root), null, 1)}\n`;
if (!process.argv.includes('--check-manifest')) {
  if (only.length === 0) writeFileSync(manifestFile, manifest);
} else if (!existsSync(manifestFile) || readFileSync(manifestFile, 'utf8') !== manifest) {
  console.error('oclif.manifest.json is stale: run `npm run build` and commit it.');
  process.exit(1);
}
const commands = Object.keys(index.commands).length;
const size = Math.round(bundled.bytes / 1024);
console.log(`${commands} commands, ${packages} packages bundled, ${size} kB, ${Date.now() - started} ms`);

function swapIn(from: string, to: string): void {
  const old = `${from}-old`;
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}
