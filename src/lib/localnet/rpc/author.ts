import { extrinsicHash } from '../node/pool/transaction-pool.ts';
import type { TransactionStatus } from '../node/pool/transaction-status.ts';
import { isLastStatus } from '../node/pool/transaction-status.ts';
import { Reader, ScaleError } from '../scale/io.ts';
import { hexOf, prefixed } from './json.ts';
import { method, prepared, type RpcMethods, subscription } from './method.ts';
import { hash, hexBytes, json, list, optional, text } from './params.ts';
import { withPoolErrors } from './pool-errors.ts';
import { invalidParams, RpcError } from './rpc-error.ts';

const KIND = 'author_extrinsicUpdate';
const MOST_REMOVED = 1000;

/** The bytes must be one extrinsic behind its length. @throws RpcError 1001 */
export function checkFormat(bytes: Uint8Array): Uint8Array {
  try {
    const reader = new Reader(bytes);
    if (reader.length() !== reader.left) throw new ScaleError('its length does not fit');
  } catch (error) {
    if (!(error instanceof ScaleError)) throw error;
    throw new RpcError(1001, `Extrinsic has invalid format: ${error.message}`);
  }
  return bytes;
}

/** A status as `author_extrinsicUpdate` carries it. */
function statusJson(status: TransactionStatus): unknown {
  switch (status.type) {
    case 'future':
    case 'ready':
    case 'dropped':
    case 'invalid':
      return status.type;
    case 'usurped':
      return { usurped: prefixed(status.by) };
    default:
      return { [status.type]: prefixed(status.block) };
  }
}

function hashToRemove(given: unknown): string {
  const { hash: byHash, extrinsic } = (given ?? {}) as { hash?: unknown; extrinsic?: unknown };
  if (byHash !== undefined) return hash(byHash, 'hash');
  if (extrinsic !== undefined) return extrinsicHash(hexBytes(extrinsic, 'extrinsic'));
  throw invalidParams('expected {hash} or {extrinsic}');
}

/** Transactions: submitting, watching, the pool's content. */
export const authorMethods: RpcMethods = prepared({
  author_submitExtrinsic: method({ extrinsic: hexBytes }, ({ extrinsic }, { engine }) =>
    prefixed(withPoolErrors(() => engine.submit(checkFormat(extrinsic)))),
  ),
  author_submitAndWatchExtrinsic: subscription({ extrinsic: hexBytes }, ({ extrinsic }, { engine, session }) => {
    checkFormat(extrinsic);
    const open = session.subscribe(KIND);
    const watch = (status: TransactionStatus) => {
      open.send(statusJson(status));
      if (isLastStatus(status)) open.end();
    };
    try {
      const id = withPoolErrors(() => engine.submit(extrinsic, 'External', watch));
      open.onEnd(() => engine.pool.unwatch(id, watch));
    } catch (error) {
      open.end();
      throw error;
    }
    return open.id;
  }),
  author_unwatchExtrinsic: subscription({ id: text }, ({ id }, { session }) => session.unsubscribe(id, KIND)),
  author_pendingExtrinsics: method({}, (_, { engine }) => engine.pool.pending().map(hexOf)),
  author_removeExtrinsic: method({ bytesOrHash: list(json, MOST_REMOVED) }, ({ bytesOrHash }, { engine }) =>
    engine.pool.remove(bytesOrHash.map(hashToRemove)).map(prefixed),
  ),
  // The localnet's one author has no keystore: it never has the key asked for.
  author_hasKey: method({ publicKey: hexBytes, keyType: text }, () => false),
  author_hasSessionKeys: method({ sessionKeys: optional(hexBytes) }, () => false),
});
