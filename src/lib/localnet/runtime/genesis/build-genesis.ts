import type { Ext } from '../../frame/ext.ts';
import { Authorities as AuraAuthorities } from '../../pallets/aura/spec.ts';
import { TotalIssuance } from '../../pallets/balances/spec.ts';
import { BaseFeePerGas, Elasticity } from '../../pallets/base-fee/spec.ts';
import { storeBlock } from '../../pallets/ethereum/block.ts';
import { WhitelistedCreators } from '../../pallets/evm/spec.ts';
import { ChainId } from '../../pallets/evm-chain-id/spec.ts';
import { CurrentSetId, Authorities as GrandpaAuthorities, SetIdSession } from '../../pallets/grandpa/spec.ts';
import { LimitOrdersEnabled } from '../../pallets/limit-orders/spec.ts';
import { buildGenesis as buildSubtensor, type RootOwner } from '../../pallets/subtensor/genesis.ts';
import { OwnedHotkeys, Owner, StakingHotkeys } from '../../pallets/subtensor/storage.ts';
import { Key as SudoKey } from '../../pallets/sudo/spec.ts';
import { DEFAULT_ACCOUNT_DATA } from '../../pallets/system/account.ts';
import { genesisExtrinsicIndex } from '../../pallets/system/block.ts';
import {
  Account,
  BlockHash,
  LastRuntimeUpgrade,
  ParentHash,
  UpgradedToTripleRefCount,
  UpgradedToU32RefCount,
} from '../../pallets/system/spec.ts';
import { NextFeeMultiplier, StorageVersion } from '../../pallets/transaction-payment/spec.ts';
import { type Hex, toHex, utf8 } from '../../scale/bytes.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { version } from '../extensions/system-checks.ts';
import { putStorageVersions } from './storage-versions.ts';

/** What a chain of this runtime starts from. */
export interface GenesisConfig {
  /** Balances in rao. */
  readonly balances: readonly (readonly [AccountId, bigint])[];
  /** sr25519 keys that take turns in making blocks. */
  readonly authorities: readonly AccountId[];
  /** ed25519 keys of finality. */
  readonly grandpaAuthorities: readonly Hex[];
  readonly sudo: AccountId;
  readonly evmChainId: bigint;
  readonly rootOwner: RootOwner;
  /** Value of `:code`, where a chain has its WebAssembly: clients key their caches by its hash. */
  readonly code: Uint8Array;
}

const CODE = toHex(utf8.encode(':code'));
const ETHEREUM_SCHEMA = toHex(utf8.encode(':ethereum_schema'));
/** `hash69()`: 69 repeated, until the real genesis hash is known. */
const UNKNOWN_PARENT: Hex = '45'.repeat(32);
const ONE_FIXED = 1_000_000_000_000_000_000n;

const LIMIT_ORDERS_ACCOUNT: AccountId = palletAccount('modlbt/limit');
const LIMIT_ORDERS_HOTKEY: AccountId = palletAccount('modlbt/lmhky');

/** The account of a pallet: its name, filled with zeros. */
function palletAccount(name: string): AccountId {
  return toHex(utf8.encode(name)).padEnd(64, '0');
}

function buildSystem(x: Ext): void {
  BlockHash.insert(x, 0, UNKNOWN_PARENT);
  ParentHash.put(x, UNKNOWN_PARENT);
  LastRuntimeUpgrade.put(x, { spec_version: version.spec_version, spec_name: version.spec_name });
  UpgradedToU32RefCount.put(x, true);
  UpgradedToTripleRefCount.put(x, true);
  genesisExtrinsicIndex(x);
}

function buildGrandpa(x: Ext, authorities: readonly Hex[]): void {
  CurrentSetId.put(x, 0n);
  GrandpaAuthorities.put(
    x,
    authorities.map((key) => [key, 1n] as const),
  );
  SetIdSession.insert(x, 0n, 0);
}

function buildBalances(x: Ext, balances: GenesisConfig['balances']): void {
  let total = 0n;
  for (const [who, free] of balances) {
    total += free;
    Account.insert(x, who, {
      nonce: 0,
      consumers: 0,
      providers: 1,
      sufficients: 0,
      data: { ...DEFAULT_ACCOUNT_DATA, free },
    });
  }
  TotalIssuance.put(x, total);
}

/** pallets/limit-orders: the pallet's own coldkey and hotkey, and the switch. */
function buildLimitOrders(x: Ext): void {
  Owner.insert(x, LIMIT_ORDERS_HOTKEY, LIMIT_ORDERS_ACCOUNT);
  OwnedHotkeys.insert(x, LIMIT_ORDERS_ACCOUNT, [LIMIT_ORDERS_HOTKEY]);
  StakingHotkeys.insert(x, LIMIT_ORDERS_ACCOUNT, [LIMIT_ORDERS_HOTKEY]);
  LimitOrdersEnabled.put(x, true);
}

/** Writes the state of block 0, pallet by pallet in the chain's order. No events exist at genesis. */
export function buildGenesis(x: Ext, config: GenesisConfig): void {
  buildSystem(x);
  AuraAuthorities.put(x, config.authorities);
  buildGrandpa(x, config.grandpaAuthorities);
  buildBalances(x, config.balances);
  StorageVersion.put(x, 'V2');
  NextFeeMultiplier.put(x, ONE_FIXED);
  buildSubtensor(x, config.rootOwner);
  SudoKey.put(x, config.sudo);
  storeBlock(x, 0, false);
  x.putRaw(ETHEREUM_SCHEMA, Uint8Array.of(3));
  WhitelistedCreators.put(x, []);
  ChainId.put(x, config.evmChainId);
  BaseFeePerGas.put(x, [20_000_000_000n, 0n, 0n, 0n]);
  Elasticity.put(x, 125_000);
  buildLimitOrders(x);
  putStorageVersions(x);
  // The code comes last: the root in Ethereum's first block does not see it.
  x.putRaw(CODE, config.code);
  x.events = [];
}
