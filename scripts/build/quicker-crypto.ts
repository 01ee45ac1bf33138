import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A change to a file of a bundled package. */
interface Change {
  readonly file: RegExp;
  /** The text that the file must hold: the build fails once it does not. */
  readonly holds: string;
  readonly change: (contents: string) => string;
}

const CHANGES: readonly Change[] = [
  {
    // WebAssembly is deflated within its source and inflated in JavaScript at every start: Node's zlib needs a fortieth.
    file: /[\\/]@polkadot[\\/]wasm-crypto-wasm[\\/]bundle\.js$/,
    holds: 'unzlibSync(base64Decode(bytes, new Uint8Array(lenIn)), new Uint8Array(lenOut))',
    change: () => `
import { inflateSync } from 'node:zlib';
import { bytes } from './cjs/bytes.js';
export { packageInfo } from './packageInfo.js';
export const wasmBytes = new Uint8Array(inflateSync(Buffer.from(bytes, 'base64')));
`,
  },
  {
    // The table of multiples of the base point is made at the first signature, for many to come. A command signs once:
    // with a table of 344 points instead of 1,376 that takes half the time, and from the fortieth signature on longer.
    file: /[\\/]@scure[\\/]sr25519[\\/]index\.js$/,
    holds: 'const RistrettoPoint = ',
    change: (contents) => `${contents}\nRistrettoPoint.BASE.precompute(3);\n`,
  },
];

/** Makes bundled cryptography quicker where it is used once, as commands do; results are the same. */
export function quickerCrypto(): Plugin {
  return {
    name: 'quicker-crypto',
    setup({ onLoad, onEnd }) {
      const done = new Set<Change>();
      for (const one of CHANGES) {
        onLoad({ filter: one.file }, async ({ path }) => {
          const contents = await readFile(path, 'utf8');
          if (!contents.includes(one.holds)) return undefined;
          done.add(one);
          return { contents: one.change(contents), loader: 'js' };
        });
      }
      onEnd(() => ({
        errors: CHANGES.filter((one) => !done.has(one)).map(({ holds }) => ({ text: `no file holds ${holds}` })),
      }));
    },
  };
}
