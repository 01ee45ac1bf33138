import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyOrder, type Ordered } from '../../../src/lib/localnet/frame/key-order.ts';

interface Written extends Ordered {
  dirty: boolean;
}

test('entries written in any order, over any number of blocks, stand in the order of their keys, each once', () => {
  const block = fc.array(fc.nat({ max: 1500 }), { maxLength: 900 });
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (blocks) => {
      const known = new Map<number, Written>();
      const order = new KeyOrder<Written>();
      for (const numbers of blocks) {
        const written = [...new Set(numbers)].map((number) => {
          const entry = known.get(number) ?? {
            key: number.toString(16).padStart(4, '0'),
            dirty: false,
            ordered: false,
          };
          known.set(number, entry);
          entry.dirty = true;
          return entry;
        });
        order.add(written.slice(0, 10));
        order.add(written);
        const keys = order.all.map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)].sort());
        expect(order.all.filter(({ dirty }) => dirty)).toEqual([...written].sort((a, b) => (a.key < b.key ? -1 : 1)));
        order.thin(written.length);
        expect(order.all.length).toBeLessThanOrEqual(256 + 2 * written.length);
        expect([...known.values()].filter(({ ordered }) => ordered)).toHaveLength(order.all.length);
        for (const entry of written) entry.dirty = false;
      }
    }),
  );
});

test('once it is cleared, new entries find their places', () => {
  const order = new KeyOrder<Written>();
  order.add([{ key: 'b', dirty: true, ordered: false }]);
  order.clear();
  expect(order.all).toEqual([]);
  order.add([{ key: 'a', dirty: true, ordered: false }]);
  expect(order.all.map(({ key }) => key)).toEqual(['a']);
});
