import { U64F64 } from '../../fixed/fixed.ts';
import { saturatingSub } from '../../fixed/integer.ts';
import { DispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { struct, vec } from '../../scale/compound.ts';
import { u16, u64 } from '../../scale/primitives.ts';
import { NetworksAdded } from '../subtensor/storage.ts';
import type { SwapResult } from './swap.ts';
import { currentAlphaPrice, type Side, simSwap } from './swap.ts';

// Prices and simulated swaps as clients ask for them. Source: pallets/swap/runtime-api, runtime/src/lib.rs `SwapRuntimeApi`.

const SubnetPrice = struct('pallet_subtensor_swap_runtime_api::SubnetPrice', { netuid: u16, price: u64 });
const SimSwapResult = struct('pallet_subtensor_swap_runtime_api::SimSwapResult', {
  tao_amount: u64,
  alpha_amount: u64,
  tao_fee: u64,
  alpha_fee: u64,
  tao_slippage: u64,
  alpha_slippage: u64,
});

const BILLION = U64F64.saturatingFromNum(1_000_000_000n);
const NOTHING: SwapResult = { amountPaidIn: 0n, amountPaidOut: 0n, feePaid: 0n, feeToBlockAuthor: 0n };

/** Price of one alpha in rao of TAO, rounded down. */
const currentAlphaPriceInRao = (x: Ext, netuid: number): bigint =>
  U64F64.saturatingToU64(U64F64.saturatingMul(currentAlphaPrice(x, netuid), BILLION));

/** The swap, and what the amount would bring at the current price; a swap that the pool refuses moves nothing. */
function simulate(x: Ext, netuid: number, side: Side, amount: bigint): SwapResult & { readonly slippage: bigint } {
  const price = currentAlphaPrice(x, netuid);
  const paid = U64F64.saturatingFromNum(amount);
  const atPrice = U64F64.saturatingToU64(
    side === 'buy' ? U64F64.safeDiv(paid, price) : U64F64.saturatingMul(paid, price),
  );
  try {
    const result = simSwap(x, netuid, side, amount);
    return { ...result, slippage: saturatingSub(atPrice, result.amountPaidOut) };
  } catch (thrown) {
    if (!(thrown instanceof DispatchError)) throw thrown;
    return { ...NOTHING, slippage: 0n };
  }
}

export const SwapRuntimeApi = runtimeApi('SwapRuntimeApi', 1, {
  current_alpha_price: apiMethod({ netuid: u16 }, u64, (x, { netuid }) => currentAlphaPriceInRao(x, netuid)),
  current_alpha_price_all: apiMethod({}, vec(SubnetPrice), (x) =>
    [...NetworksAdded.keys(x)].map((netuid) => ({ netuid, price: currentAlphaPriceInRao(x, netuid) })),
  ),
  sim_swap_tao_for_alpha: apiMethod({ netuid: u16, tao: u64 }, SimSwapResult, (x, { netuid, tao }) => {
    const { amountPaidIn, amountPaidOut, feePaid, slippage } = simulate(x, netuid, 'buy', tao);
    return {
      tao_amount: amountPaidIn,
      alpha_amount: amountPaidOut,
      tao_fee: feePaid,
      alpha_fee: 0n,
      tao_slippage: 0n,
      alpha_slippage: slippage,
    };
  }),
  sim_swap_alpha_for_tao: apiMethod({ netuid: u16, alpha: u64 }, SimSwapResult, (x, { netuid, alpha }) => {
    const { amountPaidIn, amountPaidOut, feePaid, slippage } = simulate(x, netuid, 'sell', alpha);
    return {
      tao_amount: amountPaidOut,
      alpha_amount: amountPaidIn,
      tao_fee: 0n,
      alpha_fee: feePaid,
      tao_slippage: slippage,
      alpha_slippage: 0n,
    };
  }),
});
