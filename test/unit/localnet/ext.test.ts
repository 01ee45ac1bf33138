import { expect, test } from 'vitest';
import { DispatchError } from '../../../src/lib/localnet/frame/dispatch-error.ts';
import { defineErrors } from '../../../src/lib/localnet/frame/errors.ts';
import { defineEvents } from '../../../src/lib/localnet/frame/events.ts';
import { Ext } from '../../../src/lib/localnet/frame/ext.ts';
import type { RuntimeHandle } from '../../../src/lib/localnet/frame/runtime-handle.ts';
import { blake2Concat, identity, storageOf } from '../../../src/lib/localnet/frame/storage.ts';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';
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

function fresh(initial: Record<string, Uint8Array> = {}) {
  const base = new Map(Object.entries(initial));
  const reader = {
    get: (key: string) => base.get(key),
    keys: (prefix: string) => [...base.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
  const x = new Ext(reader, { fast: false }, handle);
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
