import { normal } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { addWeight, dbReads, dbWrites, mulWeight, weight } from '../../frame/weight.ts';
import { boundedVec, option, tuple, vec } from '../../scale/compound.ts';
import { bool, u32, u64 } from '../../scale/primitives.ts';
import { changeAuthorities } from '../aura/change-authorities.ts';
import { AuraPublic } from '../aura/types.ts';
import { ChainId } from '../evm-chain-id/spec.ts';
import { scheduleChange } from '../grandpa/schedule.ts';
import { GrandpaPublic } from '../grandpa/types.ts';
import { BlockNumber, callWithNames, named } from '../subtensor/call-args.ts';
import { events, PrecompileEnable } from './spec.ts';
import { PrecompileEnum } from './types.ts';

const AuraAuthorities = named(boundedVec(AuraPublic, 32), 'BoundedVec<<T as Config>::AuthorityId, T::MaxAuthorities>');
const AuthorityList = named(vec(tuple(GrandpaPublic, u64)), 'AuthorityList');
const OptionBlockNumber = named(option(u32), 'Option<BlockNumberFor<T>>');
const Precompile = named(PrecompileEnum, 'PrecompileEnum');

/** Block authors, finality authorities and the EVM. Source: pallets/admin-utils lib.rs, weights.rs. */
export const nodeSettings = {
  swap_authorities: callWithNames(
    0,
    { new_authorities: AuraAuthorities },
    ({ new_authorities }) =>
      normal(addWeight(addWeight(weight(4_442_146n), mulWeight(weight(29_392n), new_authorities.length)), dbWrites(1))),
    (x, origin, { new_authorities }) => {
      ensureRoot(origin);
      changeAuthorities(x, new_authorities);
    },
  ),
  sudo_set_evm_chain_id: callWithNames(
    58,
    { chain_id: u64 },
    normal(weight(152_199_000n)),
    (x, origin, { chain_id }) => {
      ensureRoot(origin);
      ChainId.put(x, chain_id);
    },
  ),
  schedule_grandpa_change: callWithNames(
    59,
    { next_authorities: AuthorityList, in_blocks: BlockNumber, forced: OptionBlockNumber },
    ({ next_authorities }) =>
      normal(
        addWeight(
          addWeight(weight(7_972_506n, 2779n), mulWeight(weight(15_444n), next_authorities.length)),
          addWeight(dbReads(1), dbWrites(1)),
        ),
      ),
    (x, origin, { next_authorities, in_blocks, forced }) => {
      ensureRoot(origin);
      scheduleChange(x, next_authorities, in_blocks, forced);
    },
  ),
  sudo_toggle_evm_precompile: callWithNames(
    62,
    { precompile_id: Precompile, enabled: bool },
    normal(weight(31_162_000n, 3507n)),
    (x, origin, { precompile_id, enabled }) => {
      ensureRoot(origin);
      if (PrecompileEnable.get(x, precompile_id) === enabled) return;
      PrecompileEnable.insert(x, precompile_id, enabled);
      events.deposit(x, 'PrecompileUpdated', { precompile_id, enabled });
    },
  ),
};
