import { NONE, ROOT, signed } from '../../src/lib/localnet/frame/origin.ts';
import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { PostInfo } from '../../src/lib/localnet/frame/weight.ts';
import { issue, resolve } from '../../src/lib/localnet/pallets/balances/currency.ts';
import { BlockNumber } from '../../src/lib/localnet/pallets/system/spec.ts';
import { decode } from '../../src/lib/localnet/scale/type.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';
import { dispatchOutcome } from './dispatch-outcome.ts';
import type { OpenBlock } from './local-runtime.ts';

/** Dispatches as an account, root or nobody. @throws as dispatch does */
export function perform({ runtime, x }: OpenBlock, who: AccountId | 'root' | 'none', call: RuntimeCallValue): PostInfo {
  const origin = who === 'root' ? ROOT : who === 'none' ? NONE : signed(who);
  return runtime.dispatch(x, call, origin);
}

/** How a dispatch ends, as `dispatchOutcome` names it. */
export function attempt(block: OpenBlock, who: AccountId | 'root' | 'none', call: RuntimeCallValue): string {
  return dispatchOutcome(block.x, `${call.type}.${call.value.type}`, () => perform(block, who, call));
}

/** Events as `[name, content]`, newest last. */
export const eventsWith = ({ runtime, x }: OpenBlock): readonly (readonly [string, unknown])[] =>
  x.events.map(({ bytes }) => {
    const { type, value } = decode(runtime.eventType, bytes);
    return [`${type}.${value.type}`, value.value];
  });

export const lastEvent = (block: OpenBlock): readonly [string, unknown] | undefined => eventsWith(block).at(-1);

export function fund({ x }: OpenBlock, who: AccountId, rao: bigint): void {
  if (!resolve(x, who, issue(x, rao))) throw new Error(`cannot fund ${who}`);
}

export const goTo = ({ x }: OpenBlock, block: number): void => BlockNumber.put(x, block);
export const idOf = (value: AccountId) => ({ type: 'Id', value }) as const;
