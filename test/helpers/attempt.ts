import { asDispatchError } from '../../src/lib/localnet/frame/dispatch-error.ts';
import { NONE, ROOT, signed } from '../../src/lib/localnet/frame/origin.ts';
import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { PostInfo } from '../../src/lib/localnet/frame/weight.ts';
import { issue, resolve } from '../../src/lib/localnet/pallets/balances/currency.ts';
import { BlockNumber } from '../../src/lib/localnet/pallets/system/spec.ts';
import { decode } from '../../src/lib/localnet/scale/type.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';
import type { OpenBlock } from './local-runtime.ts';

/** Dispatches as an account, root or nobody. @throws as dispatch does */
export function perform({ runtime, x }: OpenBlock, who: AccountId | 'root' | 'none', call: RuntimeCallValue): PostInfo {
  const origin = who === 'root' ? ROOT : who === 'none' ? NONE : signed(who);
  return runtime.dispatch(x, call, origin);
}

/** `ok`, or the error's label: `Proxy.NotProxy`. A failed call must leave nothing behind. */
export function attempt(block: OpenBlock, who: AccountId | 'root' | 'none', call: RuntimeCallValue): string {
  const trace = () =>
    JSON.stringify([block.x.changes().map(([key, value]) => [key, value?.toString()]), block.x.events.length]);
  const before = trace();
  try {
    perform(block, who, call);
    return 'ok';
  } catch (thrown) {
    const error = asDispatchError(thrown);
    if (!error) throw thrown;
    if (before !== trace()) throw new Error(`${call.type}.${call.value.type} failed and left something behind`);
    return error.label;
  }
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
