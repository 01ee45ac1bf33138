import { asDispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { invalid } from '../../frame/transaction-validity.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { blockAuthor } from '../aura/slot.ts';
import { canWithdraw, deposit, dropCredit, resolve, totalBalance, withdraw } from '../balances/currency.ts';

// Charging fees as the chain's pallet does (pallets/transaction-fee/src/lib.rs): in TAO, or in alpha where the call unstakes
// and the account has too little TAO.

/** What fees in alpha need from the pallets that hold stake. Amounts are rao (TAO) and alpha's own rao. */
export interface AlphaFees {
  /** The positions that `call` would take its fee from: (hotkey, netuid). Empty when the call is not one that may. */
  positions(x: Ext, who: AccountId, call: RuntimeCallValue): readonly (readonly [AccountId, number])[];
  /** Whether the stake in one position is worth the fee at the pool's price. */
  canWithdraw(x: Ext, who: AccountId, hotkey: AccountId, netuid: number, fee: bigint): boolean;
  /** Sells alpha worth the fee, as far as there is any, in favour of `author`. @throws DispatchError */
  withdraw(
    x: Ext,
    who: AccountId,
    hotkey: AccountId,
    netuid: number,
    fee: bigint,
    author: AccountId,
  ): { readonly alpha: bigint; readonly tao: bigint };
  /** Event TransactionFeePaidWithAlpha. */
  paid(x: Ext, who: AccountId, netuid: number, alpha: bigint, tao: bigint): void;
}

/** What was taken before dispatch. */
export type WithdrawnFee =
  | { readonly type: 'None' }
  | { readonly type: 'Tao'; readonly credit: bigint }
  | { readonly type: 'Alpha'; readonly netuid: number; readonly alpha: bigint; readonly tao: bigint };

/** Whether the fee could be taken. @throws InvalidTransaction.Payment */
export function canWithdrawFee(
  x: Ext,
  who: AccountId,
  call: RuntimeCallValue,
  fee: bigint,
  alphaFees: AlphaFees | undefined,
): void {
  if (fee === 0n || canWithdraw(x, who, fee) === 'Success') return;
  const positions = alphaFees?.positions(x, who, call) ?? [];
  const [position] = positions;
  if (alphaFees && position && positions.length === 1) {
    if (alphaFees.canWithdraw(x, who, position[0], position[1], fee)) return;
  }
  throw invalid('Payment');
}

/** Takes the fee. @throws InvalidTransaction.Payment */
export function withdrawFee(
  x: Ext,
  who: AccountId,
  call: RuntimeCallValue,
  fee: bigint,
  alphaFees: AlphaFees | undefined,
): WithdrawnFee {
  if (fee === 0n) return { type: 'None' };
  try {
    return { type: 'Tao', credit: withdraw(x, who, fee, 'Exact', 'Preserve', 'Polite') };
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
  const positions = alphaFees?.positions(x, who, call) ?? [];
  const [position] = positions;
  if (!alphaFees || !position) throw invalid('Payment');
  const author = blockAuthor(x);
  if (positions.length !== 1 || author === undefined) return { type: 'Alpha', netuid: 0, alpha: 0n, tao: 0n };
  const [hotkey, netuid] = position;
  try {
    return { type: 'Alpha', netuid, ...x.transact(() => alphaFees.withdraw(x, who, hotkey, netuid, fee, author)) };
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    throw invalid('Payment');
  }
}

/** Gives back what was taken too much and hands the rest to the block's author. Fees in alpha are final. */
export function correctAndDepositFee(
  x: Ext,
  who: AccountId,
  correctedFee: bigint,
  withdrawn: WithdrawnFee,
  alphaFees: AlphaFees | undefined,
): void {
  if (withdrawn.type === 'None') return;
  if (withdrawn.type === 'Alpha') {
    alphaFees?.paid(x, who, withdrawn.netuid, withdrawn.alpha, withdrawn.tao);
    return;
  }
  const excess = withdrawn.credit > correctedFee ? withdrawn.credit - correctedFee : 0n;
  let refunded = 0n;
  if (totalBalance(x, who) > 0n) {
    try {
      refunded = deposit(x, who, excess, 'BestEffort');
    } catch (thrown) {
      if (!asDispatchError(thrown)) throw thrown;
    }
  }
  const rest = withdrawn.credit - refunded;
  if (rest === 0n) return;
  const author = blockAuthor(x);
  if (author === undefined || !resolve(x, author, rest)) dropCredit(x, rest);
}
