import { asDispatchError } from '../../src/lib/localnet/frame/dispatch-error.ts';
import type { Ext } from '../../src/lib/localnet/frame/ext.ts';

/** `ok`, or the label of the dispatch error that an action ends with: `Proxy.NotProxy`. A failure must leave nothing behind. */
export function dispatchOutcome(x: Ext, what: string, act: () => void): string {
  const before = trace(x);
  try {
    act();
    return 'ok';
  } catch (thrown) {
    const error = asDispatchError(thrown);
    if (!error) throw thrown;
    if (before !== trace(x)) throw new Error(`${what} failed with ${error.label} and left something behind`);
    return error.label;
  }
}

const trace = (x: Ext): string =>
  JSON.stringify([x.changes().map(([key, value]) => [key, value?.toString()]), x.events.length]);
