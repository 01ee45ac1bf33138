import type { BlockState } from '../node/block-state.ts';
import type { Engine } from '../node/engine.ts';
import { NodeError } from '../node/node-error.ts';
import type { Hex } from '../scale/bytes.ts';
import { CODES, RpcError } from './rpc-error.ts';

/** The state after the block, the best one unless given. @throws RpcError 4003 as a real node words it */
export function stateOf(engine: Engine, at: Hex | undefined): BlockState {
  try {
    return engine.at(at);
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    if (error.code === 'unknown-block')
      throw clientError(`UnknownBlock: Header was not found in the database: 0x${at}`);
    if (error.code === 'state-discarded') throw clientError(`UnknownBlock: State already discarded for 0x${at}`);
    throw error;
  }
}

export const clientError = (what: string): RpcError => new RpcError(CODES.state, `Client error: ${what}`);

/** Runtime APIs that look at a transaction's signature. */
const VERIFYING = /^(TaggedTransactionQueue|BlockBuilder)_/;

/** Runs `body`, after preparing the engine where the runtime API needs that. */
export function forRuntimeCall<T>(engine: Engine, name: string, body: () => T): T | Promise<T> {
  const preparing = VERIFYING.test(name) ? engine.prepare() : undefined;
  return preparing ? preparing.then(body) : body();
}

/** Calls a runtime API on a block's state. @throws RpcError 4003 */
export function callRuntime(state: BlockState, name: string, input: Uint8Array): Uint8Array {
  let output: Uint8Array | undefined;
  try {
    output = state.call(name, input);
  } catch (error) {
    throw clientError(`Execution failed: Execution aborted due to trap: ${(error as Error).message}`);
  }
  if (output === undefined) throw clientError(`Execution failed: Other: Exported method ${name} is not found`);
  return output;
}
