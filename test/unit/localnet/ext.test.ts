import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DispatchError } from '../../../src/lib/localnet/frame/dispatch-error.ts';
import { defineErrors } from '../../../src/lib/localnet/frame/errors.ts';
import { defineEvents } from '../../../src/lib/localnet/frame/events.ts';
import { Ext } from '../../../src/lib/localnet/frame/ext.ts';
import type { RuntimeHandle } from '../../../src/lib/localnet/frame/runtime-handle.ts';
import { blake2Concat, identity, storageOf } from '../../../src/lib/localnet/frame/storage.ts';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { tuple } from '../../../src/lib/localnet/scale/compound.ts';
import { bool, u16, u64 } from '../../../src/lib/localnet/scale/primitives.ts';
import { AccountId32 } from '../../../src/lib/localnet/scale/well-known.ts';

const spec = { name: 'Demo', index: 9, module: 'pallet_demo' };
const storage = storageOf(spec.name);
const Total = storage.value('Total', u64, 7n);
const Tempo = storage.map('Tempo', identity(u16), u16, (params) => (params.fast ? 10 : 360));
const Owner = storage.optionalDoubleMap('Owner', identity(u16), blake2Concat(AccountId32), bool);
const { errors } = defineErrors(spec, ['TooSmall', 'TooLarge']);
const events = defineEvents(spec, { Done: u64, Nothing: null });

const handle = {} as RuntimeHandle;

function fresh(initial: Record<string, Uint8Array> = {}, mostEntries?: number) {
  const base = new Map(Object.entries(initial));
  const reader = {
    get: (key: string) => base.get(key),
    keys: (prefix: string) => [...base.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
  const x = new Ext(reader, { fast: false }, handle, mostEntries);
  const settle = () => {
    for (const [key, value] of x.changes()) {
      if (value) base.set(key, value);
      else base.delete(key);
    }
    x.settle();
  };
  return { x, base, settle };
}

const alice = 'a1'.repeat(32);
const bob = 'b0'.repeat(32);

test('a missing value reads as the default, which may depend on the build', () => {
  const { x } = fresh();
  expect(Total.get(x)).toBe(7n);
  expect(Total.exists(x)).toBe(false);
  expect(Tempo.get(x, 3)).toBe(360);
  expect(Tempo.tryGet(x, 3)).toBeUndefined();
  expect(Tempo.get(new Ext({ get: () => undefined, keys: () => [] }, { fast: true }, handle), 3)).toBe(10);
});

test("storage keys are the chain's", () => {
  const subtensor = storageOf('SubtensorModule');
  const NetworksAdded = subtensor.map('NetworksAdded', identity(u16), bool, false);
  expect(NetworksAdded.storageKey(1).slice(0, 32)).toBe('658faa385070e074c85bf6b568cf0555');
  expect(NetworksAdded.storageKey(258).endsWith('0201')).toBe(true);
});

test('a thrown error undoes writes, events and iteration order', () => {
  const { x, settle } = fresh();
  Owner.insert(x, 1, alice, true);
  Total.put(x, 1n);
  settle();
  expect([...Owner.iterPrefix(x, 1)]).toEqual([[alice, true]]);
  expect(() =>
    x.transact(() => {
      Owner.insert(x, 1, bob, true);
      Owner.remove(x, 1, alice);
      Total.put(x, 2n);
      events.deposit(x, 'Done', 2n);
      expect([...Owner.keysPrefix(x, 1)]).toEqual([bob]);
      throw errors.TooLarge;
    }),
  ).toThrow(DispatchError);
  expect(x.events).toEqual([]);
  expect(Total.get(x)).toBe(1n);
  expect([...Owner.iterPrefix(x, 1)]).toEqual([[alice, true]]);
  expect(x.changes()).toEqual([]);
  expect(errors.TooLarge.value).toEqual({ type: 'Module', value: { index: 9, error: '01000000' } });
});

test('an inner layer that is dropped leaves the outer one', () => {
  const { x } = fresh();
  x.transact(() => {
    Total.put(x, 10n);
    x.simulate(() => Total.put(x, 11n));
    expect(Total.get(x)).toBe(10n);
  });
  expect(x.changes().map(([, value]) => value && toHex(value))).toEqual(['0a00000000000000']);
});

test('raw writes are seen by typed reads and iteration, and the other way round', () => {
  const { x, settle } = fresh();
  expect(Tempo.get(x, 5)).toBe(360);
  x.putRaw(Tempo.storageKey(5), Uint8Array.of(7, 0));
  expect(Tempo.get(x, 5)).toBe(7);
  Tempo.insert(x, 2, 258);
  expect(toHex(x.getRaw(Tempo.storageKey(2))!)).toBe('0201');
  expect([...Tempo.iter(x)]).toEqual([
    [2, 258],
    [5, 7],
  ]);
  settle();
  x.killRaw(Tempo.storageKey(5));
  expect([...Tempo.keys(x)]).toEqual([2]);
  expect(x.changes()).toEqual([[Tempo.storageKey(5), null]]);
});

test('a write that ends where it began is no change', () => {
  const { x, settle } = fresh();
  Total.put(x, 5n);
  settle();
  Total.put(x, 6n);
  Total.put(x, 5n);
  expect(x.changes()).toEqual([]);
});

test('removing what is not there is no write', () => {
  const { x } = fresh();
  Owner.remove(x, 1, alice);
  x.killRaw(Tempo.storageKey(4));
  Total.kill(x);
  expect(x.changes()).toEqual([]);
  expect(Owner.hasPrefix(x, 1)).toBe(false);
  Total.put(x, 3n);
  Total.kill(x);
  Total.kill(x);
  expect(Total.get(x)).toBe(7n);
  expect(x.changes()).toEqual([]);
});

test('a value that the store has in an odd encoding is compared with those bytes in later blocks too', () => {
  const { x, base, settle } = fresh();
  x.putRaw(Tempo.storageKey(1), Uint8Array.of(7, 0, 0xff));
  expect(Tempo.get(x, 1)).toBe(7);
  settle();
  expect(Tempo.get(x, 1)).toBe(7);
  Tempo.insert(x, 1, 7);
  expect(x.changes()).toEqual([[Tempo.storageKey(1), Uint8Array.of(7, 0)]]);
  settle();
  expect(base.get(Tempo.storageKey(1))).toEqual(Uint8Array.of(7, 0));
});

test('bytes that are no value of the type read as if they were not there, but are', () => {
  const key = Owner.storageKey(1, alice);
  const { x, base, settle } = fresh({ [key]: Uint8Array.of(149), [Tempo.storageKey(1)]: Uint8Array.of(5) });
  for (let block = 0; block < 2; block++) {
    expect(Owner.get(x, 1, alice)).toBeUndefined();
    expect(Owner.tryGet(x, 1, alice)).toBeUndefined();
    expect(Owner.containsKey(x, 1, alice)).toBe(true);
    expect([...Owner.iter(x)]).toEqual([]);
    expect([...Owner.keysPrefix(x, 1)]).toEqual([alice]);
    expect(Owner.take(x, 1, alice)).toBeUndefined();
    expect(Tempo.get(x, 1)).toBe(360);
    x.simulate(() => Tempo.insert(x, 1, 3));
    expect(x.changes()).toEqual([]);
    settle();
  }
  expect(x.getRaw(key)).toEqual(Uint8Array.of(149));
  Owner.remove(x, 1, alice);
  Tempo.mutate(x, 1, (tempo) => tempo + 1);
  settle();
  expect(base).toEqual(new Map([[Tempo.storageKey(1), Uint8Array.of(0x69, 1)]]));
});

test('keys of several words are told apart', () => {
  const { x } = fresh();
  const Wide = storage.map('Wide', identity(tuple(u64, u64)), u16, 0);
  const keys = [
    [1n, 23n],
    [12n, 3n],
    [0n, 0n],
    [1n, 0n],
  ] as const;
  keys.forEach((key, index) => {
    Wide.insert(x, key, index + 1);
  });
  expect(keys.map((key) => Wide.get(x, key))).toEqual([1, 2, 3, 4]);
});

test('a write that is undone leaves the stored bytes, even where we would encode the value otherwise', () => {
  const stored = Uint8Array.of(7, 0, 0xff);
  const { x } = fresh({ [Tempo.storageKey(1)]: stored });
  expect(Tempo.get(x, 1)).toBe(7);
  expect(x.getRaw(Tempo.storageKey(1))).toEqual(stored);
  x.simulate(() => Tempo.insert(x, 1, 9));
  expect(Tempo.get(x, 1)).toBe(7);
  expect(x.changes()).toEqual([]);
  expect(x.getRaw(Tempo.storageKey(1))).toEqual(stored);
});

const account = fc.constantFrom(alice, bob);
const netuid = fc.constantFrom(1, 2, 300);
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tempo' as const), netuid, value: fc.nat({ max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('owner' as const), netuid, account, value: fc.option(fc.boolean()) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raw' as const), netuid, value: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), netuid }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

test('decoded values that are kept or forgotten at each block change nothing: property', () => {
  const act = (x: Ext, one: Action): void => {
    if (one.do === 'tempo') Tempo.insert(x, one.netuid, one.value);
    else if (one.do === 'raw') x.putRaw(Tempo.storageKey(one.netuid), Uint8Array.of(one.value, 0));
    else if (one.do === 'clear') Owner.clearPrefix(x, one.netuid);
    else if (one.do === 'owner') {
      if (one.value === null) Owner.remove(x, one.netuid, one.account);
      else Owner.insert(x, one.netuid, one.account, one.value);
    }
  };
  const seen = (x: Ext) => ({
    tempos: [1, 2, 300].map((id) => Tempo.get(x, id)),
    owners: [1, 2, 300].map((id) => [
      Owner.tryGet(x, id, alice),
      [...Owner.iterPrefix(x, id)],
      [...Owner.keysPrefix(x, id)],
    ]),
    all: [...Owner.iter(x)],
    raw: x.getRaw(Tempo.storageKey(2)),
    changes: x.changes(),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(action, fc.boolean()), { maxLength: 40 }), (actions) => {
      const kept = fresh();
      const forgotten = fresh({}, 0);
      for (const [one, isUndone] of actions) {
        for (const { x, settle } of [kept, forgotten]) {
          if (one.do === 'settle') settle();
          else if (isUndone) x.simulate(() => act(x, one));
          else act(x, one);
        }
        expect(seen(forgotten.x)).toEqual(seen(kept.x));
        expect(forgotten.base).toEqual(kept.base);
      }
    }),
  );
});
