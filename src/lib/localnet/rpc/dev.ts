import type { Engine } from '../node/engine.ts';
import { NodeError } from '../node/node-error.ts';
import { LONGEST_INTERVAL_MS, type Sealing } from '../node/sealing.ts';
import { slotDuration } from '../pallets/aura/slot.ts';
import { Now } from '../pallets/timestamp/spec.ts';
import { prefixed } from './json.ts';
import { method, prepared, type RpcMethods } from './method.ts';
import { hexBytes, json, list, object, optional, type Param, storageKey, u32 } from './params.ts';
import { invalidParams, RpcError } from './rpc-error.ts';

const MOST_BLOCKS = 10_000_000;
const MOST_WRITES = 100_000;
const REFUSED = -32_000;

/** A moment: milliseconds since 1970, or a date that JavaScript understands. */
const moment: Param<bigint> = (value, name) => {
  const ms = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof ms !== 'number' || !Number.isSafeInteger(ms) || ms < 0) {
    throw invalidParams(`${name}: expected a date, or milliseconds since 1970`);
  }
  return BigInt(ms);
};

const buildMode: Param<Sealing> = (value, name) => {
  if (value === 'Instant') return { mode: 'instant' };
  if (value === 'Manual') return { mode: 'manual' };
  if (typeof value === 'number' && value >= 1 && value <= LONGEST_INTERVAL_MS) return { mode: 'interval', ms: value };
  throw invalidParams(`${name}: expected "Instant", "Manual" or the milliseconds between two blocks`);
};

const write: Param<readonly [string, Uint8Array | null]> = (value, name) => {
  if (!Array.isArray(value) || value.length !== 2) throw invalidParams(`${name}: expected [key, value or null]`);
  return [storageKey(value[0], `${name}.key`), optional(hexBytes)(value[1], `${name}.value`) ?? null];
};

/** What the node refuses is the caller's mistake, not an internal error. */
async function refusing<T>(body: () => T | Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof NodeError) throw new RpcError(REFUSED, error.message, { code: error.code, ...error.data });
    throw error;
  }
}

const snapshots = new WeakMap<Engine, Map<number, number>>();
let nextSnapshot = 1;

/** Moves of the development chain that no consensus knows: time, raw state, going back. */
export const devMethods: RpcMethods = prepared({
  dev_newBlock: method(
    { options: optional(object({ count: optional(u32), to: optional(u32) })) },
    ({ options }, { engine, session }) =>
      refusing(async () => {
        const { count, to } = options ?? {};
        // With both, `to` is a limit: other blocks may have come since the caller looked.
        const blocks = count ?? (to === undefined ? 1 : to - engine.head.number);
        if (blocks < 0 || blocks > MOST_BLOCKS)
          throw new NodeError('bad-option', `${blocks} is no number of blocks to make`);
        const stop = new AbortController();
        session.onClose(() => stop.abort());
        await engine.advance(blocks, { signal: stop.signal, until: to });
        return prefixed(engine.head.hash);
      }),
  ),
  dev_timeTravel: method({ date: moment }, ({ date }, { engine }) =>
    refusing(() => {
      engine.createBlock({ time: date });
      return Number(Now.get(engine.at().ext));
    }),
  ),
  dev_setStorage: method({ values: list(write, MOST_WRITES), hash: optional(json) }, ({ values }, { engine }) =>
    refusing(() => prefixed(engine.createBlock({ writes: values }).hash)),
  ),
  dev_setBlockBuildMode: method({ mode: buildMode }, ({ mode }, { engine }) => {
    engine.seal(mode);
    return null;
  }),
  dev_status: method({}, (_, { engine }) => ({
    preset: engine.store.meta.preset,
    rootMode: engine.store.meta.rootMode,
    sealing: engine.sealing,
    slotDurationMs: Number(slotDuration(engine.runtime.runtime.params)),
    pool: engine.pool.status,
  })),
  dev_snapshot: method({}, (_, { engine }) => {
    const known = snapshots.get(engine) ?? new Map<number, number>();
    snapshots.set(engine, known);
    const id = nextSnapshot++;
    known.set(id, engine.head.number);
    return id;
  }),
  dev_revert: method({ id: u32 }, ({ id }, { engine }) =>
    refusing(() => {
      const known = snapshots.get(engine);
      const number = known?.get(id);
      if (!known || number === undefined || number > engine.head.number) return false;
      engine.revertTo(number);
      // Later snapshots named blocks that are gone.
      for (const later of [...known.keys()]) if (later >= id) known.delete(later);
      return true;
    }),
  ),
});
