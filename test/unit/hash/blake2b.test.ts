import { blake2b as reference } from '@noble/hashes/blake2.js';
import { describe, expect, it } from 'vitest';
import { blake2b, blake2b128, blake2b256 } from '../../../src/lib/localnet/hash/blake2b.ts';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';

describe('blake2b', () => {
  it('gives the digest of "abc" from RFC 7693, appendix A', () => {
    expect(toHex(blake2b(new TextEncoder().encode('abc'), 64))).toBe(
      'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1' +
        '7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
    );
  });

  it('agrees with another implementation at block and memory page boundaries', () => {
    for (const length of [0, 1, 127, 128, 129, 255, 256, 257, 4096, 65407, 65472, 65473, 65536, 300_001]) {
      const data = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff);
      expect(toHex(blake2b256(data)), `${length} bytes`).toBe(toHex(reference(data, { dkLen: 32 })));
      expect(toHex(blake2b128(data)), `${length} bytes`).toBe(toHex(reference(data, { dkLen: 16 })));
    }
  });

  it('is not disturbed by a longer input hashed before', () => {
    blake2b256(new Uint8Array(1000).fill(255));
    expect(toHex(blake2b256(new Uint8Array(3)))).toBe(toHex(reference(new Uint8Array(3), { dkLen: 32 })));
  });

  it('returns bytes of its own', () => {
    const first = blake2b256(Uint8Array.of(1));
    const kept = toHex(first);
    blake2b256(Uint8Array.of(2));
    expect(toHex(first)).toBe(kept);
  });
});
