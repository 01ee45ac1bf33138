import { accountCalls } from './account.ts';
import { addStakeCalls } from './add-stake.ts';
import { autoStakeCalls } from './auto-stake.ts';
import { claimRootCalls } from './claim-root-calls.ts';
import { lockCalls } from './lock-calls.ts';
import { moveStakeCalls } from './move-stake.ts';
import { recycleAlphaCalls } from './recycle-alpha.ts';
import { removeStakeCalls } from './remove-stake.ts';
import { setChildrenCalls } from './set-children.ts';
import { takeCalls } from './take.ts';

/** The pallet's calls around stake. */
export const stakingCalls = {
  ...accountCalls,
  ...addStakeCalls,
  ...autoStakeCalls,
  ...claimRootCalls,
  ...lockCalls,
  ...moveStakeCalls,
  ...recycleAlphaCalls,
  ...removeStakeCalls,
  ...setChildrenCalls,
  ...takeCalls,
};
