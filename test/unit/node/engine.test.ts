import { describe, expect, it } from 'vitest';
import { DEFAULT_GENESIS_TIME, type Engine, openEngine, presetSource } from '../../../src/lib/localnet/index.ts';
import { NodeError } from '../../../src/lib/localnet/node/node-error.ts';
import type { TransactionStatus } from '../../../src/lib/localnet/node/pool/transaction-status.ts';
import { CurrentSlot } from '../../../src/lib/localnet/pallets/aura/spec.ts';
import { TotalIssuance } from '../../../src/lib/localnet/pallets/balances/spec.ts';
import { Account } from '../../../src/lib/localnet/pallets/system/spec.ts';
import { Now } from '../../../src/lib/localnet/pallets/timestamp/spec.ts';
import { Header } from '../../../src/lib/localnet/runtime/header.ts';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { decode } from '../../../src/lib/localnet/scale/type.ts';
import { stateRoot } from '../../../src/lib/localnet/trie/state-root.ts';
import { rpcNode } from '../../helpers/rpc-harness.ts';
import { devAccount, remark, signExtrinsic, transfer } from '../../helpers/sign-extrinsic.ts';
import { inTemporaryDirectory } from '../../helpers/stores.ts';

const free = (engine: Engine, id: string) => Account.get(engine.at().ext, id).data.free;

describe('blocks', () => {
  it('have the time and slot that their number gives', async () => {
    const { engine } = await rpcNode();
    for (let number = 1; number <= 3; number++) {
      const { header } = engine.createBlock();
      expect(header.number).toBe(number);
      const { ext } = engine.at();
      expect(Now.get(ext)).toBe(BigInt(DEFAULT_GENESIS_TIME + number * 12_000));
      expect(CurrentSlot.get(ext)).toBe(Now.get(ext) / 12_000n);
    }
  });
  it('are 250 ms apart on a fast chain', async () => {
    const { engine } = await rpcNode({ fast: true });
    engine.createBlock();
    engine.createBlock();
    expect(Now.get(engine.at().ext)).toBe(BigInt(DEFAULT_GENESIS_TIME + 500));
  });
  it('carry hashes that are those of their headers, and link to their parents', async () => {
    const { engine } = await rpcNode();
    await engine.advance(5);
    for (let number = 1; number <= 5; number++) {
      const block = engine.block(number)!;
      expect(decode(Header, block.header).parent_hash).toBe(engine.block(number - 1)!.hash);
      expect(engine.store.numberOf(block.hash)).toBe(number);
    }
  });
  it('carry the root of the state trie, computed here from scratch', async () => {
    const { engine } = await rpcNode();
    const alice = await devAccount('//Alice');
    const bob = await devAccount('//Bob');
    engine.submit(signExtrinsic(engine, alice, transfer(bob.id, 5_000_000_000n)));
    for (let i = 0; i < 3; i++) {
      const { header } = engine.createBlock();
      expect(header.state_root).toBe(toHex(stateRoot(engine.store.entries())));
    }
  });
  it('are the same for the same inputs, in memory and on disk', () =>
    inTemporaryDirectory(async (directory) => {
      const alice = await devAccount('//Alice');
      const first = await rpcNode();
      const extrinsics = [0, 1, 2].map((nonce) => signExtrinsic(first.engine, alice, remark(`r${nonce}`), { nonce }));
      const second = await rpcNode({ directory });
      for (const { engine } of [first, second]) {
        for (const bytes of extrinsics) {
          engine.submit(bytes);
          engine.createBlock();
        }
        await engine.advance(3);
      }
      expect(second.engine.head).toEqual(first.engine.head);
      await second.close();
    }));
});

describe('state', () => {
  it('can be read at every block, also while the chain goes on', async () => {
    const { engine } = await rpcNode();
    const alice = await devAccount('//Alice');
    const bob = await devAccount('//Bob');
    const before = engine.at();
    const balances = [free(engine, bob.id)];
    for (let i = 0; i < 4; i++) {
      engine.submit(signExtrinsic(engine, alice, transfer(bob.id, 1_000_000_000n)));
      engine.createBlock();
      balances.push(free(engine, bob.id));
    }
    for (let number = 0; number <= 4; number++) {
      const state = engine.at(engine.store.hashOf(number)!);
      expect(Account.get(state.ext, bob.id).data.free).toBe(balances[number]);
    }
    expect(Account.get(before.ext, bob.id).data.free).toBe(balances[0]);
    expect(balances[4]! - balances[0]!).toBe(4_000_000_000n);
  });
  it('of unknown blocks is refused', async () => {
    const { engine } = await rpcNode();
    expect(() => engine.at('ab'.repeat(32))).toThrow(expect.objectContaining({ code: 'unknown-block' }));
  });
  it('is what it was before runtime calls', async () => {
    const { engine } = await rpcNode();
    engine.createBlock();
    const changes = engine.at().ext.changes().length;
    const alice = await devAccount('//Alice');
    engine.dryRun(signExtrinsic(engine, alice, remark('x')));
    engine.runtime.runtime.validateTransaction(
      engine.at().ext,
      'External',
      signExtrinsic(engine, alice, remark('x')),
      engine.head.hash,
    );
    expect(engine.at().ext.changes()).toHaveLength(changes);
    expect(engine.at().ext.depth).toBe(0);
  });
});

describe('time travel', () => {
  it('moves the clock forward to a slot, and on from there', async () => {
    const { engine } = await rpcNode();
    engine.createBlock({ time: BigInt(DEFAULT_GENESIS_TIME + 1_000_001) });
    const at = Now.get(engine.at().ext);
    expect(at).toBe(BigInt(DEFAULT_GENESIS_TIME + 84 * 12_000));
    engine.createBlock();
    expect(Now.get(engine.at().ext)).toBe(at + 12_000n);
  });
  it('does not move it back', async () => {
    const { engine } = await rpcNode();
    await engine.advance(3);
    expect(() => engine.createBlock({ time: BigInt(DEFAULT_GENESIS_TIME) })).toThrow(NodeError);
    expect(engine.head.number).toBe(3);
    engine.createBlock();
  });
});

describe('sealing', () => {
  it('instant: a transaction makes a block, waiting makes none', async () => {
    const { engine } = await rpcNode({ sealing: { mode: 'instant' } });
    const alice = await devAccount('//Alice');
    const seen: TransactionStatus[] = [];
    const done = new Promise<void>((resolve) => {
      engine.submit(signExtrinsic(engine, alice, remark('x')), 'External', (status) => {
        seen.push(status);
        if (status.type === 'finalized') resolve();
      });
    });
    expect(engine.head.number).toBe(0);
    await done;
    expect(seen.map(({ type }) => type)).toEqual(['ready', 'inBlock', 'finalized']);
    expect(seen[1]).toMatchObject({ block: engine.head.hash, index: 1 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(engine.head.number).toBe(1);
  });
  it('interval: blocks come by themselves, empty ones too', async () => {
    const { engine } = await rpcNode({ sealing: { mode: 'interval', ms: 20 } });
    await expect.poll(() => engine.head.number, { interval: 10 }).toBeGreaterThan(4);
    engine.seal({ mode: 'manual' });
    const { number } = engine.head;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(engine.head.number).toBe(number);
  });
  it('manual: nothing happens unasked', async () => {
    const { engine } = await rpcNode();
    engine.submit(signExtrinsic(engine, await devAccount('//Alice'), remark('x')));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(engine.head.number).toBe(0);
    expect(engine.createBlock().extrinsics).toHaveLength(2);
  });
  it('advance: can be ended at a block', async () => {
    const { engine } = await rpcNode();
    const stop = new AbortController();
    const made = await engine.advance(100_000, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(made).toBeLessThan(100_000);
    expect(engine.head.number).toBe(made);
  });
});

describe('finality', () => {
  it('follows on request where blocks are not final at once', async () => {
    const { engine } = await rpcNode();
    const final: string[] = [];
    engine.listen({ onFinalized: (hashes) => final.push(...hashes) });
    const a = engine.createBlock({ final: false });
    const b = engine.createBlock({ final: false });
    engine.createBlock({ final: false });
    expect(engine.finalized.number).toBe(0);
    engine.finalize(b.hash);
    expect(final).toEqual([a.hash, b.hash]);
    expect(engine.finalized).toEqual({ number: 2, hash: b.hash });
    engine.finalize(a.hash);
    expect(engine.finalized.number).toBe(2);
    const last = engine.createBlock();
    expect(final.slice(2)).toEqual([engine.store.hashOf(3), last.hash]);
  });
});

describe('going back', () => {
  it('makes an earlier block the head, state and roots included', async () => {
    const { engine } = await rpcNode();
    const alice = await devAccount('//Alice');
    await engine.advance(2);
    const { hash } = engine.head;
    const issuance = TotalIssuance.get(engine.at().ext);
    engine.submit(signExtrinsic(engine, alice, remark('gone')));
    const gone = engine.createBlock();
    engine.revertTo(2);
    expect(engine.head).toEqual({ number: 2, hash });
    expect(engine.block(gone.hash)).toBeUndefined();
    expect(TotalIssuance.get(engine.at().ext)).toBe(issuance);
    const { header } = engine.createBlock();
    expect(header.state_root).toBe(toHex(stateRoot(engine.store.entries())));
    expect(header.parent_hash).toBe(hash);
  });
});

describe('raw writes', () => {
  it('stand in a block of their own, roots included', async () => {
    const { engine } = await rpcNode();
    const { ext } = engine.at();
    const value = TotalIssuance.get(ext);
    const key = TotalIssuance.prefix;
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value + 1n);
    const { header } = engine.createBlock({ writes: [[key, new Uint8Array(bytes)]] });
    expect(TotalIssuance.get(engine.at().ext)).toBe(value + 1n);
    expect(header.state_root).toBe(toHex(stateRoot(engine.store.entries())));
  });
});

describe('a root by digest', () => {
  const open = () =>
    openEngine({
      source: () => ({
        type: 'genesis',
        genesis: { preset: 'subtensor', rootMode: 'digest', params: { fast: false }, time: DEFAULT_GENESIS_TIME },
      }),
      sealing: { mode: 'manual' },
      onFault: (error) => {
        throw error;
      },
    });
  it('depends on history and content alone', async () => {
    const [a, b] = [await open(), await open()];
    expect(a.head).toEqual(b.head);
    const alice = await devAccount('//Alice');
    const bytes = signExtrinsic(a, alice, remark('x'));
    for (const engine of [a, b]) {
      await engine.advance(2);
      engine.submit(bytes);
      engine.createBlock();
    }
    expect(a.head).toEqual(b.head);
    b.revertTo(2);
    b.createBlock();
    expect(b.header(3)!.state_root).not.toBe(a.header(3)!.state_root);
    await a.close();
    await b.close();
  });
});

describe('a long chain', () => {
  it('forgets old states, not old blocks, and goes on', async () => {
    const engine = await openEngine({
      source: () => presetSource({ preset: 'subtensor', params: { fast: true } }),
      sealing: { mode: 'manual' },
      keepStates: 100,
    });
    await engine.advance(4100);
    const hash = (number: number) => engine.store.hashOf(number)!;
    expect(() => engine.at(hash(3995))).toThrow(expect.objectContaining({ code: 'state-discarded' }));
    expect(Now.get(engine.at(hash(3996)).ext)).toBe(BigInt(DEFAULT_GENESIS_TIME + 3996 * 250));
    expect(engine.block(5)!.number).toBe(5);
    expect(engine.header(4100)!.state_root).toBe(toHex(stateRoot(engine.store.entries())));
    await engine.close();
  });
});

describe('a closed engine', () => {
  it('refuses to go on', async () => {
    const { engine } = await rpcNode();
    await engine.close();
    expect(() => engine.createBlock()).toThrow(expect.objectContaining({ code: 'closed' }));
    await engine.close();
  });
});
