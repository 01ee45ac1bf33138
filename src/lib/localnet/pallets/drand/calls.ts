import { normal } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { MultiSignature } from '../../frame/multi-signature.ts';
import { ensureNone, ensureRoot } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, dbWrites, weight } from '../../frame/weight.ts';
import { option } from '../../scale/compound.ts';
import { u64 } from '../../scale/primitives.ts';
import { blockNumber } from '../system/block.ts';
import { BeaconConfig, errors, events, LastStoredRound, NextUnsignedAt, OldestStoredRound, Pulses } from './spec.ts';
import { BeaconConfigurationPayload, PulsesPayload } from './types.ts';
import { type PulseValue, UnreadablePulse, verifyPulse } from './verify-pulse.ts';

const WRITE_PULSE = addWeight(weight(4_294_000_000n), dbReadsWrites(3, 4));
const SET_BEACON_CONFIG = addWeight(weight(8_766_000n), dbWrites(2));
const SET_OLDEST = addWeight(weight(5_370_000n), dbWrites(1));

/** A week of rounds. */
const MAX_KEPT_PULSES = 216_000n;
const MAX_REMOVED_PULSES = 100n;
const SIGNATURE = 'Option<T::Signature>';

/** @throws Drand.PulseVerificationError for what cannot be read */
function isVerified(x: Ext, pulse: PulseValue): boolean {
  try {
    return verifyPulse(BeaconConfig.get(x), pulse);
  } catch (thrown) {
    throw thrown instanceof UnreadablePulse ? errors.PulseVerificationError : thrown;
  }
}

function pruneOldPulses(x: Ext, last: bigint): void {
  let oldest = OldestStoredRound.get(x);
  if (oldest === 0n) return;
  const tooMany = last - oldest + 1n - MAX_KEPT_PULSES;
  const remove = tooMany < MAX_REMOVED_PULSES ? tooMany : MAX_REMOVED_PULSES;
  for (let removed = 0n; removed < remove; removed++) Pulses.remove(x, oldest++);
  OldestStoredRound.put(x, oldest);
}

/** Calls of the chain's pallets/drand (src/lib.rs). */
export const calls = {
  write_pulse: call(
    0,
    { pulses_payload: PulsesPayload, signature: option(MultiSignature) },
    normal(WRITE_PULSE),
    (x, origin, { pulses_payload: { pulses } }) => {
      ensureNone(origin);
      const before = LastStoredRound.get(x);
      const isFirst = before === 0n && OldestStoredRound.get(x) === 0n;
      const rounds: bigint[] = [];
      let last = before;
      for (const pulse of pulses) {
        if (!isVerified(x, pulse)) continue;
        if (pulse.round <= last) throw errors.InvalidRoundNumber;
        Pulses.insert(x, pulse.round, pulse);
        last = pulse.round;
        rounds.push(last);
      }
      LastStoredRound.put(x, last);
      if (isFirst && rounds.length > 0) OldestStoredRound.put(x, rounds[0]!);
      pruneOldPulses(x, last);
      NextUnsignedAt.put(x, blockNumber(x));
      if (rounds.length > 0) events.deposit(x, 'NewPulse', { rounds });
    },
    { pulses_payload: 'PulsesPayload<T::Public, BlockNumberFor<T>>', signature: SIGNATURE },
  ),
  set_beacon_config: call(
    1,
    { config_payload: BeaconConfigurationPayload, signature: option(MultiSignature) },
    normal(SET_BEACON_CONFIG),
    (x, origin, { config_payload: { config } }) => {
      ensureRoot(origin);
      BeaconConfig.put(x, config);
      NextUnsignedAt.put(x, blockNumber(x) + 1);
      events.deposit(x, 'BeaconConfigChanged');
    },
    { config_payload: 'BeaconConfigurationPayload<T::Public, BlockNumberFor<T>>', signature: SIGNATURE },
  ),
  set_oldest_stored_round: call(
    2,
    { oldest_round: u64 },
    normal(SET_OLDEST),
    (x, origin, { oldest_round }) => {
      ensureRoot(origin);
      OldestStoredRound.put(x, oldest_round);
      events.deposit(x, 'SetOldestStoredRound', oldest_round);
    },
    { oldest_round: 'u64' },
  ),
};
