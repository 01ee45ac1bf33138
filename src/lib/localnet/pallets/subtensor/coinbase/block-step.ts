import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { addWeight, dbReads, dbReadsWrites, dbWrites, type Weight, weight } from '../../../frame/weight.ts';
import { currentBlock } from '../../system/block-number.ts';
import { ParentHash } from '../../system/spec.ts';
import { runAutoClaimRootDivs } from '../staking/claim-root.ts';
import { populateRootColdkeyStakingMaps, populateRootColdkeyStakingMapsV2 } from '../staking/helpers.ts';
import { doSetPendingChildren } from '../staking/set-children.ts';
import { updateMovingPrice } from '../staking/stake-utils.ts';
import { LastEpochBlock, LastHotkeySwapOnNetuid, NetworksAdded, RootProp, TotalIssuance } from '../storage.ts';
import { updateRegistrationPricesForNetworks } from '../subnets/registration.ts';
import { revealCrv3CommitsForSubnet } from '../subnets/reveal-commits.ts';
import { epochsDeferredThisBlock } from './epoch-schedule.ts';
import { getBlockEmissionForIssuance, rootProportionOf, runCoinbase } from './run-coinbase.ts';
import { getSubnetsToEmitTo } from './subnet-emissions.ts';
import { mintTao } from './tao.ts';

/** What the subtensor pallet does at the start of every block. Source: coinbase/block_step.rs, macros/hooks.rs. */

const STEP_WEIGHT: Weight = addWeight(weight(110_634_229_000n), dbReadsWrites(8304, 110));

/** The pallet's `on_initialize`. Returns the weight that the chain reports for it. */
export function onInitialize(x: Ext): Weight {
  const cleanUp = cleanUpHotkeySwapRecords(x);
  blockStep(x);
  return addWeight(STEP_WEIGHT, cleanUp);
}

function blockStep(x: Ext): void {
  const block = currentBlock(x);
  const parentHash = ParentHash.get(x);
  updateRegistrationPricesForNetworks(x);
  const netuids = [...NetworksAdded.keys(x)];
  const toMint = getBlockEmissionForIssuance(x, TotalIssuance.get(x));
  const credit = toMint > 0n ? mintTao(x, toMint) : 0n;
  revealCrv3Commits(x, netuids, block);
  runCoinbase(x, netuids, credit);
  const emitting = getSubnetsToEmitTo(x, netuids);
  for (const netuid of emitting) updateMovingPrice(x, netuid);
  for (const netuid of emitting) RootProp.insert(x, netuid, rootProportionOf(x, netuid));
  for (const netuid of netuids) if (LastEpochBlock.get(x, netuid) === block) doSetPendingChildren(x, netuid);
  runAutoClaimRootDivs(x, parentHash);
  populateRootColdkeyStakingMaps(x);
  populateRootColdkeyStakingMapsV2(x);
}

/** Reveals matured time-locked weights, except where the epoch of this block is put off. */
function revealCrv3Commits(x: Ext, netuids: readonly number[], block: bigint): void {
  const subnets = netuids.filter((netuid) => netuid !== 0);
  const deferred = epochsDeferredThisBlock(x, subnets, block);
  for (const netuid of subnets) {
    if (deferred.has(netuid)) continue;
    try {
      revealCrv3CommitsForSubnet(x, netuid);
    } catch (thrown) {
      if (!asDispatchError(thrown)) throw thrown;
    }
  }
}

/** Forgets hotkey swaps that are older than the interval, for the subnets whose turn it is in this block. */
function cleanUpHotkeySwapRecords(x: Ext): Weight {
  const interval = x.params.fast ? 1n : 7200n;
  const block = currentBlock(x);
  const netuids = [...NetworksAdded.keys(x)];
  let used = dbReads(2 + netuids.length);
  for (const netuid of netuids) {
    if (BigInt(netuid) % interval !== block % interval) continue;
    for (const [coldkey, swapped] of LastHotkeySwapOnNetuid.iterPrefix(x, netuid)) {
      if (saturatingAddU64(swapped, interval) < block) {
        LastHotkeySwapOnNetuid.remove(x, netuid, coldkey);
        used = addWeight(used, dbWrites(1));
      }
      used = addWeight(used, dbReads(1));
    }
  }
  return used;
}
