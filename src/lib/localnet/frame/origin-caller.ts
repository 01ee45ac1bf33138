import { enumeration } from '../scale/compound.ts';
import type { Type } from '../scale/type.ts';
import { AccountId32, H160 } from '../scale/well-known.ts';

const RawOrigin = enumeration(
  'frame_support::dispatch::RawOrigin',
  { Root: null, Signed: AccountId32, None: null, Authorized: null },
  { params: [{ name: 'AccountId', type: AccountId32 as Type<unknown> }] },
);
const EthereumOrigin = enumeration('pallet_ethereum::RawOrigin', { EthereumTransaction: H160 });

/** `OriginCaller` of the chain's runtime: an origin as a value, for calls that name one. */
export const OriginCallerType = enumeration(
  'node_subtensor_runtime::OriginCaller',
  { system: RawOrigin, Ethereum: EthereumOrigin },
  { indices: { system: 0, Ethereum: 21 } },
);
