import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Ext } from '../../frame/ext.ts';
import { encodeExtrinsic } from '../../frame/extrinsic.ts';
import { BeaconConfig } from '../../pallets/drand/spec.ts';
import { PulsesPayload } from '../../pallets/drand/types.ts';
import { type PulseValue, roundMessage } from '../../pallets/drand/verify-pulse.ts';
import { blockNumber } from '../../pallets/system/block.ts';
import { concatBytes, toHex, utf8 } from '../../scale/bytes.ts';
import { encode } from '../../scale/type.ts';
import { awaitedRounds } from './awaited-rounds.ts';
import { BEACON_SEED, listensToLocalBeacon, roundAt } from './local-beacon.ts';

/** Bare extrinsics with the pulses that a block at `time` (milliseconds since 1970) brings; none unless the chain listens. */
export type Beacon = (x: Ext, time: bigint) => readonly Uint8Array[];

/** Pulses in a block at most, as many as the chain's own worker fetches at once. */
const MOST_PULSES = 50;
/** The same bytes every time: sr25519 signatures hold randomness otherwise. */
const SIGNING_RANDOMNESS = new Uint8Array(32);

function scalarFrom(seed: Uint8Array): bigint {
  const wide = concatBytes(sha256(seed), sha256(sha256(seed)));
  return BigInt(`0x${toHex(wide)}`) % bls12_381.fields.Fr.ORDER;
}

/** The beacon's secret key. */
export const beaconSecret = (): bigint => scalarFrom(BEACON_SEED);

/** What the beacon says of a round: its signature, and as randomness the signature's hash. */
export function makePulse(round: bigint): PulseValue {
  const { G1 } = bls12_381;
  const signature = G1.Point.fromAffine(G1.hashToCurve(roundMessage(round)).toAffine())
    .multiply(beaconSecret())
    .toBytes();
  return { round, randomness: sha256(signature), signature };
}

/**
 * Makes the localnet's beacon. It publishes only rounds that a commit in the chain's state waits for: a chain without such
 * commits pays nothing for it. Its messages are signed as an offchain worker of the chain would sign them.
 */
export async function loadBeacon(): Promise<Beacon> {
  const { getPublicKey, secretFromSeed, sign } = await import('@scure/sr25519');
  // Made when the first commit waits: most chains that are opened never need them.
  let keys:
    | { readonly secret: Uint8Array; readonly signer: { readonly type: 'Sr25519'; readonly value: string } }
    | undefined;
  const authorKeys = () => {
    const secret = secretFromSeed(sha256(concatBytes(BEACON_SEED, utf8.encode(' author'))));
    return { secret, signer: { type: 'Sr25519', value: toHex(getPublicKey(secret)) } } as const;
  };
  const message = (x: Ext, round: bigint): Uint8Array => {
    keys ??= authorKeys();
    const { secret, signer } = keys;
    const pulses_payload = { block_number: blockNumber(x), pulses: [makePulse(round)], public: signer };
    const signed = sign(secret, encode(PulsesPayload, pulses_payload), SIGNING_RANDOMNESS);
    const signature = { type: 'Sr25519', value: toHex(signed) } as const;
    const call = { type: 'Drand', value: { type: 'write_pulse', value: { pulses_payload, signature } } };
    return encodeExtrinsic({ type: 'Bare', version: 5 }, x.runtime.encodeCall(call));
  };
  return (x, time) => {
    if (!listensToLocalBeacon(x)) return [];
    const rounds = awaitedRounds(x, roundAt(BeaconConfig.get(x), time));
    return rounds.slice(0, MOST_PULSES).map((round) => message(x, round));
  };
}
