import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build, type OutputFile, transform } from 'esbuild';
import { globSync } from './glob.ts';
import { builtMetadataHash } from './metadata-hash.ts';
import { quickerCrypto } from './quicker-crypto.ts';

/** Packages with native parts: they stay outside the bundle and are the only real dependencies. */
const NATIVE_PACKAGES = ['lmdb', '@napi-rs/keyring', '@node-rs/argon2'];

export interface Bundled {
  /** Source files of the commands, relative to src/commands. */
  readonly commandFiles: readonly string[];
  /** Every file that went in. */
  readonly inputs: readonly string[];
  readonly bytes: number;
}

const TARGET = { platform: 'node', target: 'node20.19' } as const;
/** Identifiers stay, so that the stack in a report of a bug can be read. */
const SMALLER = { minifySyntax: true, minifyWhitespace: true, legalComments: 'none' } as const;

/**
 * One entry per command; shared code lands in chunks, and what is imported lazily is loaded lazily. Written as CommonJS,
 * although only modules can be split: what `vm.Script` takes is all that Node 20 keeps compiled code of, and importing
 * Node's own modules one by one costs tens of milliseconds.
 */
export async function bundle(root: string, outdir: string, only: readonly string[] = []): Promise<Bundled> {
  const commandFiles = globSync(`${root}/src/commands`, '.ts').filter(
    (file) => only.length === 0 || only.includes(file.split(/[/.]/)[0]!),
  );
  rmSync(outdir, { recursive: true, force: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'src/lib/cli/entry.ts', out: 'main' },
      ...commandFiles.map((file) => ({ in: `src/commands/${file}`, out: `commands/${commandName(file)}` })),
    ],
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    ...TARGET,
    external: [...NATIVE_PACKAGES, 'keytar'],
    define: { 'process.env.NODE_ENV': '"production"', METADATA_HASH: JSON.stringify(builtMetadataHash()) },
    ...SMALLER,
    plugins: [quickerCrypto()],
    write: false,
    sourcemap: false,
    metafile: true,
    logLevel: 'warning',
  });
  const files = await Promise.all(outputFiles.map(asCommonJs));
  const launcher = await bundleLauncher(root, outdir, buildId(files));
  for (const { path, text } of [...files, launcher]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  writeFileSync(`${outdir}/package.json`, '{"type":"commonjs"}\n');
  return {
    commandFiles,
    inputs: Object.keys(metafile.inputs),
    bytes: files.reduce((sum, { text }) => sum + text.length, 0),
  };
}

interface BuiltFile {
  readonly path: string;
  readonly text: string;
}

async function asCommonJs({ path, text }: OutputFile): Promise<BuiltFile> {
  const { code } = await transform(text, {
    format: 'cjs',
    ...TARGET,
    ...SMALLER,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'IMPORT_META_URL' },
  });
  if (!code.includes('IMPORT_META_URL')) return { path, text: code };
  return { path, text: `const IMPORT_META_URL=require("node:url").pathToFileURL(__filename).href;${code}` };
}

/** What bin/run.js loads, in one file. */
async function bundleLauncher(root: string, outdir: string, id: string): Promise<BuiltFile> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/lib/cli/launch/launch.ts'],
    outfile: `${outdir}/run.js`,
    bundle: true,
    format: 'cjs',
    ...TARGET,
    ...SMALLER,
    define: { BUILD_ID: JSON.stringify(id) },
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0]!;
}

function buildId(files: readonly BuiltFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${path.split('/').slice(-2).join('/')}\0${text.length}\0${text}`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** A command's words joined by slashes; a folder's own command is its index.ts. */
export function commandName(file: string): string {
  return file.replace(/\.ts$/, '').replace(/\/index$/, '');
}
