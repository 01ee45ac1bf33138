import { normal } from '../../frame/dispatch-info.ts';
import { dispatchInfoOf } from '../../frame/inner-calls.ts';
import { ensureSigned } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { addWeight } from '../../frame/weight.ts';
import { option } from '../../scale/compound.ts';
import { compactBigint, compactNumber, u32, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { freeBalance, transfer } from '../balances/currency.ts';
import { boundCall } from '../preimage/bounded-call.ts';
import { incProviders } from '../system/account.ts';
import { blockNumber } from '../system/block.ts';
import { changeable, ensureValidEnd, fundsAccount } from './checks.ts';
import { dissolve, finalize, refund } from './conclude.ts';
import { contribute, withdraw } from './contribute.ts';
import { Contributions, Crowdloans, constants, errors, events, MaxContributions, NextCrowdloanId } from './spec.ts';
import { weights } from './weights.ts';

const MINIMUM_DEPOSIT = constants.MinimumDeposit.value as bigint;
const ABSOLUTE_MINIMUM = constants.AbsoluteMinimumContribution.value as bigint;
const REFUND_LIMIT = constants.RefundContributorsLimit.value as number;
const MAX_ID = 0xffff_ffff;

const Id = compactNumber(u32);
const Block = compactNumber(u32);
const Balance = compactBigint(u64);
const ID = 'CrowdloanId';
const BALANCE = 'BalanceOf<T>';
const BLOCK = 'BlockNumberFor<T>';

/** Calls of the chain's pallets/crowdloan (src/lib.rs). Amounts are rao. */
export const calls = {
  create: call(
    0,
    {
      deposit: Balance,
      min_contribution: Balance,
      cap: Balance,
      end: Block,
      call: option(RuntimeCall),
      target_address: option(AccountId32),
    },
    ({ call: inner }) => normal(inner ? addWeight(weights.create, dispatchInfoOf(inner).weight) : weights.create),
    (x, origin, { deposit, min_contribution, cap, end, call: inner, target_address }) => {
      const creator = ensureSigned(origin);
      if (deposit < MINIMUM_DEPOSIT) throw errors.DepositTooLow;
      if (cap <= deposit) throw errors.CapTooLow;
      if (min_contribution < ABSOLUTE_MINIMUM) throw errors.MinimumContributionTooLow;
      if ((inner === undefined) === (target_address === undefined)) throw errors.InvalidFinalizationConfig;
      ensureValidEnd(x, blockNumber(x), end);
      if (freeBalance(x, creator) < deposit) throw errors.InsufficientBalance;
      const crowdloan_id = NextCrowdloanId.get(x);
      if (crowdloan_id === MAX_ID) throw errors.Overflow;
      NextCrowdloanId.put(x, crowdloan_id + 1);
      const funds_account = fundsAccount(crowdloan_id);
      incProviders(x, funds_account);
      Crowdloans.insert(x, crowdloan_id, {
        creator,
        deposit,
        min_contribution,
        end,
        cap,
        funds_account,
        raised: deposit,
        target_address,
        call: inner && boundCall(x, inner),
        finalized: false,
        contributors_count: 1,
      });
      transfer(x, creator, funds_account, deposit, 'Expendable');
      Contributions.insert(x, crowdloan_id, creator, deposit);
      events.deposit(x, 'Created', { crowdloan_id, creator, end, cap });
    },
    {
      deposit: BALANCE,
      min_contribution: BALANCE,
      cap: BALANCE,
      end: BLOCK,
      call: 'Option<Box<<T as Config>::RuntimeCall>>',
      target_address: 'Option<T::AccountId>',
    },
  ),
  contribute: call(
    1,
    { crowdloan_id: Id, amount: Balance },
    normal(weights.contribute),
    (x, origin, { crowdloan_id, amount }) => contribute(x, ensureSigned(origin), crowdloan_id, amount),
    { crowdloan_id: ID, amount: BALANCE },
  ),
  withdraw: call(
    2,
    { crowdloan_id: Id },
    normal(weights.withdraw),
    (x, origin, { crowdloan_id }) => withdraw(x, ensureSigned(origin), crowdloan_id),
    { crowdloan_id: ID },
  ),
  finalize: call(
    3,
    { crowdloan_id: Id },
    normal(weights.finalize),
    (x, origin, { crowdloan_id }) => finalize(x, ensureSigned(origin), crowdloan_id),
    { crowdloan_id: ID },
  ),
  refund: call(
    4,
    { crowdloan_id: Id },
    normal(weights.refund(REFUND_LIMIT)),
    (x, origin, { crowdloan_id }) => refund(x, ensureSigned(origin), crowdloan_id),
    { crowdloan_id: ID },
  ),
  dissolve: call(
    5,
    { crowdloan_id: Id },
    normal(weights.dissolve),
    (x, origin, { crowdloan_id }) => dissolve(x, ensureSigned(origin), crowdloan_id),
    { crowdloan_id: ID },
  ),
  update_min_contribution: call(
    6,
    { crowdloan_id: Id, new_min_contribution: Balance },
    normal(weights.update_min_contribution),
    (x, origin, { crowdloan_id, new_min_contribution }) => {
      const crowdloan = changeable(x, crowdloan_id, ensureSigned(origin));
      if (new_min_contribution < ABSOLUTE_MINIMUM) throw errors.MinimumContributionTooLow;
      const max = MaxContributions.get(x, crowdloan_id);
      if (max !== undefined && new_min_contribution > max) throw errors.MinimumContributionTooHigh;
      Crowdloans.insert(x, crowdloan_id, { ...crowdloan, min_contribution: new_min_contribution });
      events.deposit(x, 'MinContributionUpdated', { crowdloan_id, new_min_contribution });
    },
    { crowdloan_id: ID, new_min_contribution: BALANCE },
  ),
  update_end: call(
    7,
    { crowdloan_id: Id, new_end: Block },
    normal(weights.update_end),
    (x, origin, { crowdloan_id, new_end }) => {
      const crowdloan = changeable(x, crowdloan_id, ensureSigned(origin));
      ensureValidEnd(x, blockNumber(x), new_end);
      Crowdloans.insert(x, crowdloan_id, { ...crowdloan, end: new_end });
      events.deposit(x, 'EndUpdated', { crowdloan_id, new_end });
    },
    { crowdloan_id: ID, new_end: BLOCK },
  ),
  update_cap: call(
    8,
    { crowdloan_id: Id, new_cap: Balance },
    normal(weights.update_cap),
    (x, origin, { crowdloan_id, new_cap }) => {
      const crowdloan = changeable(x, crowdloan_id, ensureSigned(origin));
      if (new_cap < crowdloan.raised) throw errors.CapTooLow;
      Crowdloans.insert(x, crowdloan_id, { ...crowdloan, cap: new_cap });
      events.deposit(x, 'CapUpdated', { crowdloan_id, new_cap });
    },
    { crowdloan_id: ID, new_cap: BALANCE },
  ),
  set_max_contribution: call(
    9,
    { crowdloan_id: Id, new_max_contribution: option(u64) },
    normal(weights.set_max_contribution),
    (x, origin, { crowdloan_id, new_max_contribution }) => {
      const crowdloan = changeable(x, crowdloan_id, ensureSigned(origin));
      if (new_max_contribution === undefined) MaxContributions.remove(x, crowdloan_id);
      else {
        const given = Contributions.get(x, crowdloan_id, crowdloan.creator) ?? 0n;
        if (new_max_contribution < crowdloan.min_contribution || new_max_contribution < given) {
          throw errors.MaximumContributionTooLow;
        }
        MaxContributions.insert(x, crowdloan_id, new_max_contribution);
      }
      events.deposit(x, 'MaxContributionUpdated', { crowdloan_id, new_max_contribution });
    },
    { crowdloan_id: ID, new_max_contribution: 'Option<BalanceOf<T>>' },
  ),
};
