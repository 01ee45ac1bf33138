import { saturatingMulU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import {
  LastRateLimitedBlock,
  NetworkRateLimit,
  OwnerHyperparamRateLimit,
  Tempo,
  TransactionKeyLastBlock,
  TxChildkeyTakeRateLimit,
  TxDelegateTakeRateLimit,
  TxRateLimit,
  WeightsVersionKeyRateLimit,
} from '../storage.ts';
import { ROOT_NETUID } from '../subnets/subnet.ts';
import type { Hyperparameter, RateLimitKey } from '../types.ts';

/** How often calls may be repeated, in blocks. Source: pallets/subtensor utils/rate_limiting.rs. */

const MIN_TEMPO = 360n;
const SN_OWNER_HOTKEY_RATE_LIMIT = 50_400n;
const SET_CHILDREN_RATE_LIMIT = 150n;

/** Index of a kind of transaction in `TransactionKeyLastBlock`. */
const TRANSACTION_INDEX = {
  SetChildren: 0,
  SetChildkeyTake: 1,
  Unknown: 2,
  RegisterNetwork: 3,
  SetWeightsVersionKey: 4,
  SetSNOwnerHotkey: 5,
  MechanismCountUpdate: 7,
  MechanismEmission: 8,
  MaxUidsTrimming: 9,
  AddStakeBurn: 10,
  TempoUpdate: 11,
} as const;

type HyperparameterName = ValueOf<typeof Hyperparameter>;

/** A kind of transaction with a limit of its own; owners' changes of hyperparameters have one per parameter. */
export type TransactionType = keyof typeof TRANSACTION_INDEX | { readonly hyperparameter: HyperparameterName };

export const ownerHyperparamUpdate = (hyperparameter: HyperparameterName): TransactionType => ({ hyperparameter });

type Key = ValueOf<typeof RateLimitKey>;

/** Where the last block of a transaction is kept when it is not per account; undefined when it is. */
function sharedKey(tx: TransactionType, netuid: number): Key | undefined {
  if (typeof tx === 'object') return { type: 'OwnerHyperparamUpdate', value: [netuid, tx.hyperparameter] };
  if (tx === 'RegisterNetwork') return { type: 'NetworkLastRegistered' };
  if (tx === 'SetSNOwnerHotkey') return { type: 'SetSNOwnerHotkey', value: netuid };
  return undefined;
}

/** Blocks that must pass on any subnet. */
function rateLimit(x: Ext, tx: TransactionType): bigint {
  const { fast } = x.params;
  switch (tx) {
    case 'SetChildren':
      return SET_CHILDREN_RATE_LIMIT;
    case 'SetChildkeyTake':
      return TxChildkeyTakeRateLimit.get(x);
    case 'RegisterNetwork':
      return NetworkRateLimit.get(x);
    case 'MechanismCountUpdate':
    case 'MechanismEmission':
      return fast ? 1n : 7200n;
    case 'MaxUidsTrimming':
      return fast ? 1n : 216_000n;
    default:
      return 0n;
  }
}

/** Blocks that must pass on this subnet. */
function rateLimitOnSubnet(x: Ext, tx: TransactionType, netuid: number): bigint {
  const tempo = BigInt(Tempo.get(x, netuid));
  if (typeof tx === 'object') return saturatingMulU64(tempo, BigInt(OwnerHyperparamRateLimit.get(x)));
  switch (tx) {
    case 'SetWeightsVersionKey':
      return saturatingMulU64(tempo, WeightsVersionKeyRateLimit.get(x));
    case 'SetSNOwnerHotkey':
      return SN_OWNER_HOTKEY_RATE_LIMIT;
    case 'AddStakeBurn':
      return tempo;
    case 'TempoUpdate':
      return MIN_TEMPO;
    default:
      return rateLimit(x, tx);
  }
}

const passes = (limit: bigint, block: bigint, last: bigint): boolean =>
  last === 0n || saturatingSub(block, last) >= limit;

export const passesRateLimit = (x: Ext, tx: TransactionType, key: AccountId): boolean =>
  passes(rateLimit(x, tx), currentBlock(x), lastBlockOnSubnet(x, tx, key, ROOT_NETUID));

export const passesRateLimitOnSubnet = (x: Ext, tx: TransactionType, key: AccountId, netuid: number): boolean =>
  passes(rateLimitOnSubnet(x, tx, netuid), currentBlock(x), lastBlockOnSubnet(x, tx, key, netuid));

/** Block of the last such transaction, 0 for none. */
function lastBlockOnSubnet(x: Ext, tx: TransactionType, key: AccountId, netuid: number): bigint {
  const shared = sharedKey(tx, netuid);
  if (shared) return LastRateLimitedBlock.get(x, shared);
  return TransactionKeyLastBlock.get(x, [key, netuid, indexOf(tx)]);
}

export function setLastBlockOnSubnet(x: Ext, tx: TransactionType, key: AccountId, netuid: number, block: bigint): void {
  const shared = sharedKey(tx, netuid);
  if (shared) LastRateLimitedBlock.insert(x, shared, block);
  else TransactionKeyLastBlock.insert(x, [key, netuid, indexOf(tx)], block);
}

const indexOf = (tx: TransactionType): number => (typeof tx === 'object' ? 6 : TRANSACTION_INDEX[tx]);

// ---- per account, whatever the subnet -----------------------------------------------------------------------------

const lastTx = (who: AccountId): Key => ({ type: 'LastTxBlock', value: who });
const lastDelegateTake = (who: AccountId): Key => ({ type: 'LastTxBlockDelegateTake', value: who });
const lastChildkeyTake = (who: AccountId): Key => ({ type: 'LastTxBlockChildKeyTake', value: who });

export const getLastTxBlock = (x: Ext, who: AccountId): bigint => LastRateLimitedBlock.get(x, lastTx(who));
export const setLastTxBlock = (x: Ext, who: AccountId, block: bigint): void =>
  LastRateLimitedBlock.insert(x, lastTx(who), block);
export const removeLastTxBlock = (x: Ext, who: AccountId): void => LastRateLimitedBlock.remove(x, lastTx(who));

export const getLastTxBlockDelegateTake = (x: Ext, who: AccountId): bigint =>
  LastRateLimitedBlock.get(x, lastDelegateTake(who));
export const setLastTxBlockDelegateTake = (x: Ext, who: AccountId, block: bigint): void =>
  LastRateLimitedBlock.insert(x, lastDelegateTake(who), block);
export const removeLastTxBlockDelegateTake = (x: Ext, who: AccountId): void =>
  LastRateLimitedBlock.remove(x, lastDelegateTake(who));

export const getLastTxBlockChildkeyTake = (x: Ext, who: AccountId): bigint =>
  LastRateLimitedBlock.get(x, lastChildkeyTake(who));
export const setLastTxBlockChildkey = (x: Ext, who: AccountId, block: bigint): void =>
  LastRateLimitedBlock.insert(x, lastChildkeyTake(who), block);
export const removeLastTxBlockChildkey = (x: Ext, who: AccountId): void =>
  LastRateLimitedBlock.remove(x, lastChildkeyTake(who));

const exceeds = (limit: bigint, previous: bigint, block: bigint): boolean =>
  limit !== 0n && previous !== 0n && saturatingSub(block, previous) <= limit;

/** Whether an account that acted at block `previous` (0: never) has to wait still. */
export const exceedsTxRateLimit = (x: Ext, previous: bigint, block: bigint): boolean =>
  exceeds(TxRateLimit.get(x), previous, block);
export const exceedsTxDelegateTakeRateLimit = (x: Ext, previous: bigint, block: bigint): boolean =>
  exceeds(TxDelegateTakeRateLimit.get(x), previous, block);

// ---- registration of subnets --------------------------------------------------------------------------------------

const NETWORK_LAST_REGISTERED: Key = { type: 'NetworkLastRegistered' };

/** Block of the last registration of a subnet, 0 before the first. */
export const getNetworkLastLockBlock = (x: Ext): bigint => LastRateLimitedBlock.get(x, NETWORK_LAST_REGISTERED);
export const setNetworkLastLockBlock = (x: Ext, block: bigint): void =>
  LastRateLimitedBlock.insert(x, NETWORK_LAST_REGISTERED, block);
