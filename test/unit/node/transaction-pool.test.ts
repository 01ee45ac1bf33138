import { describe, expect, it } from 'vitest';
import { invalid, type ValidTransaction } from '../../../src/lib/localnet/frame/transaction-validity.ts';
import { PoolError } from '../../../src/lib/localnet/node/pool/pool-error.ts';
import {
  extrinsicHash,
  type PoolOptions,
  TransactionPool,
} from '../../../src/lib/localnet/node/pool/transaction-pool.ts';
import type { TransactionStatus } from '../../../src/lib/localnet/node/pool/transaction-status.ts';

/** A transaction of these tests: account, nonce, priority, salt. Its bytes are its text. */
interface Plan {
  readonly account: string;
  readonly nonce: number;
  readonly priority?: number;
  readonly salt?: string;
  readonly longevity?: number;
  readonly size?: number;
}

const encode = (plan: Plan): Uint8Array => new TextEncoder().encode(JSON.stringify(plan).padEnd(plan.size ?? 0, ' '));
const tag = (account: string, nonce: number): Uint8Array => new TextEncoder().encode(`${account}/${nonce}`);

class Chain {
  readonly nonces = new Map<string, number>();
  readonly refused = new Set<string>();
  number = 0;
  time = 0;
  validations = 0;
  readonly pool: TransactionPool;

  constructor(limits: Pick<PoolOptions, 'ready' | 'future'> = {}) {
    this.pool = new TransactionPool({
      ...limits,
      validate: (bytes) => this.validate(bytes),
      blockNumber: () => this.number,
      now: () => this.time,
    });
  }

  private validate(bytes: Uint8Array): ValidTransaction {
    this.validations++;
    const { account, nonce, priority = 0, longevity = 1000 } = JSON.parse(new TextDecoder().decode(bytes)) as Plan;
    if (this.refused.has(account)) throw invalid('Payment');
    const next = this.nonces.get(account) ?? 0;
    if (nonce < next) throw invalid('Stale');
    return {
      priority: BigInt(priority),
      requires: nonce > next ? [tag(account, nonce - 1)] : [],
      provides: [tag(account, nonce)],
      longevity: BigInt(longevity),
      propagate: true,
    };
  }

  submit(plan: Plan): TransactionStatus[] {
    const seen: TransactionStatus[] = [];
    this.pool.submit(encode(plan), 'External', (status) => seen.push(status));
    return seen;
  }

  /** Takes what fits into a block, as a builder does, up to `most`. */
  block(most = 100): Plan[] {
    const best = this.pool.best();
    const included: Uint8Array[] = [];
    for (let next = best.next(); next && included.length < most; next = best.next()) {
      included.push(next.bytes);
      best.included(next);
    }
    return this.import(included);
  }

  import(extrinsics: readonly Uint8Array[]): Plan[] {
    const plans = extrinsics.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Plan);
    for (const { account, nonce } of plans) this.nonces.set(account, nonce + 1);
    this.number++;
    const hash = String(this.number).padStart(64, '0');
    this.pool.onImported(hash, extrinsics);
    this.pool.onFinalized([hash]);
    return plans;
  }
}

const types = (seen: readonly TransactionStatus[]) => seen.map(({ type }) => type);
const refusal = (body: () => unknown) => {
  try {
    body();
  } catch (error) {
    if (error instanceof PoolError) return error.refusal;
    throw error;
  }
  return undefined;
};

describe('order', () => {
  it('puts higher priority first, and among equals the earlier', () => {
    const chain = new Chain();
    chain.submit({ account: 'a', nonce: 0, priority: 1 });
    chain.submit({ account: 'b', nonce: 0, priority: 5 });
    chain.submit({ account: 'c', nonce: 0, priority: 5 });
    chain.submit({ account: 'd', nonce: 0, priority: 9 });
    expect(chain.block().map(({ account }) => account)).toEqual(['d', 'b', 'c', 'a']);
  });
  it('keeps the order of nonces whatever the priorities and the order of arrival', () => {
    const chain = new Chain();
    for (const nonce of [3, 1, 2, 0]) chain.submit({ account: 'a', nonce, priority: nonce * 10 });
    chain.submit({ account: 'b', nonce: 0, priority: 15 });
    expect(chain.block().map(({ account, nonce }) => `${account}${nonce}`)).toEqual(['b0', 'a0', 'a1', 'a2', 'a3']);
  });
  it('goes on in the next block where one was full', () => {
    const chain = new Chain();
    const seen = [0, 1, 2].map((nonce) => chain.submit({ account: 'a', nonce }));
    expect(chain.block(2)).toHaveLength(2);
    expect(types(seen[2]!)).toEqual(['ready']);
    expect(chain.block()).toHaveLength(1);
    expect(types(seen[2]!)).toEqual(['ready', 'inBlock', 'finalized']);
    expect(chain.pool.status).toEqual({ ready: 0, readyBytes: 0, future: 0, futureBytes: 0 });
  });
  it('does not offer what depends on one that did not make it', () => {
    const chain = new Chain();
    chain.submit({ account: 'a', nonce: 0 });
    chain.submit({ account: 'a', nonce: 1 });
    const best = chain.pool.best();
    expect(best.next()).toBeDefined();
    expect(best.next()).toBeUndefined();
  });
});

describe('future', () => {
  it('waits for the gap to close, then is ready', () => {
    const chain = new Chain();
    const later = chain.submit({ account: 'a', nonce: 2 });
    expect(types(later)).toEqual(['future']);
    expect(chain.pool.status.future).toBe(1);
    chain.submit({ account: 'a', nonce: 0 });
    expect(types(later)).toEqual(['future']);
    chain.submit({ account: 'a', nonce: 1 });
    expect(types(later)).toEqual(['future', 'ready']);
    expect(chain.block()).toHaveLength(3);
  });
  it('is promoted by a block that another node or tool made', () => {
    const chain = new Chain();
    chain.submit({ account: 'a', nonce: 0 });
    const later = chain.submit({ account: 'a', nonce: 2 });
    chain.submit({ account: 'a', nonce: 1 });
    expect(types(later)).toEqual(['future', 'ready']);
    chain.block(1);
    chain.block(1);
    expect(types(later)).toEqual(['future', 'ready']);
    chain.block(1);
    expect(types(later)).toEqual(['future', 'ready', 'inBlock', 'finalized']);
  });
  it('drops those that wait longest when there are too many', () => {
    const chain = new Chain({ future: { count: 2, bytes: 1 << 20 } });
    const first = chain.submit({ account: 'a', nonce: 5 });
    chain.submit({ account: 'a', nonce: 6 });
    chain.submit({ account: 'a', nonce: 7 });
    expect(types(first)).toEqual(['future', 'dropped']);
    expect(chain.pool.status.future).toBe(2);
  });
});

describe('replacement', () => {
  it('takes a higher priority for the same nonce and keeps what follows', () => {
    const chain = new Chain();
    const old = chain.submit({ account: 'a', nonce: 0, priority: 1 });
    const next = chain.submit({ account: 'a', nonce: 1 });
    chain.submit({ account: 'a', nonce: 0, priority: 2, salt: 'new' });
    expect(old.at(-1)).toMatchObject({ type: 'usurped' });
    expect(types(next)).toEqual(['ready']);
    expect(chain.block().map(({ salt, nonce }) => salt ?? nonce)).toEqual(['new', 1]);
  });
  it('refuses the same or a lower priority', () => {
    const chain = new Chain();
    chain.submit({ account: 'a', nonce: 0, priority: 2 });
    expect(refusal(() => chain.submit({ account: 'a', nonce: 0, priority: 2, salt: 'x' }))).toEqual({
      type: 'too-low-priority',
      old: 2n,
      new: 2n,
    });
    expect(chain.pool.status.ready).toBe(1);
  });
  it('ends what a transaction that never was in this pool has made stale', () => {
    const chain = new Chain();
    const loser = chain.submit({ account: 'a', nonce: 0, priority: 2 });
    chain.import([encode({ account: 'a', nonce: 0, salt: 'from elsewhere' })]);
    expect(types(loser)).toEqual(['ready', 'invalid']);
  });
});

describe('refusal', () => {
  it('takes a transaction once', () => {
    const chain = new Chain();
    chain.submit({ account: 'a', nonce: 0 });
    const hash = extrinsicHash(encode({ account: 'a', nonce: 0 }));
    expect(refusal(() => chain.submit({ account: 'a', nonce: 0 }))).toEqual({ type: 'already-imported', hash });
  });
  it('bans what is invalid for half an hour', () => {
    const chain = new Chain();
    chain.refused.add('a');
    expect(refusal(() => chain.submit({ account: 'a', nonce: 0 }))?.type).toBe('invalid');
    chain.refused.clear();
    const { validations } = chain;
    expect(refusal(() => chain.submit({ account: 'a', nonce: 0 }))).toEqual({ type: 'banned' });
    expect(chain.validations).toBe(validations);
    chain.time += 30 * 60 * 1000;
    expect(refusal(() => chain.submit({ account: 'a', nonce: 0 }))).toBeUndefined();
  });
  it('leaves no watcher behind', () => {
    const chain = new Chain();
    chain.submit({ account: 'a', nonce: 0, priority: 2 });
    const seen: TransactionStatus[] = [];
    const plan = encode({ account: 'a', nonce: 0, priority: 1 });
    expect(refusal(() => chain.pool.submit(plan, 'External', (status) => seen.push(status)))?.type).toBe(
      'too-low-priority',
    );
    chain.block();
    expect(seen).toEqual([]);
  });
});

describe('limits', () => {
  it('drops the worst by count, and says so to a newcomer that is it', () => {
    const chain = new Chain({ ready: { count: 2, bytes: 1 << 20 } });
    chain.submit({ account: 'a', nonce: 0, priority: 5 });
    const worst = chain.submit({ account: 'b', nonce: 0, priority: 1 });
    chain.submit({ account: 'c', nonce: 0, priority: 3 });
    expect(types(worst)).toEqual(['ready', 'dropped']);
    expect(refusal(() => chain.submit({ account: 'd', nonce: 0, priority: 2 }))).toEqual({
      type: 'immediately-dropped',
    });
  });
  it('counts bytes', () => {
    const chain = new Chain({ ready: { count: 100, bytes: 1000 } });
    chain.submit({ account: 'a', nonce: 0, priority: 1, size: 600 });
    chain.submit({ account: 'b', nonce: 0, priority: 2, size: 600 });
    expect(chain.pool.status).toMatchObject({ ready: 1, readyBytes: 600 });
    expect(chain.block().map(({ account }) => account)).toEqual(['b']);
  });
});

describe('ageing', () => {
  it('ends mortal transactions', () => {
    const chain = new Chain();
    const mortal = chain.submit({ account: 'a', nonce: 0, longevity: 3 });
    chain.submit({ account: 'b', nonce: 0 });
    chain.import([]);
    chain.import([]);
    expect(types(mortal)).toEqual(['ready']);
    chain.import([]);
    expect(types(mortal)).toEqual(['ready', 'invalid']);
    expect(chain.block().map(({ account }) => account)).toEqual(['b']);
  });
  it('looks again after each block: what lost its money goes, and what depends on it', () => {
    const chain = new Chain();
    const poor = [chain.submit({ account: 'a', nonce: 0 }), chain.submit({ account: 'a', nonce: 1 })];
    chain.refused.add('a');
    chain.import([]);
    expect(poor.map(types)).toEqual([
      ['ready', 'invalid'],
      ['ready', 'invalid'],
    ]);
    expect(chain.pool.status.ready).toBe(0);
  });
});

describe('going back', () => {
  it('takes transactions up again where they are still valid', () => {
    const chain = new Chain();
    const included = chain.submit({ account: 'a', nonce: 0 });
    chain.block();
    const waiting = chain.submit({ account: 'a', nonce: 1 });
    chain.nonces.set('a', 0);
    chain.number = 0;
    chain.pool.onReverted(['1'.padStart(64, '0')]);
    expect(types(included)).toEqual(['ready', 'inBlock', 'finalized']);
    expect(types(waiting)).toEqual(['ready', 'future']);
    chain.submit({ account: 'a', nonce: 0, salt: 'again' });
    expect(chain.block().map(({ nonce }) => nonce)).toEqual([0, 1]);
  });
  it('retracts what was in a block that is gone and not final', () => {
    const chain = new Chain();
    const seen = chain.submit({ account: 'a', nonce: 0 });
    const block = 'f'.repeat(64);
    chain.pool.onImported(block, [encode({ account: 'a', nonce: 0 })]);
    chain.pool.onReverted([block]);
    expect(types(seen)).toEqual(['ready', 'inBlock', 'retracted', 'dropped']);
  });
});
