import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { ValueOf } from '../../scale/type.ts';
import type { BeaconConfiguration, Pulse } from './types.ts';

// Signatures of a drand beacon whose public keys are in G2 and whose signatures are in G1 of BLS12-381, each round signed for
// itself (pallets/drand/src/verifier.rs, QuicknetVerifier).

export type BeaconConfigurationValue = ValueOf<typeof BeaconConfiguration>;
export type PulseValue = ValueOf<typeof Pulse>;

const { G1, G2, fields, pairingBatch } = bls12_381;
const G1_LENGTH = 48;
const G2_LENGTH = 96;
const ROUND_LENGTH = 8;

/** A pulse, or the beacon's key, that cannot be read. */
export class UnreadablePulse extends Error {
  override readonly name = 'UnreadablePulse';
}

/** What the beacon signs of a round. */
export function roundMessage(round: bigint): Uint8Array {
  const bytes = new Uint8Array(ROUND_LENGTH);
  new DataView(bytes.buffer).setBigUint64(0, round);
  return sha256(bytes);
}

interface Readable<P> {
  readonly Point: { fromBytes(bytes: Uint8Array): P };
}

/** The point at the front of `bytes`; what follows it is ignored, as the chain does. @throws UnreadablePulse */
function pointFrom<P extends { assertValidity(): void }>(group: Readable<P>, length: number, bytes: Uint8Array): P {
  try {
    const point = group.Point.fromBytes(bytes.subarray(0, length));
    point.assertValidity();
    return point;
  } catch (cause) {
    throw new UnreadablePulse('not a point of the curve', { cause });
  }
}

/** Whether the beacon signed the pulse's round. The pulse's randomness is not looked at. @throws UnreadablePulse */
export function verifyPulse(config: BeaconConfigurationValue, pulse: PulseValue): boolean {
  const key = pointFrom(G2, G2_LENGTH, config.public_key);
  const signature = pointFrom(G1, G1_LENGTH, pulse.signature);
  const hashed = G1.Point.fromAffine(G1.hashToCurve(roundMessage(pulse.round)).toAffine());
  // A pairing with the point at infinity is one; the library refuses to compute it.
  const pairs = [
    { g1: signature.negate(), g2: G2.Point.BASE },
    { g1: hashed, g2: key },
  ].filter(({ g1, g2 }) => !g1.is0() && !g2.is0());
  return pairs.length === 0 || fields.Fp12.eql(pairingBatch(pairs), fields.Fp12.ONE);
}
