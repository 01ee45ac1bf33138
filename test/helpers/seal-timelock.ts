import { gcm } from '@noble/ciphers/aes.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';

// What a client does to seal bytes to a round of a beacon (ideal-lab5/timelock, tle): written apart from the code that opens
// them, so that one can be checked with the other.

const { G1, G2, fields } = bls12_381;

const u64le = (value: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out;
};
const vector = (bytes: Uint8Array): Buffer => Buffer.concat([u64le(bytes.length), bytes]);
const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, i) => byte ^ b[i]!));
const scalar = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`) % fields.Fr.ORDER;

/** An element of the target group as arkworks writes it: twelve coordinates, lowest first, little-endian. */
function gtBytes(element: ReturnType<typeof bls12_381.pairing>): Buffer {
  const { c0, c1 } = element;
  const coordinates = [c0.c0, c0.c1, c0.c2, c1.c0, c1.c1, c1.c2].flatMap((pair) => [pair.c0, pair.c1]);
  return Buffer.concat(coordinates.map((value) => Buffer.from(value.toString(16).padStart(96, '0'), 'hex').reverse()));
}

/** Seals `content` to a round. Deterministic: the key and sigma come from `seed`. */
export function sealTimelock(publicKey: Uint8Array, round: bigint, content: Uint8Array, seed = 'seed'): Uint8Array {
  const key = sha256(Buffer.from(`${seed} key`));
  const sigma = sha256(Buffer.from(`${seed} sigma`));
  const nonce = sha256(Buffer.from(`${seed} nonce`)).subarray(0, 12);
  const roundBytes = Buffer.alloc(8);
  roundBytes.writeBigUInt64BE(round);
  const identity = G1.Point.fromAffine(G1.hashToCurve(sha256(roundBytes)).toAffine());
  const r = scalar(sha256(Buffer.concat([sigma, key])));
  const shared = bls12_381.pairing(identity.multiply(r), G2.Point.fromBytes(publicKey));
  return Buffer.concat([
    G2.Point.BASE.multiply(r).toBytes(),
    vector(xor(sigma, sha256(gtBytes(shared)))),
    vector(xor(key, sha256(sigma))),
    vector(Buffer.concat([vector(gcm(key, nonce).encrypt(content)), vector(nonce)])),
    vector(Buffer.from('AES_GCM_')),
  ]);
}
