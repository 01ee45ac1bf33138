// Types of the pallet that storage, events and calls carry.

import { plainEnum, struct } from '../../scale/compound.ts';
import { u32 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';

/** In the order of their indices. */
export const PROXY_TYPES = [
  'Any',
  'Owner',
  'NonCritical',
  'NonTransfer',
  'Senate',
  'NonFungible',
  'Triumvirate',
  'Governance',
  'Staking',
  'Registration',
  'Transfer',
  'SmallTransfer',
  'RootWeights',
  'ChildKeys',
  'SudoUncheckedSetCode',
  'SwapHotkey',
  'SubnetLeaseBeneficiary',
  'RootClaim',
] as const;
export const ProxyType = plainEnum('subtensor_runtime_common::ProxyType', PROXY_TYPES);
export const ProxyDefinition = struct(
  'pallet_subtensor_proxy::ProxyDefinition',
  { delegate: AccountId32, proxy_type: ProxyType, delay: u32 },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'ProxyType', type: ProxyType as Type<unknown> },
      { name: 'BlockNumber', type: u32 as Type<unknown> },
    ],
  },
);
export const Announcement = struct(
  'pallet_subtensor_proxy::Announcement',
  { real: AccountId32, call_hash: H256, height: u32 },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'Hash', type: H256 as Type<unknown> },
      { name: 'BlockNumber', type: u32 as Type<unknown> },
    ],
  },
);
export const DepositKind = plainEnum('pallet_subtensor_proxy::DepositKind', ['Proxies', 'Announcements']);
