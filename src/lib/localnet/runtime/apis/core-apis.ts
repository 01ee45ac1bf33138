import { METADATA_VERSIONS } from '../../frame/metadata.ts';
import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { nonceOf } from '../../pallets/system/account.ts';
import { RuntimeVersion } from '../../pallets/system/types.ts';
import { option, vec } from '../../scale/compound.ts';
import { bytes, u32 } from '../../scale/primitives.ts';
import { newtype } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import type { Runtime } from '../create-runtime.ts';

// What a client asks first. Source: sp-api, frame-system-rpc-runtime-api.

const OpaqueMetadata = newtype('sp_core::OpaqueMetadata', bytes, { typeName: 'Vec<u8>' });

export const coreApi = (runtime: Runtime) =>
  runtimeApi('Core', 5, { version: apiMethod({}, RuntimeVersion, () => runtime.version) });

export const metadataApi = (runtime: Runtime) =>
  runtimeApi('Metadata', 2, {
    metadata: apiMethod({}, OpaqueMetadata, () => runtime.metadata(14)!),
    metadata_at_version: apiMethod({ version: u32 }, option(OpaqueMetadata), (_, { version }) =>
      runtime.metadata(version),
    ),
    metadata_versions: apiMethod({}, vec(u32), () => METADATA_VERSIONS),
  });

export const AccountNonceApi = runtimeApi('AccountNonceApi', 1, {
  account_nonce: apiMethod({ account: AccountId32 }, u32, (x, { account }) => nonceOf(x, account)),
});
