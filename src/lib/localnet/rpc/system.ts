import { DispatchErrorType } from '../frame/dispatch-error.ts';
import { TransactionValidityErrorType } from '../frame/transaction-validity.ts';
import type { Engine } from '../node/engine.ts';
import { nonceOf } from '../pallets/system/account.ts';
import { toHex } from '../scale/bytes.ts';
import { result } from '../scale/compound.ts';
import { Writer } from '../scale/io.ts';
import { u32 as u32Type, unit } from '../scale/primitives.ts';
import { encode, type ValueOf } from '../scale/type.ts';
import { AccountId32 } from '../scale/well-known.ts';
import { SS58_FORMAT } from './address.ts';
import { checkFormat } from './author.ts';
import { stateOf } from './blocks.ts';
import { hexOf } from './json.ts';
import { aliases, method, prepared, type RpcMethods } from './method.ts';
import { account, hash, hexBytes, optional } from './params.ts';

/** What clients show of the chain: unit, decimals, address format. */
export const CHAIN_PROPERTIES = { ss58Format: SS58_FORMAT, tokenDecimals: 9, tokenSymbol: 'TAO' } as const;
/** Name of the chain in the chain's own local specification. */
export const CHAIN_NAME = 'Bittensor';

const ApplyExtrinsicResult = result(result(unit, DispatchErrorType), TransactionValidityErrorType);

/** The tag that a transaction of this account with this nonce provides. */
function nonceTag(who: string, nonce: number): string {
  const out = new Writer(36);
  AccountId32.encode(out, who);
  u32Type.encode(out, nonce);
  return toHex(out.finish());
}

/** The nonce for the account's next transaction, those in the pool counted. */
function nextIndex(engine: Engine, who: string): number {
  let nonce = nonceOf(stateOf(engine, undefined).ext, who);
  while (engine.pool.provides(nonceTag(who, nonce))) nonce++;
  return nonce;
}

function dryRun(engine: Engine, bytes: Uint8Array, at: string | undefined): string {
  const { refused, error } = engine.dryRun(checkFormat(bytes), at);
  type Outcome = ValueOf<typeof ApplyExtrinsicResult>;
  const outcome: Outcome = refused
    ? { type: 'Err', value: refused.value }
    : { type: 'Ok', value: error ? { type: 'Err', value: error.value } : { type: 'Ok', value: undefined } };
  return hexOf(encode(ApplyExtrinsicResult, outcome));
}

/** Facts about the node. @param version of this program */
export function systemMethods(version: string): RpcMethods {
  const methods: RpcMethods = {
    system_name: method({}, () => 'btcli-ts localnet'),
    system_version: method({}, () => version),
    system_chain: method({}, () => CHAIN_NAME),
    system_chainType: method({}, () => 'Local'),
    system_properties: method({}, () => CHAIN_PROPERTIES),
    system_health: method({}, () => ({ peers: 0, isSyncing: false, shouldHavePeers: false })),
    system_peers: method({}, () => []),
    system_reservedPeers: method({}, () => []),
    system_localListenAddresses: method({}, () => []),
    system_nodeRoles: method({}, () => ['Authority']),
    system_syncState: method({}, (_, { engine }) => ({
      startingBlock: 0,
      currentBlock: engine.head.number,
      highestBlock: engine.head.number,
    })),
    system_accountNextIndex: method({ account }, ({ account: who }, { engine }) => nextIndex(engine, who)),
    ...prepared({
      system_dryRun: method({ extrinsic: hexBytes, at: optional(hash) }, ({ extrinsic, at }, { engine }) => {
        stateOf(engine, at);
        return dryRun(engine, extrinsic, at);
      }),
    }),
  };
  return {
    ...methods,
    ...aliases(methods, { account_nextIndex: 'system_accountNextIndex', system_dryRunAt: 'system_dryRun' }),
  };
}
