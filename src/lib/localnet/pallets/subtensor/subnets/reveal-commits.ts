import { saturatingSub } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { signed } from '../../../frame/origin.ts';
import { equalBytes, toHex, utf8 } from '../../../scale/bytes.ts';
import { struct, vec } from '../../../scale/compound.ts';
import { ScaleError } from '../../../scale/io.ts';
import { bytes, u16, u64 } from '../../../scale/primitives.ts';
import { decodePrefix, type Type, type ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Pulses } from '../../drand/spec.ts';
import { events } from '../events.ts';
import { MechanismCountCurrent, RevealPeriodEpochs, TimelockedWeightCommits } from '../storage.ts';
import { currentEpochWithLookahead } from './commit-reveal.ts';
import { getMechanismStorageIndex } from './mechanism.ts';
import { doSetMechanismWeights } from './set-weights.ts';
import { decryptTimelock, parseTimelockCiphertext, parseTimelockSignature } from './timelock.ts';

/** Opening time-locked weights at their epoch. Source: pallets/subtensor coinbase/reveal_commits.rs. */

const HEX_PREFIX = utf8.encode('0x');
const ACCOUNT_LENGTH = 32;

const weights = { uids: vec(u16), values: vec(u16), version_key: u64 };
const Payload = struct('WeightsTlockPayload', { hotkey: bytes, ...weights });
/** As clients before the hotkey was bound into the payload made it. */
const LegacyPayload = struct('LegacyWeightsTlockPayload', weights);
type Weights = ValueOf<typeof LegacyPayload>;

function tryDecode<T>(type: Type<T>, from: Uint8Array): T | undefined {
  try {
    return decodePrefix(type, from);
  } catch (thrown) {
    if (thrown instanceof ScaleError) return undefined;
    throw thrown;
  }
}

/** Weights in a decrypted payload; undefined when it is of no known form or of another hotkey. */
function weightsFrom(decrypted: Uint8Array, who: AccountId): Weights | undefined {
  const payload = tryDecode(Payload, decrypted);
  if (!payload || payload.hotkey.length < ACCOUNT_LENGTH) return tryDecode(LegacyPayload, decrypted);
  return toHex(payload.hotkey.subarray(0, ACCOUNT_LENGTH)) === who ? payload : undefined;
}

function openCommit(commit: Uint8Array, signature: Uint8Array, who: AccountId): Weights | undefined {
  const ciphertext = parseTimelockCiphertext(commit);
  const raw = equalBytes(signature.subarray(0, 2), HEX_PREFIX) ? signature.subarray(2) : signature;
  const opener = ciphertext && parseTimelockSignature(raw);
  const decrypted = opener && decryptTimelock(ciphertext, opener);
  return decrypted && weightsFrom(decrypted, who);
}

/**
 * Sets the weights of all commits whose reveal epoch is now. Those whose pulse is missing wait for the next block,
 * those that cannot be opened or set are dropped, and so are those of past epochs.
 */
export function revealCrv3CommitsForSubnet(x: Ext, netuid: number): void {
  const period = RevealPeriodEpochs.get(x, netuid);
  const current = currentEpochWithLookahead(x, netuid);
  const due = saturatingSub(current, period);
  const mechanisms = MechanismCountCurrent.get(x, netuid);
  for (let mechanism = 0; mechanism < mechanisms; mechanism++) {
    const index = getMechanismStorageIndex(netuid, mechanism);
    for (const epoch of [...TimelockedWeightCommits.keysPrefix(x, index)])
      if (epoch < due) TimelockedWeightCommits.remove(x, index, epoch);
    if (current < period) return;
    const waiting = TimelockedWeightCommits.take(x, index, due).filter(([who, , commit, round]) => {
      const pulse = Pulses.get(x, round);
      if (!pulse) return true;
      const opened = openCommit(commit, pulse.signature, who);
      if (opened) reveal(x, { netuid, mechanism, index, who, opened });
      return false;
    });
    if (waiting.length > 0) TimelockedWeightCommits.insert(x, index, due, waiting);
  }
}

interface Reveal {
  readonly netuid: number;
  readonly mechanism: number;
  readonly index: number;
  readonly who: AccountId;
  readonly opened: Weights;
}

function reveal(x: Ext, { netuid, mechanism, index, who, opened }: Reveal): void {
  const { uids, values, version_key: versionKey } = opened;
  try {
    doSetMechanismWeights(x, signed(who), { netuid, mechanism, uids, values, versionKey });
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return;
  }
  events.deposit(x, 'TimelockedWeightsRevealed', [index, who]);
}
