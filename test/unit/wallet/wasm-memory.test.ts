import { describe, expect, it } from 'vitest';
import {
  sr25519PrivateFromSeed,
  sr25519PublicKey,
  sr25519Sign,
  sr25519Verify,
} from '../../../src/lib/wallet/sr25519.ts';
import { wasmCrypto } from '../../../src/lib/wallet/wasm-memory.ts';

const size = async (): Promise<number> => {
  const { bridge } = await wasmCrypto();
  return (bridge.wasm as NonNullable<typeof bridge.wasm>).memory.buffer.byteLength;
};

describe('memory in which keys are used', () => {
  it.each([0, 100, 300_000, 2_000_000])('stays as large as it is however often %i bytes are signed', async (length) => {
    const key = await sr25519PrivateFromSeed(new Uint8Array(32).fill(7));
    const publicKey = await sr25519PublicKey(key);
    const message = new Uint8Array(length).fill(1);
    await sr25519Sign(key, message);
    await sr25519Sign(key, message);
    const before = await size();
    for (let used = 0; used < 20; used++) {
      const signature = await sr25519Sign(key, message);
      expect(await sr25519Verify(message, signature, publicKey)).toBe(true);
    }
    expect(await size()).toBe(before);
  });
});
