import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { globSync } from './glob.ts';

/** Packages with native parts: they stay outside the bundle and are the only real dependencies. */
export const NATIVE_PACKAGES = ['lmdb', '@napi-rs/keyring', '@node-rs/argon2'];

/** CommonJS code within an ES module still wants these names. */
const COMMONJS_NAMES = [
  "import{createRequire as $createRequire}from'node:module'",
  "import{fileURLToPath as $fileURLToPath}from'node:url'",
  "import{dirname as $dirname}from'node:path'",
  'const require=$createRequire(import.meta.url)',
  'const __filename=$fileURLToPath(import.meta.url)',
  'const __dirname=$dirname(__filename);',
].join(';');

export interface Bundled {
  /** Source files of the commands, relative to src/commands. */
  readonly commandFiles: readonly string[];
  /** Every file that went in. */
  readonly inputs: readonly string[];
  readonly bytes: number;
}

/** One entry per command; shared code lands in chunks, and what is imported lazily is loaded lazily. */
export async function bundle(root: string, outdir: string, only: readonly string[] = []): Promise<Bundled> {
  const commandFiles = globSync(`${root}/src/commands`, '.ts').filter(
    (file) => only.length === 0 || only.includes(file.split(/[/.]/)[0]!),
  );
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = await build({
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
    platform: 'node',
    target: 'node20.19',
    external: [...NATIVE_PACKAGES, 'keytar'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: COMMONJS_NAMES },
    // Identifiers stay, so that the stack in a report of a bug can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: false,
    metafile: true,
    logLevel: 'warning',
  });
  return {
    commandFiles,
    inputs: Object.keys(metafile.inputs),
    bytes: Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0),
  };
}

/** A command's words joined by slashes; a folder's own command is its index.ts. */
export function commandName(file: string): string {
  return file.replace(/\.ts$/, '').replace(/\/index$/, '');
}
