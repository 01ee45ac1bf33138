import { describe, expect, it, vi } from 'vitest';
import { openLmdbStore } from '../../../src/lib/localnet/node/store/lmdb-store.ts';
import { bundleChild, startChild } from '../../helpers/child-script.ts';
import { killedChanges } from '../../helpers/killed-chain.ts';
import { inTemporaryDirectory } from '../../helpers/stores.ts';

const ROUNDS = 10;

describe('a store whose process is killed', () => {
  it(`has every block that was reported and none in part, ${ROUNDS} times in a row`, async () => {
    const script = await bundleChild('unit/store/store-child.ts');
    await inTemporaryDirectory(async (directory) => {
      let total = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const child = startChild(script, [directory]);
        await child.line('');
        // Killed before anything new was written, a round would prove nothing.
        const before = total;
        await vi.waitUntil(() => Number(child.lines.at(-1)) > before, { timeout: 20_000, interval: 5 });
        await new Promise((resolve) => setTimeout(resolve, (round * 37) % 150));
        await child.kill();
        const reported = Number(child.lines.at(-1));
        const store = await openLmdbStore(directory);
        const head = store.head!.number;
        expect(head).toBeGreaterThanOrEqual(reported);
        expect(head).toBeGreaterThan(total);
        const expected = new Map<string, Uint8Array>();
        for (let number = 0; number <= head; number++) {
          for (const [key, value] of killedChanges(number))
            value === null ? expected.delete(key) : expected.set(key, value);
        }
        expect(new Map(store.entries())).toEqual(expected);
        const middle = store.stateAt(head >> 1);
        for (const [key, value] of killedChanges(head >> 1)) expect(middle.get(key)).toEqual(value ?? undefined);
        expect(store.block(reported)?.number).toBe(reported);
        total = head;
        await store.close();
      }
    });
  });
});
