import type { DispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { CommitRevealWeightsEnabled, Uids } from '../storage.ts';
import { getMechanismStorageIndex } from '../subnets/mechanism.ts';
import { checkRateLimit } from '../subnets/weight-checks.ts';
import { passesRateLimit } from '../utils/rate-limiting.ts';
import type { SubtensorCall } from './subtensor-call.ts';

export const RATE_LIMITED_CALLS: ReadonlySet<string> = new Set([
  'commit_weights',
  'commit_mechanism_weights',
  'set_weights',
  'set_mechanism_weights',
  'register_network',
]);

function checkWeightsRateLimit(x: Ext, who: AccountId, netuid: number, mechanism: number, error: DispatchError): void {
  const uid = Uids.get(x, netuid, who);
  if (uid === undefined) return;
  if (!checkRateLimit(x, getMechanismStorageIndex(netuid, mechanism), uid, currentBlock(x))) throw error;
}

/** Rate limits that can be told before dispatch. Source: pallets/subtensor guards/check_rate_limits.rs. @throws DispatchError */
export function checkRateLimits(x: Ext, who: AccountId, { name, args }: SubtensorCall): void {
  const { netuid, mecid = 0 } = args as { readonly netuid: number; readonly mecid?: number };
  switch (name) {
    case 'commit_weights':
    case 'commit_mechanism_weights':
      checkWeightsRateLimit(x, who, netuid, mecid, errors.CommittingWeightsTooFast);
      return;
    case 'set_weights':
    case 'set_mechanism_weights':
      if (!CommitRevealWeightsEnabled.get(x, netuid)) {
        checkWeightsRateLimit(x, who, netuid, mecid, errors.SettingWeightsTooFast);
      }
      return;
    case 'register_network':
      if (!passesRateLimit(x, 'RegisterNetwork', who)) throw errors.NetworkTxRateLimitExceeded;
  }
}
