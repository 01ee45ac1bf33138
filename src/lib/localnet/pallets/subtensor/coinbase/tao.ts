import { minOf, saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { toHex, utf8 } from '../../../scale/bytes.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import {
  type Credit,
  dropCredit,
  issue,
  reducibleBalance,
  resolve,
  totalIssuance,
  transfer,
  withdraw,
} from '../../balances/currency.ts';
import { errors } from '../errors.ts';
import { TotalIssuance } from '../storage.ts';
import { getSubnetAccountId } from '../subnets/subnet-account.ts';

/** Every movement of TAO that the pallet makes; amounts are rao. Source: coinbase/tao.rs. */

/** No more TAO than this is ever issued. */
export const MAX_TAO_ISSUANCE = 21_000_000_000_000_000n;

/** The account that burnt TAO goes to: that of the pallet id "burntnsr". */
export const BURN_ACCOUNT: AccountId = toHex(utf8.encode('modlburntnsr')).padEnd(64, '0');

/** What may leave the account, the existential deposit included. */
export const getColdkeyBalance = (x: Ext, coldkey: AccountId): bigint => reducibleBalance(x, coldkey, 'Expendable');

/** What may leave the account while it stays alive. */
export const getKeepAliveBalance = (x: Ext, coldkey: AccountId): bigint => reducibleBalance(x, coldkey, 'Preserve');

export const canRemoveBalanceFromColdkeyAccount = (x: Ext, coldkey: AccountId, amount: bigint): boolean =>
  amount <= getColdkeyBalance(x, coldkey);

/** Transfers and takes dust that is lost with the origin account off the pallet's issuance. @throws DispatchError */
function transferAllowDeathUpdateTi(x: Ext, origin: AccountId, destination: AccountId, amount: bigint): void {
  const before = totalIssuance(x);
  transfer(x, origin, destination, amount, 'Expendable');
  const lost = saturatingSub(before, totalIssuance(x));
  if (lost > 0n) TotalIssuance.mutate(x, (total) => saturatingSub(total, lost));
}

/** Transfers; the origin may be reaped. @throws InsufficientBalance, DispatchError of the transfer */
export function transferTao(x: Ext, origin: AccountId, destination: AccountId, amount: bigint): void {
  if (amount > getColdkeyBalance(x, origin)) throw errors.InsufficientBalance;
  transferAllowDeathUpdateTi(x, origin, destination, amount);
}

/** Transfers all that may leave; the origin may be reaped. @throws DispatchError of the transfer */
export function transferAllTaoAndKill(x: Ext, origin: AccountId, destination: AccountId): void {
  const amount = getColdkeyBalance(x, origin);
  if (amount !== 0n) transferAllowDeathUpdateTi(x, origin, destination, amount);
}

/**
 * Moves TAO into a subnet's account and keeps the origin alive, so that less than asked may move.
 *
 * @returns what moved
 * @throws SubnetNotExists, InsufficientBalance where nothing can move, DispatchError of the transfer
 */
export function transferTaoToSubnet(x: Ext, netuid: number, origin: AccountId, amount: bigint): bigint {
  if (amount === 0n) return 0n;
  const account = getSubnetAccountId(x, netuid);
  if (account === undefined) throw errors.SubnetNotExists;
  const moved = minOf(amount, getKeepAliveBalance(x, origin));
  if (moved === 0n) throw errors.InsufficientBalance;
  transfer(x, origin, account, moved, 'Preserve');
  return moved;
}

/** @throws SubnetNotExists, InsufficientBalance, DispatchError of the transfer */
export function transferTaoFromSubnet(x: Ext, netuid: number, coldkey: AccountId, amount: bigint): void {
  const account = getSubnetAccountId(x, netuid);
  if (account === undefined) throw errors.SubnetNotExists;
  transferTao(x, account, coldkey, amount);
}

/** Moves TAO to the account that nobody has the key of; the issuance stays. @throws as `transferTao` */
export function burnTao(x: Ext, coldkey: AccountId, amount: bigint): void {
  transferTao(x, coldkey, BURN_ACCOUNT, amount);
}

/** Takes TAO out of the issuance, so that it can be emitted again. @throws InsufficientBalance, BalanceWithdrawalError */
export function recycleTao(x: Ext, coldkey: AccountId, amount: bigint): void {
  if (amount > getKeepAliveBalance(x, coldkey)) throw errors.InsufficientBalance;
  TotalIssuance.mutate(x, (total) => saturatingSub(total, amount));
  let credit: Credit;
  try {
    credit = withdraw(x, coldkey, amount, 'Exact', 'Expendable', 'Force');
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    throw errors.BalanceWithdrawalError;
  }
  dropCredit(x, credit);
}

/** Issues TAO as far as the cap allows. The caller spends or recycles the credit. */
export function mintTao(x: Ext, amount: bigint): Credit {
  const issued = minOf(amount, saturatingSub(MAX_TAO_ISSUANCE, totalIssuance(x)));
  TotalIssuance.mutate(x, (total) => saturatingAddU64(total, issued));
  return issue(x, issued);
}

/** Places a part of a credit. Returns what is left of it, undefined where the part could not be placed and the credit is whole. */
export function spendTao(x: Ext, coldkey: AccountId, credit: Credit, part: bigint): Credit | undefined {
  if (credit < part) return undefined;
  return resolve(x, coldkey, part) ? credit - part : undefined;
}

/** Takes an unspent credit back out of the issuance. */
export function recycleCredit(x: Ext, credit: Credit): void {
  if (credit === 0n) return;
  TotalIssuance.mutate(x, (total) => saturatingSub(total, credit));
  dropCredit(x, credit);
}
