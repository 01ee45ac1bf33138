import { asDispatchError } from '../frame/dispatch-error.ts';
import { Ext } from '../frame/ext.ts';
import type { RuntimeHandle } from '../frame/runtime-handle.ts';
import { SubnetAlphaIn, SubnetMechanism, SubnetTAO } from '../pallets/subtensor/storage.ts';
import { FeeRate, PalSwapInitialized, SwapBalancer } from '../pallets/swap/spec.ts';

const refuse = (): never => {
  throw new Error('swaps ask nothing of the runtime');
};
const NO_RUNTIME: RuntimeHandle = {
  dispatch: refuse,
  dispatchBypassFilter: refuse,
  dispatchInfo: refuse,
  encodeCall: refuse,
  decodeCall: refuse,
  stateRoot: refuse,
};

/** A pool as a vector file describes it, rao and parts. */
export interface PoolSetup {
  readonly tao: bigint;
  readonly alpha: bigint;
  readonly quoteWeight: bigint;
  readonly feeRate: number;
  readonly initialized: boolean;
}

/** Netuid of the pool in memory. */
export const NETUID = 1;

/** State that holds one pool and nothing else. */
export function poolInMemory({ tao, alpha, quoteWeight, feeRate, initialized }: PoolSetup): Ext {
  const x = new Ext({ get: () => undefined, keys: () => [] }, { fast: false }, NO_RUNTIME);
  SubnetMechanism.insert(x, NETUID, 1);
  SubnetTAO.insert(x, NETUID, tao);
  SubnetAlphaIn.insert(x, NETUID, alpha);
  SwapBalancer.insert(x, NETUID, { quote: quoteWeight });
  FeeRate.insert(x, NETUID, feeRate);
  PalSwapInitialized.insert(x, NETUID, initialized);
  return x;
}

/** What `body` returns, or the name of the error that the chain answers. */
export function resultOrError<T>(body: () => T): T | { readonly error: string } {
  try {
    return body();
  } catch (thrown) {
    const error = asDispatchError(thrown);
    if (!error) throw thrown;
    return { error: error.label.replace('Swap.', '') };
  }
}
