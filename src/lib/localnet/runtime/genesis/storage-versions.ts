import type { Ext } from '../../frame/ext.ts';
import { twox128 } from '../../frame/hashing.ts';
import { toHex, utf8 } from '../../scale/bytes.ts';
import { u16 } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';

/** Storage version of every pallet of the chain, those included that this project does not have. */
const VERSIONS: Readonly<Record<string, number>> = {
  System: 0,
  RandomnessCollectiveFlip: 0,
  Timestamp: 0,
  Aura: 0,
  Grandpa: 5,
  Balances: 1,
  TransactionPayment: 0,
  SubtensorModule: 7,
  Utility: 0,
  Sudo: 0,
  Multisig: 1,
  Preimage: 1,
  Scheduler: 4,
  Proxy: 0,
  Commitments: 0,
  AdminUtils: 0,
  SafeMode: 0,
  Ethereum: 0,
  EVM: 0,
  EVMChainId: 0,
  BaseFee: 0,
  Drand: 0,
  Crowdloan: 0,
  Swap: 0,
  Contracts: 16,
  MevShield: 0,
  AlphaAssets: 0,
  LimitOrders: 0,
};

const ITEM = toHex(twox128(utf8.encode(':__STORAGE_VERSION__:')));

/** `OnGenesis`: every pallet notes the version of its storage. */
export function putStorageVersions(x: Ext): void {
  for (const [name, version] of Object.entries(VERSIONS)) {
    x.putRaw(toHex(twox128(utf8.encode(name))) + ITEM, encode(u16, version));
  }
}
