/** Development keys for tests that sign. */
export { makeKeyPair, softwareSigner } from '../../src/lib/wallet/index.ts';
export const utf8Bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
