import { twox128 } from '../../frame/hashing.ts';
import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { PendingKey } from '../../pallets/mev-shield/spec.ts';
import { toHex } from '../../scale/bytes.ts';
import { vec } from '../../scale/compound.ts';
import { bool, fixedBytes, str, unit } from '../../scale/primitives.ts';
import { Header } from '../header.ts';

// What the chain's own node asks of the runtime. Source: sp-genesis-builder, sp-offchain, pallets/shield.

/** The localnet's genesis presets are the node's; the runtime offers none. */
export const GenesisBuilder = runtimeApi('GenesisBuilder', 1, {
  preset_names: apiMethod({}, vec(str), () => []),
});

/** There are no off-chain workers: nothing happens after a block. */
export const OffchainWorkerApi = runtimeApi('OffchainWorkerApi', 2, {
  offchain_worker: apiMethod({ header: Header }, unit, () => undefined),
});

export const ShieldApi = runtimeApi('ShieldApi', 1, {
  is_shielded_using_current_key: apiMethod({ key_hash: fixedBytes(16) }, bool, (x, { key_hash }) => {
    const key = PendingKey.get(x);
    return key !== undefined && toHex(twox128(key)) === key_hash;
  }),
});
