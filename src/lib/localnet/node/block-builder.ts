import type { Change, Ext } from '../frame/ext.ts';
import { TransactionValidityError } from '../frame/transaction-validity.ts';
import { blake2b256 } from '../hash/blake2b.ts';
import { slotDigest, slotDuration } from '../pallets/aura/slot.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { Header, type HeaderValue } from '../runtime/header.ts';
import { timestampInherent } from '../runtime/timestamp-inherent.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { encode } from '../scale/type.ts';
import type { Beacon } from './beacon/load-beacon.ts';
import { NodeError } from './node-error.ts';
import type { TransactionPool } from './pool/transaction-pool.ts';

export interface BlockRequest {
  readonly number: number;
  readonly parentHash: Hex;
  /** Milliseconds since 1970, a multiple of the slot duration. */
  readonly time: bigint;
  /** Raw writes between the inherent and the transactions. */
  readonly writes?: readonly Change[] | undefined;
  /** What brings the pulses that the chain waits for. */
  readonly beacon?: Beacon | undefined;
}

export interface BuiltBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly header: HeaderValue;
  readonly headerBytes: Uint8Array;
  readonly body: readonly Uint8Array[];
  readonly changes: readonly Change[];
}

/** Transactions that did not fit, after which a block counts as full. */
const MOST_MISFITS = 8;

/**
 * Builds a block on the state of `x`: inherent, the beacon's pulses, then transactions of the pool until none fits. What the
 * runtime refuses leaves the pool. The writes stay in `x`; when this throws, `x` is of no use any more.
 *
 * @throws NodeError `block-failed`
 */
export function buildBlock(
  x: Ext,
  runtime: Runtime,
  pool: TransactionPool,
  request: BlockRequest,
  onFault: (error: unknown) => void,
): BuiltBlock {
  const { number, parentHash, time, writes, beacon } = request;
  const body: Uint8Array[] = [];
  let header: HeaderValue;
  try {
    const slot = time / slotDuration(runtime.params);
    runtime.initializeBlock(x, { number, parentHash, digest: { logs: [slotDigest(slot)] } });
    const inherent = timestampInherent(time);
    runtime.pushExtrinsic(x, inherent);
    body.push(inherent);
    for (const [key, value] of writes ?? []) {
      if (value === null) x.killRaw(key);
      else x.putRaw(key, value);
    }
    if (beacon) pushPulses(x, runtime, beacon(x, time), body, onFault);
    if (pool.hasReady) pushTransactions(x, runtime, pool, body, onFault);
    header = runtime.finalizeBlock(x);
  } catch (cause) {
    throw new NodeError('block-failed', `block ${number} cannot be built: ${(cause as Error).message}`, {
      data: { number },
      cause,
    });
  }
  const headerBytes = encode(Header, header);
  return { number, hash: toHex(blake2b256(headerBytes)), header, headerBytes, body, changes: x.changes() };
}

/** What the chain does not take now, it is given again in the next block. */
function pushPulses(
  x: Ext,
  runtime: Runtime,
  pulses: readonly Uint8Array[],
  body: Uint8Array[],
  onFault: (error: unknown) => void,
): void {
  for (const bytes of pulses) {
    try {
      runtime.pushExtrinsic(x, bytes);
      body.push(bytes);
    } catch (error) {
      if (!(error instanceof TransactionValidityError)) onFault(error);
      return;
    }
  }
}

function pushTransactions(
  x: Ext,
  runtime: Runtime,
  pool: TransactionPool,
  body: Uint8Array[],
  onFault: (error: unknown) => void,
): void {
  const best = pool.best();
  let misfits = 0;
  for (let next = best.next(); next && misfits < MOST_MISFITS; next = best.next()) {
    try {
      runtime.pushExtrinsic(x, next.bytes);
      body.push(next.bytes);
      best.included(next);
    } catch (error) {
      if (error instanceof TransactionValidityError && error.exhaustsResources) misfits++;
      else {
        // A fault of ours must not keep the chain from going on: the transaction that shows it goes, the others stay.
        if (!(error instanceof TransactionValidityError)) onFault(error);
        pool.reportInvalid(next);
      }
    }
  }
}
