/**
 * Subtensor's own reasons for refusing a transaction before it enters a block (CustomTransactionError), by number, with
 * what to do where that can be said.
 */
const REASONS: Readonly<Record<number, readonly [name: string, hint?: string]>> = {
  0: [
    'ColdkeyInSwapSchedule',
    'A swap of this coldkey is announced: only the swap itself may go on. See `btcli-ts wallet swap-coldkey status`.',
  ],
  1: ['StakeAmountTooLow', 'Choose a larger amount.'],
  2: ['BalanceTooLow', 'The coldkey does not hold enough for the amount and the fee.'],
  3: ['SubnetNotExists', '`btcli-ts subnet list` shows the subnets that exist.'],
  4: ['HotkeyAccountDoesntExist', 'No such hotkey is known to the chain.'],
  5: ['NotEnoughStakeToWithdraw', '`btcli-ts stake list` shows what there is.'],
  6: ['RateLimitExceeded', 'Too soon after the last such call: wait some blocks.'],
  7: ['InsufficientLiquidity', "The subnet's pool is too small for that amount."],
  8: ['SlippageTooHigh', 'The price is past the limit: try again, use less, or allow more with --tolerance.'],
  9: ['TransferDisallowed', 'The subnet does not allow stake to be transferred.'],
  10: ['HotKeyNotRegisteredInNetwork', 'The hotkey is not registered on that subnet.'],
  11: ['InvalidIpAddress'],
  12: ['ServingRateLimitExceeded', 'Too soon after the last announcement: wait some blocks.'],
  13: ['InvalidPort'],
  14: ['ZeroMaxAmount', 'At this limit nothing at all can be traded: allow more with --tolerance.'],
  15: ['InvalidRevealRound'],
  16: ['CommitNotFound', 'There is no such commit to reveal.'],
  17: ['CommitBlockNotInRevealRange', 'Commits can be revealed in their own epoch only.'],
  18: ['InputLengthsUnequal'],
  19: ['UidNotFound'],
  20: ['EvmKeyAssociateRateLimitExceeded', 'Too soon after the last association: wait some blocks.'],
  21: ['ColdkeySwapDisputed', "A swap of this coldkey is disputed: nothing may go on until the chain's root decides."],
  22: ['InvalidRealAccount', 'The signer may not act for that account.'],
  23: ['FailedShieldedTxParsing'],
  24: ['InvalidShieldedTxPubKeyHash', 'The key of the shield has changed: try again.'],
  25: ['NonAssociatedColdKey', 'The hotkey belongs to another coldkey.'],
  26: ['DelegateTakeTooLow'],
  27: ['DelegateTakeTooHigh'],
  255: ['BadRequest'],
};

/** Finds the reason in what a node says of a refused transaction (`Custom error: 21`). */
export function customRefusal(said: string): { readonly name: string; readonly hint?: string } | undefined {
  const number = /\bCustom error: (\d{1,3})\b/i.exec(said)?.[1];
  const [name, hint] = (number === undefined ? undefined : REASONS[Number(number)]) ?? [];
  if (name === undefined) return undefined;
  return hint === undefined ? { name } : { name, hint };
}
