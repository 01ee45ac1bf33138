import { getPublicKey, secretFromSeed, sign } from '@scure/sr25519';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeExtrinsic } from '../../../../src/lib/localnet/frame/extrinsic.ts';
import type { VerifySignature } from '../../../../src/lib/localnet/frame/multi-signature.ts';
import { TransactionValidityError } from '../../../../src/lib/localnet/frame/transaction-validity.ts';
import { makePulse } from '../../../../src/lib/localnet/node/beacon/load-beacon.ts';
import { localBeaconConfig } from '../../../../src/lib/localnet/node/beacon/local-beacon.ts';
import {
  BeaconConfig,
  LastStoredRound,
  NextUnsignedAt,
  OldestStoredRound,
  Pulses,
} from '../../../../src/lib/localnet/pallets/drand/spec.ts';
import { BeaconConfigurationPayload, PulsesPayload } from '../../../../src/lib/localnet/pallets/drand/types.ts';
import { validateUnsigned } from '../../../../src/lib/localnet/pallets/drand/validate-unsigned.ts';
import type { PulseValue } from '../../../../src/lib/localnet/pallets/drand/verify-pulse.ts';
import { loadSignatureVerifier } from '../../../../src/lib/localnet/runtime/verify-signature.ts';
import { toHex } from '../../../../src/lib/localnet/scale/bytes.ts';
import { encode } from '../../../../src/lib/localnet/scale/type.ts';
import { attempt, lastEvent, perform } from '../../../helpers/attempt.ts';
import { callOf, DAVE, type OpenBlock, openBlock } from '../../../helpers/local-runtime.ts';

// pallets/drand/src/lib.rs and src/verifier.rs.

const secret = secretFromSeed(new Uint8Array(32).fill(9));
const me = { type: 'Sr25519', value: toHex(getPublicKey(secret)) } as const;
const signatureOf = (payload: Uint8Array) => ({ type: 'Sr25519', value: toHex(sign(secret, payload)) }) as const;
const payloadOf = (pulses: readonly PulseValue[], block_number = 1) => ({ block_number, pulses, public: me });
const writePulses = (...pulses: PulseValue[]) =>
  callOf('Drand', 'write_pulse', { pulses_payload: payloadOf(pulses), signature: undefined });
const pulse = makePulse;
/** A good point, of another round. */
const forged = (round: bigint): PulseValue => ({ ...pulse(round), signature: pulse(round + 1n).signature });
const broken = (round: bigint): PulseValue => ({ ...pulse(round), signature: new Uint8Array(48) });

let verify: VerifySignature;
beforeAll(async () => {
  verify = await loadSignatureVerifier();
});
let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
  BeaconConfig.put(block.x, localBeaconConfig);
});

describe('writing pulses', () => {
  test('is nobody’s, in ascending rounds', () => {
    expect(attempt(block, DAVE, writePulses(pulse(5n)))).toBe('BadOrigin');
    expect(attempt(block, 'root', writePulses(pulse(5n)))).toBe('BadOrigin');
    expect(attempt(block, 'none', writePulses(pulse(5n)))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Drand.NewPulse', { rounds: [5n] }]);
    expect(attempt(block, 'none', writePulses(pulse(5n)))).toBe('Drand.InvalidRoundNumber');
    expect(attempt(block, 'none', writePulses(pulse(4n)))).toBe('Drand.InvalidRoundNumber');
    expect(attempt(block, 'none', writePulses(pulse(9n), pulse(12n)))).toBe('ok');
    expect([LastStoredRound.get(block.x), OldestStoredRound.get(block.x)]).toEqual([12n, 5n]);
    expect(Pulses.get(block.x, 9n)).toEqual(pulse(9n));
    expect(NextUnsignedAt.get(block.x)).toBe(1);
  });

  test('passes over what the beacon did not sign, and fails at what is no signature', () => {
    expect(attempt(block, 'none', writePulses(forged(5n)))).toBe('ok');
    expect(lastEvent(block)).toBeUndefined();
    expect(LastStoredRound.get(block.x)).toBe(0n);
    expect(attempt(block, 'none', writePulses(forged(5n), pulse(6n)))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Drand.NewPulse', { rounds: [6n] }]);
    expect(OldestStoredRound.get(block.x)).toBe(6n);
    expect(attempt(block, 'none', writePulses(broken(7n)))).toBe('Drand.PulseVerificationError');
    BeaconConfig.put(block.x, { ...localBeaconConfig, public_key: new Uint8Array(96) });
    expect(attempt(block, 'none', writePulses(pulse(7n)))).toBe('Drand.PulseVerificationError');
  });

  test('keeps a week of rounds, and removes a hundred old ones at a time', () => {
    OldestStoredRound.put(block.x, 10n);
    LastStoredRound.put(block.x, 10n);
    for (let round = 10n; round < 200n; round++) Pulses.insert(block.x, round, pulse(1n));
    perform(block, 'none', writePulses(pulse(10n + 216_000n - 1n)));
    expect(OldestStoredRound.get(block.x)).toBe(10n);
    perform(block, 'none', writePulses(pulse(10n + 216_000n + 149n)));
    expect(OldestStoredRound.get(block.x)).toBe(110n);
    expect(Pulses.containsKey(block.x, 109n)).toBe(false);
    expect(Pulses.containsKey(block.x, 110n)).toBe(true);
    perform(block, 'none', writePulses(pulse(10n + 216_000n + 150n)));
    expect(OldestStoredRound.get(block.x)).toBe(161n);
  });
});

describe('root', () => {
  const config = (payload = { block_number: 0, config: localBeaconConfig, public: me }) =>
    callOf('Drand', 'set_beacon_config', { config_payload: payload, signature: undefined });

  test('sets the beacon, and the next bare transaction waits for the next block', () => {
    BeaconConfig.kill(block.x);
    expect(attempt(block, DAVE, config())).toBe('BadOrigin');
    expect(attempt(block, 'none', config())).toBe('BadOrigin');
    expect(attempt(block, 'root', config())).toBe('ok');
    expect(BeaconConfig.get(block.x)).toEqual(localBeaconConfig);
    expect(NextUnsignedAt.get(block.x)).toBe(2);
    expect(lastEvent(block)?.[0]).toBe('Drand.BeaconConfigChanged');
  });

  test('sets the oldest round', () => {
    const oldest = callOf('Drand', 'set_oldest_stored_round', { oldest_round: 77n });
    expect(attempt(block, DAVE, oldest)).toBe('BadOrigin');
    expect(attempt(block, 'root', oldest)).toBe('ok');
    expect(lastEvent(block)).toEqual(['Drand.SetOldestStoredRound', 77n]);
  });
});

describe('bare transactions (validate_unsigned)', () => {
  type Payload = ReturnType<typeof payloadOf>;
  const signedPulses = (payload: Payload, of: Payload = payload) => ({
    type: 'write_pulse',
    value: { pulses_payload: payload, signature: signatureOf(encode(PulsesPayload, of)) },
  });
  const verdict = (call: { readonly type: string; readonly value?: unknown }): unknown => {
    try {
      return validateUnsigned(block.x, verify, call);
    } catch (thrown) {
      if (!(thrown instanceof TransactionValidityError)) throw thrown;
      return thrown.message.replace('InvalidTransaction.', '');
    }
  };

  test('carry one new round, signed with any key', () => {
    expect(verdict(signedPulses(payloadOf([pulse(5n)])))).toMatchObject({
      requires: [],
      priority: 0xffff_ffff_ffff_ffffn,
      longevity: 3n,
      propagate: false,
    });
    const low = verdict(signedPulses(payloadOf([{ ...pulse(5n), round: (1n << 64n) - 1n }]))) as { priority: bigint };
    expect(low.priority).toBe(1n << 20n);
    expect(verdict(signedPulses(payloadOf([])))).toBe('Call');
    expect(verdict(signedPulses(payloadOf([pulse(5n), pulse(6n)])))).toBe('Call');
    LastStoredRound.put(block.x, 5n);
    expect(verdict(signedPulses(payloadOf([pulse(5n)])))).toBe('Stale');
  });

  test('of the same round exclude each other', () => {
    const tags = (round: bigint, block_number: number) =>
      (verdict(signedPulses(payloadOf([pulse(round)], block_number))) as { provides: Uint8Array[] }).provides;
    expect(tags(5n, 0)).toEqual(tags(5n, 1));
    expect(tags(5n, 0)).not.toEqual(tags(6n, 0));
  });

  test('are refused without a good signature, from the future, and before their time', () => {
    const payload = payloadOf([pulse(5n)]);
    expect(verdict({ type: 'write_pulse', value: { pulses_payload: payload, signature: undefined } })).toBe(
      'BadSigner',
    );
    expect(verdict(signedPulses(payload, payloadOf([pulse(6n)])))).toBe('BadProof');
    const other = { ...payload, public: { type: 'Ed25519', value: me.value } } as unknown as Payload;
    expect(verdict(signedPulses(other))).toBe('BadProof');
    expect(verdict(signedPulses(payloadOf([pulse(5n)], 2)))).toBe('Future');
    NextUnsignedAt.put(block.x, 2);
    expect(verdict(signedPulses(payload))).toBe('Stale');
  });

  test('with a configuration are valid once, though only root may dispatch it', () => {
    const call = (block_number: number) => {
      const config_payload = { block_number, config: localBeaconConfig, public: me };
      const signature = signatureOf(encode(BeaconConfigurationPayload, config_payload));
      return { type: 'set_beacon_config', value: { config_payload, signature } };
    };
    expect(verdict(call(1))).toMatchObject({ priority: 1n << 20n, longevity: 1n, propagate: true });
    expect(verdict(call(2))).toBe('Future');
    NextUnsignedAt.put(block.x, 1);
    expect(verdict(call(0))).toBe('Stale');
    expect(verdict({ type: 'set_oldest_stored_round' })).toBe('Call');
  });

  test('go into a block, and a bad one does not', () => {
    const { runtime, x } = block;
    const bytes = (payload: Payload, signature = signatureOf(encode(PulsesPayload, payload))) =>
      encodeExtrinsic(
        { type: 'Bare', version: 5 },
        runtime.encodeCall(callOf('Drand', 'write_pulse', { pulses_payload: payload, signature })),
      );
    expect(runtime.pushExtrinsic(x, bytes(payloadOf([pulse(5n)]))).error).toBeUndefined();
    expect(LastStoredRound.get(x)).toBe(5n);
    expect(() => runtime.pushExtrinsic(x, bytes(payloadOf([pulse(5n)])))).toThrow('InvalidTransaction.Stale');
    const wrong = signatureOf(new Uint8Array(3));
    expect(() => runtime.pushExtrinsic(x, bytes(payloadOf([pulse(6n)]), wrong))).toThrow('BadProof');
  });
});
