import type { Ext } from '../../frame/ext.ts';
import { type AccountId, ZERO_ACCOUNT } from '../../scale/well-known.ts';
import {
  Active,
  AlphaV2,
  BlockAtRegistration,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  IsNetworkMember,
  Keys,
  LargestLocked,
  LastUpdate,
  MaxAllowedUids,
  MaxAllowedValidators,
  MinAllowedWeights,
  NetworkRegistrationAllowed,
  NetworksAdded,
  Owner,
  StakingHotkeys,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetLocked,
  SubnetMechanism,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetTAO,
  SubnetworkN,
  TargetRegistrationsPerInterval,
  Tempo,
  TokenSymbol,
  TotalHotkeyAlpha,
  TotalHotkeySharesV2,
  TotalIssuance,
  TotalNetworks,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
} from './storage.ts';
import { SYMBOLS } from './subnets/symbol-table.ts';

/** Who owns the root subnet in a fast build: Alice and her hotkey `//Alice_hk`. */
export interface RootOwner {
  readonly coldkey: AccountId;
  readonly hotkey: AccountId;
}

const RESERVE = 10_000_000_000n;
const FIRST_STAKE = 1_000_000_000n;
/** `SafeFloat::from(1_000_000_000)`: mantissa of 22 digits, exponent of ten. */
const FIRST_SHARES = { mantissa: 10n ** 21n, exponent: -12n };

function addRoot(x: Ext, owner: RootOwner): void {
  NetworksAdded.insert(x, 0, true);
  SubnetOwner.insert(x, 0, owner.coldkey);
  SubnetOwnerHotkey.insert(x, 0, owner.hotkey);
  SubnetworkN.insert(x, 0, 0);
  MaxAllowedUids.insert(x, 0, 64);
  MaxAllowedValidators.insert(x, 0, 64);
  MinAllowedWeights.insert(x, 0, 0);
  Tempo.insert(x, 0, 100);
  NetworkRegistrationAllowed.insert(x, 0, true);
  TargetRegistrationsPerInterval.insert(x, 0, 1);
  TokenSymbol.insert(x, 0, SYMBOLS[0]!);
}

/** Subnet 1 with the zero account as its owner and only neuron. */
function addFirstSubnet(x: Ext): void {
  const netuid = 1;
  const nobody = ZERO_ACCOUNT;
  SubnetMechanism.insert(x, netuid, 1);
  Owner.insert(x, nobody, nobody);
  SubnetAlphaIn.insert(x, netuid, RESERVE);
  SubnetTAO.insert(x, netuid, RESERVE);
  NetworksAdded.insert(x, netuid, true);
  MaxAllowedUids.insert(x, netuid, 256);
  MaxAllowedValidators.insert(x, netuid, 64);
  MinAllowedWeights.insert(x, netuid, 0);
  Tempo.insert(x, netuid, 100);
  NetworkRegistrationAllowed.insert(x, netuid, true);
  SubnetOwner.insert(x, netuid, nobody);
  SubnetLocked.insert(x, netuid, 1n);
  LargestLocked.insert(x, netuid, 1n);
  AlphaV2.insert(x, [nobody, nobody, netuid], FIRST_SHARES);
  TotalHotkeyAlpha.insert(x, nobody, netuid, FIRST_STAKE);
  TotalHotkeySharesV2.insert(x, nobody, netuid, FIRST_SHARES);
  SubnetAlphaOut.insert(x, netuid, FIRST_STAKE);
  StakingHotkeys.insert(x, nobody, [nobody]);
  addFirstNeuron(x, netuid, nobody);
  TokenSymbol.insert(x, netuid, SYMBOLS[netuid]!);
}

function addFirstNeuron(x: Ext, netuid: number, hotkey: AccountId): void {
  SubnetworkN.insert(x, netuid, 1);
  Active.insert(x, netuid, [true]);
  Emission.insert(x, netuid, [0n]);
  Consensus.insert(x, netuid, [0]);
  Incentive.insert(x, netuid, [0]);
  Dividends.insert(x, netuid, [0]);
  LastUpdate.insert(x, netuid, [0n]);
  ValidatorTrust.insert(x, netuid, [0]);
  ValidatorPermit.insert(x, netuid, [false]);
  Keys.insert(x, netuid, 0, hotkey);
  Uids.insert(x, netuid, hotkey, 0);
  BlockAtRegistration.insert(x, netuid, 0, 0n);
  IsNetworkMember.insert(x, hotkey, netuid, true);
}

/** The pallet's genesis: the root subnet and subnet 1. Source: pallets/subtensor macros/genesis.rs. */
export function buildGenesis(x: Ext, rootOwner: RootOwner): void {
  TotalIssuance.put(x, 0n);
  addRoot(x, rootOwner);
  addFirstSubnet(x);
  TotalNetworks.put(x, 2);
}
