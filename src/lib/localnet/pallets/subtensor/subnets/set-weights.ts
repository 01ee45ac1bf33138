import { asDispatchError, type DispatchError } from '../../../frame/dispatch-error.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin, signed } from '../../../frame/origin.ts';
import { tuple, vec } from '../../../scale/compound.ts';
import { compactBigint, compactNumber, u16, u64 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, MechId, NetUid, named, U16s } from '../call-args.ts';
import { vecU16MaxUpscaleToU16 } from '../epoch/math/vector.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { CommitRevealWeightsEnabled, Weights } from '../storage.ts';
import { ensureMechanismExists, getMechanismStorageIndex } from './mechanism.ts';
import { ROOT_NETUID } from './subnet.ts';
import { getUidForNetAndHotkey, isHotkeyRegisteredOnNetwork, setLastUpdateForUid } from './uids.ts';
import {
  checkLength,
  checkLenUidsWithinAllowed,
  checkRateLimit,
  checkValidatorPermit,
  checkVersionKey,
  checkWeightsMinStake,
  containsInvalidUids,
  hasDuplicateUids,
} from './weight-checks.ts';

/** Setting weights openly. Source: pallets/subtensor subnets/weights.rs. */

/** Weights that a neuron gives: `values[i]` to `uids[i]`. */
export interface WeightsArgs {
  readonly netuid: number;
  readonly mechanism: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

/** Main mechanism of a subnet. */
export const MAIN_MECHANISM = 0;

/** Stores weights, scaled up so that the greatest is 65535. @throws DispatchError in the chain's order of checks */
export function doSetMechanismWeights(x: Ext, origin: Origin, args: WeightsArgs): void {
  const { netuid, mechanism, uids, values, versionKey } = args;
  const index = getMechanismStorageIndex(netuid, mechanism);
  const hotkey = ensureSigned(origin);
  if (netuid === ROOT_NETUID) throw errors.CanNotSetRootNetworkWeights;
  if (uids.length !== values.length) throw errors.WeightVecNotEqualSize;
  ensureMechanismExists(x, netuid, mechanism);
  if (!checkLenUidsWithinAllowed(x, netuid, uids)) throw errors.UidsLengthExceedUidsInSubNet;
  if (!isHotkeyRegisteredOnNetwork(x, netuid, hotkey)) throw errors.HotKeyNotRegisteredInSubNet;
  if (!checkWeightsMinStake(x, hotkey, netuid)) throw errors.NotEnoughStakeToSetWeights;
  if (!checkVersionKey(x, netuid, versionKey)) throw errors.IncorrectWeightVersionKey;
  const uid = getUidForNetAndHotkey(x, netuid, hotkey);
  const block = currentBlock(x);
  const open = !CommitRevealWeightsEnabled.get(x, netuid);
  if (open && !checkRateLimit(x, index, uid, block)) throw errors.SettingWeightsTooFast;
  if (!checkValidatorPermit(x, netuid, uid, uids, values)) throw errors.NeuronNoValidatorPermit;
  if (hasDuplicateUids(uids)) throw errors.DuplicateUids;
  if (containsInvalidUids(x, netuid, uids)) throw errors.UidVecContainInvalidOne;
  if (!checkLength(x, netuid, uid, uids, values)) throw errors.WeightVecLengthIsLow;
  const scaled = vecU16MaxUpscaleToU16(values);
  Weights.insert(x, index, uid, Uint16Array.from(uids.flatMap((target, i) => [target, scaled[i]!])));
  if (open) setLastUpdateForUid(x, index, uid, block);
  events.deposit(x, 'WeightsSet', [index, uid]);
}

/** As `doSetMechanismWeights`, where weights are not committed first. @throws CommitRevealEnabled too */
function setWeightsOpenly(x: Ext, origin: Origin, args: WeightsArgs): void {
  if (CommitRevealWeightsEnabled.get(x, args.netuid)) throw errors.CommitRevealEnabled;
  doSetMechanismWeights(x, origin, args);
}

/** What one item of a batch throws is an event; the batch goes on and succeeds. */
export function runWeightsBatch(
  x: Ext,
  who: AccountId,
  netuids: readonly number[],
  run: (netuid: number, item: number) => void,
): void {
  const failures: [netuid: number, error: DispatchError][] = [];
  netuids.forEach((netuid, item) => {
    try {
      run(netuid, item);
    } catch (thrown) {
      const error = asDispatchError(thrown);
      if (!error) throw thrown;
      failures.push([netuid, error]);
    }
  });
  if (failures.length > 0) events.deposit(x, 'BatchCompletedWithErrors');
  for (const [netuid, error] of failures) events.deposit(x, 'BatchWeightItemFailed', [netuid, error.value]);
  events.deposit(x, 'BatchWeightsCompleted', [netuids, who]);
}

export const NetUids = named(vec(compactNumber(u16)), 'Vec<Compact<NetUid>>');

/** Calls 0, 80 and 119. */
export const setWeightsCalls = {
  set_weights: callWithNames(
    0,
    { netuid: NetUid, dests: U16s, weights: U16s, version_key: u64 },
    costs(118_513_610_000n, 10_327_410n, 'No'),
    (x, origin, { netuid, dests, weights, version_key }) =>
      setWeightsOpenly(x, origin, {
        netuid,
        mechanism: MAIN_MECHANISM,
        uids: dests,
        values: weights,
        versionKey: version_key,
      }),
  ),
  batch_set_weights: callWithNames(
    80,
    {
      netuids: NetUids,
      weights: named(vec(vec(tuple(compactNumber(u16), compactNumber(u16)))), 'Vec<Vec<(Compact<u16>, Compact<u16>)>>'),
      version_keys: named(vec(compactBigint(u64)), 'Vec<Compact<u64>>'),
    },
    costs(703_092_000n, 7395n, 'No'),
    (x, origin, { netuids, weights, version_keys }) => {
      const hotkey = ensureSigned(origin);
      if (netuids.length !== weights.length || netuids.length !== version_keys.length) throw errors.InputLengthsUnequal;
      runWeightsBatch(x, hotkey, netuids, (netuid, item) =>
        setWeightsOpenly(x, signed(hotkey), {
          netuid,
          mechanism: MAIN_MECHANISM,
          uids: weights[item]!.map(([uid]) => uid),
          values: weights[item]!.map(([, value]) => value),
          versionKey: version_keys[item]!,
        }),
      );
    },
  ),
  set_mechanism_weights: callWithNames(
    119,
    { netuid: NetUid, mecid: MechId, dests: U16s, weights: U16s, version_key: u64 },
    costs(118_515_000_000n, 0n, 'No'),
    (x, origin, { netuid, mecid, dests, weights, version_key }) =>
      setWeightsOpenly(x, origin, { netuid, mechanism: mecid, uids: dests, values: weights, versionKey: version_key }),
  ),
};
