import { I96F32 } from '../../../fixed/fixed.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import { ensureRoot, ensureSigned } from '../../../frame/origin.ts';
import { u64 } from '../../../scale/primitives.ts';
import { callWithNames, NetUid, named } from '../call-args.ts';
import { errors } from '../errors.ts';
import { NumRootClaim, RootClaimableThreshold } from '../storage.ts';
import { NetUids, RootClaimTypeEnum } from '../types.ts';
import { ensureSubnetOwnerOrRoot } from '../utils/ensure-owner.ts';
import { changeRootClaimType, doRootClaim } from './claim-root.ts';
import { maybeAddColdkeyIndex } from './staking-coldkeys.ts';

/** Calls around root dividends. Source: macros/dispatches.rs, lib.rs. */

const MAX_SUBNET_CLAIMS = 5;
const MAX_NUM_ROOT_CLAIMS = 50n;
/** Rao of alpha. */
const MAX_ROOT_CLAIM_THRESHOLD = 10_000_000n;

export const claimRootCalls = {
  claim_root: callWithNames(
    121,
    { subnets: named(NetUids, 'BTreeSet<NetUid>') },
    costs(938_999_000n, 7875),
    (x, origin, { subnets }) => {
      const coldkey = ensureSigned(origin);
      if (subnets.length === 0 || subnets.length > MAX_SUBNET_CLAIMS) throw errors.InvalidSubnetNumber;
      maybeAddColdkeyIndex(x, coldkey);
      return { actualWeight: doRootClaim(x, coldkey, subnets), pays: 'Yes' };
    },
  ),
  set_root_claim_type: callWithNames(
    122,
    { new_root_claim_type: named(RootClaimTypeEnum, 'RootClaimTypeEnum') },
    costs(468_283_000n, 3941),
    (x, origin, { new_root_claim_type: claimType }) => {
      const coldkey = ensureSigned(origin);
      if (claimType.type === 'KeepSubnets' && claimType.value.subnets.length === 0) throw errors.InvalidSubnetNumber;
      maybeAddColdkeyIndex(x, coldkey);
      changeRootClaimType(x, coldkey, claimType);
    },
  ),
  sudo_set_num_root_claims: callWithNames(123, { new_value: u64 }, costs(102_735_000n), (x, origin, { new_value }) => {
    ensureRoot(origin);
    if (new_value > MAX_NUM_ROOT_CLAIMS) throw errors.InvalidNumRootClaim;
    NumRootClaim.put(x, new_value);
  }),
  sudo_set_root_claim_threshold: callWithNames(
    124,
    { netuid: NetUid, new_value: u64 },
    costs(105_681_000n),
    (x, origin, { netuid, new_value }) => {
      ensureSubnetOwnerOrRoot(x, origin, netuid);
      if (new_value > MAX_ROOT_CLAIM_THRESHOLD) throw errors.InvalidRootClaimThreshold;
      RootClaimableThreshold.insert(x, netuid, I96F32.saturatingFromNum(new_value));
    },
  ),
};
