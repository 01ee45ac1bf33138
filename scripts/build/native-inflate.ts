import type { Plugin } from 'esbuild';

const CONTENTS = `
import { inflateSync } from 'node:zlib';
import { bytes } from './cjs/bytes.js';
export { packageInfo } from './packageInfo.js';
export const wasmBytes = new Uint8Array(inflateSync(Buffer.from(bytes, 'base64')));
`;

/**
 * @polkadot's WebAssembly is deflated within its source, and inflated in JavaScript at every start: Node does it in a
 * fortieth of the time. Fails where the file is not found any more.
 */
export function nativeInflate(): Plugin {
  return {
    name: 'native-inflate',
    setup({ onLoad, onEnd }) {
      let replaced = 0;
      onLoad({ filter: /[\\/]@polkadot[\\/]wasm-crypto-wasm[\\/]bundle\.js$/ }, () => {
        replaced++;
        return { contents: CONTENTS, loader: 'js' };
      });
      onEnd(() => (replaced === 1 ? undefined : { errors: [{ text: `${replaced} files inflate WebAssembly` }] }));
    },
  };
}
