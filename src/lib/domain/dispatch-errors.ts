import type { ExtrinsicOutcome } from '../chain/block-events.ts';
import { CliError } from '../errors.ts';

/** What to do about an error of the chain, one sentence each, by the chain's own name. */
const ADVICE: Readonly<Record<string, string>> = {
  'SubtensorModule.AmountTooLow': 'Choose a larger amount: the chain takes at least 0.002 τ plus the fee.',
  'SubtensorModule.NotEnoughBalanceToStake': 'The coldkey does not hold enough TAO for the amount and the fee.',
  'SubtensorModule.NotEnoughStakeToWithdraw': 'There is less stake than that; `stake list` shows what there is.',
  'SubtensorModule.SlippageTooHigh':
    'The price moved past the limit: try again, stake less, allow more with --tolerance, or take a part with --partial.',
  'SubtensorModule.HotKeyAccountNotExists':
    'No such hotkey is known to the chain; `subnet show` lists the validators of a subnet.',
  'SubtensorModule.SubnetNotExists': '`subnet list` shows the subnets that exist.',
  'SubtensorModule.SubtokenDisabled': "The subnet's token is not enabled: its owner has not started it yet.",
  'SubtensorModule.InsufficientLiquidity': "The subnet's pool is too small for that amount: use less.",
  'SubtensorModule.StakeUnavailable': 'Part of the stake is locked and cannot leave yet.',
  'SubtensorModule.CannotAffordLockCost': 'The coldkey cannot pay the lock cost; `subnet burn-cost` shows it.',
  'SubtensorModule.NetworkTxRateLimitExceeded':
    'Subnets may be registered only every so many blocks: wait, or on the localnet `localnet advance`.',
  'SubtensorModule.SubnetLimitReached': 'There are as many subnets as the chain allows, and none may be pruned yet.',
  'SubtensorModule.HotKeyAlreadyRegisteredInSubNet': 'The hotkey is registered there already.',
  'SubtensorModule.SubNetRegistrationDisabled': 'The subnet takes no registrations now.',
  'SubtensorModule.RegistrationPriceLimitExceeded':
    'Registration costs more than the limit; `subnet show` shows the price.',
  'SubtensorModule.NonAssociatedColdKey': 'The hotkey belongs to another coldkey.',
  'SubtensorModule.TransferDisallowed': 'The subnet does not allow stake to be transferred.',
  'SubtensorModule.TooManyRegistrationsThisBlock': 'Try again in the next block.',
  'SubtensorModule.TooManyRegistrationsThisInterval': 'Registrations are full for now: try again later.',
  'SubtensorModule.ColdkeySwapAnnounced':
    'A swap of this coldkey is announced; only the swap itself may go on, or clear it.',
  'Swap.PriceLimitExceeded': 'The price is past the limit already: try again or allow more with --tolerance.',
  'Swap.ReservesTooLow': "The subnet's pool is too small for that amount.",
  'Swap.SwapInputTooLarge': "The amount is out of proportion to the subnet's pool.",
  'Balances.InsufficientBalance': 'The account does not hold enough.',
  'Token.FundsUnavailable': 'The account does not hold enough.',
  'Token.NotExpendable': 'The account must keep its existential deposit of 0.0000005 τ.',
  'Token.Frozen': 'Part of the balance is frozen.',
  BadOrigin: 'This account may not make the call.',
};

const GENERAL = 'The chain refused the call; only the fee was paid.';

/** The error for an extrinsic that was included and failed. Names it as the chain does. */
export function describeDispatchError(
  name: string,
  context: { readonly outcome: ExtrinsicOutcome; readonly extrinsicHash: string },
): CliError {
  const { outcome, extrinsicHash } = context;
  return new CliError('DISPATCH_ERROR', `The chain refused the call: ${name}.`, {
    hints: [ADVICE[name] ?? GENERAL],
    data: {
      error: name,
      extrinsicHash,
      block: outcome.blockNumber,
      extrinsic: `${outcome.blockNumber}-${outcome.index}`,
    },
  });
}
