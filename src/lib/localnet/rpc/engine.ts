import { NodeError } from '../node/node-error.ts';
import { prefixed } from './json.ts';
import { method, prepared, type RpcMethods } from './method.ts';
import { bool, hash, json, optional } from './params.ts';
import { RpcError } from './rpc-error.ts';

// Codes of manual sealing (sc-consensus-manual-seal).
const EMPTY_POOL = 12_000;
const BLOCK_NOT_FOUND = 13_000;

/** Manual sealing. */
export const engineMethods: RpcMethods = prepared({
  engine_createBlock: method(
    { createEmpty: bool, finalize: bool, parentHash: optional(hash) },
    ({ createEmpty, finalize, parentHash }, { engine }) => {
      if (parentHash !== undefined && parentHash !== engine.head.hash) {
        if (!engine.block(parentHash)) throw new RpcError(BLOCK_NOT_FOUND, `block not found: 0x${parentHash}`);
        throw new RpcError(14_000, 'blocks are made on the head only: this chain has no forks');
      }
      if (!createEmpty && !engine.pool.hasReady)
        throw new RpcError(EMPTY_POOL, 'transaction pool is empty, set createEmpty to true');
      const block = engine.createBlock({ final: finalize });
      return {
        hash: prefixed(block.hash),
        aux: {
          headerOnly: false,
          clearJustificationRequests: false,
          needsJustification: false,
          badJustification: false,
          isNewBest: true,
        },
      };
    },
  ),
  engine_finalizeBlock: method({ hash, justification: optional(json) }, ({ hash: block }, { engine }) => {
    try {
      engine.finalize(block);
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      throw new RpcError(BLOCK_NOT_FOUND, `block not found: 0x${block}`);
    }
    return true;
  }),
});
