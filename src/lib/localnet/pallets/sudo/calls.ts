import { normal } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { dispatchInfoOf, dispatchResult } from '../../frame/inner-calls.ts';
import { lookup, MultiAddress } from '../../frame/multi-address.ts';
import { ensureSignedOrRoot, type Origin, ROOT, signed } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import {
  addWeight,
  type DispatchInfo,
  dbReads,
  dbReadsWrites,
  type PostInfo,
  type Weight,
  WeightType,
  weight,
} from '../../frame/weight.ts';
import { errors, events, Key } from './spec.ts';

const SUDO = addWeight(weight(7_939_000n, 1517n), dbReads(1));
const SUDO_AS = addWeight(weight(7_870_000n, 1517n), dbReads(1));
const SET_KEY = addWeight(weight(7_237_000n, 1517n), dbReadsWrites(1, 1));
const REMOVE_KEY = addWeight(weight(6_417_000n, 1517n), dbReadsWrites(1, 1));

const FREE: PostInfo = { pays: 'No' };
const CALL = 'Box<<T as Config>::RuntimeCall>';
const ADDRESS = 'AccountIdLookupOf<T>';

function ensureSudo(x: Ext, origin: Origin): void {
  const sender = ensureSignedOrRoot(origin);
  if (sender !== undefined && Key.get(x) !== sender) throw errors.RequireSudo;
}

function around(own: Weight, inner: RuntimeCallValue): DispatchInfo {
  const info = dispatchInfoOf(inner);
  return { weight: addWeight(own, info.weight), class: info.class, pays: 'Yes' };
}

/** Calls of pallet-sudo 41 (src/lib.rs). The sudo key pays nothing; what the inner call returned stands in the event. */
export const calls = {
  sudo: call(
    0,
    { call: RuntimeCall },
    ({ call: inner }) => around(SUDO, inner),
    (x, origin, { call: inner }) => {
      ensureSudo(x, origin);
      const sudo_result = dispatchResult(() => x.runtime.dispatchBypassFilter(x, inner, ROOT));
      events.deposit(x, 'Sudid', { sudo_result });
      return FREE;
    },
    { call: CALL },
  ),
  sudo_unchecked_weight: call(
    1,
    { call: RuntimeCall, weight: WeightType },
    ({ call: inner, weight: declared }) => ({
      weight: declared,
      class: dispatchInfoOf(inner).class,
      pays: 'Yes',
    }),
    (x, origin, { call: inner }) => {
      ensureSudo(x, origin);
      const sudo_result = dispatchResult(() => x.runtime.dispatchBypassFilter(x, inner, ROOT));
      events.deposit(x, 'Sudid', { sudo_result });
      return FREE;
    },
    { call: CALL, weight: 'Weight' },
  ),
  set_key: call(
    2,
    { new: MultiAddress },
    normal(SET_KEY),
    (x, origin, args) => {
      ensureSudo(x, origin);
      const key = lookup(args.new);
      events.deposit(x, 'KeyChanged', { old: Key.get(x), new: key });
      Key.put(x, key);
      return FREE;
    },
    { new: ADDRESS },
  ),
  sudo_as: call(
    3,
    { who: MultiAddress, call: RuntimeCall },
    ({ call: inner }) => around(SUDO_AS, inner),
    (x, origin, { who, call: inner }) => {
      ensureSudo(x, origin);
      const account = lookup(who);
      const sudo_result = dispatchResult(() => x.runtime.dispatchBypassFilter(x, inner, signed(account)));
      events.deposit(x, 'SudoAsDone', { sudo_result });
      return FREE;
    },
    { who: ADDRESS, call: CALL },
  ),
  remove_key: call(4, {}, normal(REMOVE_KEY), (x, origin) => {
    ensureSudo(x, origin);
    events.deposit(x, 'KeyRemoved');
    Key.kill(x);
    return FREE;
  }),
};
