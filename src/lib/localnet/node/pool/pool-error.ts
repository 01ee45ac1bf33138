import type { TransactionValidityError } from '../../frame/transaction-validity.ts';
import type { Hex } from '../../scale/bytes.ts';

/** Why the pool does not take a transaction. */
export type PoolRefusal =
  | { readonly type: 'invalid'; readonly error: TransactionValidityError }
  | { readonly type: 'banned' }
  | { readonly type: 'already-imported'; readonly hash: Hex }
  | { readonly type: 'too-low-priority'; readonly old: bigint; readonly new: bigint }
  | { readonly type: 'cycle' }
  | { readonly type: 'immediately-dropped' }
  | { readonly type: 'no-tags' };

export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly refusal: PoolRefusal;

  constructor(refusal: PoolRefusal) {
    super(refusal.type === 'invalid' ? refusal.error.message : `transaction refused: ${refusal.type}`);
    this.refusal = refusal;
  }
}
