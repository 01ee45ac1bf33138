import { minOf } from '../../fixed/integer.ts';
import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { freeBalance, transfer } from '../balances/currency.ts';
import { blockNumber } from '../system/block.ts';
import { existing } from './checks.ts';
import { Contributions, Crowdloans, constants, errors, events, MaxContributions } from './spec.ts';

const MAX_CONTRIBUTORS = constants.MaxContributors.value as number;
const MAX_U64 = 0xffff_ffff_ffff_ffffn;

/** What may still be given: to the cap, and to the contributor's own maximum. @throws Crowdloan.MaxContributionReached */
function acceptable(x: Ext, id: number, contributor: AccountId, leftToRaise: bigint): bigint {
  const max = MaxContributions.get(x, id);
  if (max === undefined) return leftToRaise;
  const given = Contributions.get(x, id, contributor) ?? 0n;
  if (given >= max) throw errors.MaxContributionReached;
  return minOf(max - given, leftToRaise);
}

/** `contribute` of pallets/crowdloan/src/lib.rs. @param offered rao. @throws errors of the pallet, DispatchError of the transfer */
export function contribute(x: Ext, contributor: AccountId, id: number, offered: bigint): void {
  const crowdloan = existing(x, id);
  if (blockNumber(x) >= crowdloan.end) throw errors.ContributionPeriodEnded;
  if (crowdloan.raised >= crowdloan.cap) throw errors.CapRaised;
  if (offered < crowdloan.min_contribution) throw errors.ContributionTooLow;
  if (crowdloan.contributors_count >= MAX_CONTRIBUTORS) throw errors.MaxContributorsReached;

  const amount = minOf(offered, acceptable(x, id, contributor, crowdloan.cap - crowdloan.raised));
  const before = Contributions.get(x, id, contributor);
  const raised = crowdloan.raised + amount;
  const contribution = (before ?? 0n) + amount;
  if (raised > MAX_U64 || contribution > MAX_U64) throw errors.Overflow;
  if (freeBalance(x, contributor) < amount) throw errors.InsufficientBalance;

  transfer(x, contributor, crowdloan.funds_account, amount, 'Expendable');
  Contributions.insert(x, id, contributor, contribution);
  const contributors_count = crowdloan.contributors_count + (before === undefined ? 1 : 0);
  Crowdloans.insert(x, id, { ...crowdloan, raised, contributors_count });
  events.deposit(x, 'Contributed', { crowdloan_id: id, contributor, amount });
}

/** `withdraw`: everything back, but the creator's deposit. @throws errors of the pallet, DispatchError of the transfer */
export function withdraw(x: Ext, who: AccountId, id: number): void {
  const crowdloan = existing(x, id);
  if (crowdloan.finalized) throw errors.AlreadyFinalized;
  const given = Contributions.get(x, id, who) ?? 0n;
  if (given === 0n) throw errors.NoContribution;
  const isCreator = who === crowdloan.creator;
  const kept = isCreator ? minOf(crowdloan.deposit, given) : 0n;
  const amount = given - kept;
  if (amount === 0n) throw errors.DepositCannotBeWithdrawn;
  if (isCreator) Contributions.insert(x, id, who, crowdloan.deposit);
  else Contributions.remove(x, id, who);
  if (!isCreator && crowdloan.contributors_count === 0) throw errors.Underflow;
  transfer(x, crowdloan.funds_account, who, amount, 'Expendable');
  Crowdloans.insert(x, id, {
    ...crowdloan,
    contributors_count: crowdloan.contributors_count - (isCreator ? 0 : 1),
    raised: crowdloan.raised > amount ? crowdloan.raised - amount : 0n,
  });
  events.deposit(x, 'Withdrew', { crowdloan_id: id, contributor: who, amount });
}
