import type { Hex } from '../../scale/bytes.ts';

/** What happens to a watched transaction. `finalized` and those after it end the watch. */
export type TransactionStatus =
  | { readonly type: 'future' }
  | { readonly type: 'ready' }
  | { readonly type: 'inBlock'; readonly block: Hex; readonly index: number }
  | { readonly type: 'retracted'; readonly block: Hex }
  | { readonly type: 'finalized'; readonly block: Hex; readonly index: number }
  | { readonly type: 'usurped'; readonly by: Hex }
  | { readonly type: 'dropped' }
  | { readonly type: 'invalid' };

export type TransactionWatcher = (status: TransactionStatus) => void;

const LAST = new Set<TransactionStatus['type']>(['finalized', 'usurped', 'dropped', 'invalid']);

/** Whether nothing follows this status. */
export const isLastStatus = ({ type }: TransactionStatus): boolean => LAST.has(type);
