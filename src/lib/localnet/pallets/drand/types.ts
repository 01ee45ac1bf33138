// Types of the pallet that storage, events and calls carry.

import { boundedBytes, enumeration, struct, vec } from '../../scale/compound.ts';
import { fixedBytes, u32, u64 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';

export const Metadata = struct('pallet_drand::types::Metadata', { beacon_id: boundedBytes(32) });
export const BeaconConfiguration = struct('pallet_drand::types::BeaconConfiguration', {
  public_key: boundedBytes(96),
  period: u32,
  genesis_time: u32,
  hash: boundedBytes(32),
  group_hash: boundedBytes(32),
  scheme_id: boundedBytes(32),
  metadata: Metadata,
});
export const Pulse = struct('pallet_drand::types::Pulse', {
  round: u64,
  randomness: boundedBytes(32),
  signature: boundedBytes(144),
});

/** Whose key signs a payload. */
export const MultiSigner = enumeration('sp_runtime::MultiSigner', {
  Ed25519: fixedBytes(32),
  Sr25519: fixedBytes(32),
  Ecdsa: fixedBytes(33),
});
const PAYLOAD_PARAMS = {
  params: [
    { name: 'Public', type: MultiSigner as Type<unknown> },
    { name: 'BlockNumber', type: u32 as Type<unknown> },
  ],
};
export const PulsesPayload = struct(
  'pallet_drand::types::PulsesPayload',
  { block_number: u32, pulses: vec(Pulse), public: MultiSigner },
  PAYLOAD_PARAMS,
);
export const BeaconConfigurationPayload = struct(
  'pallet_drand::types::BeaconConfigurationPayload',
  { block_number: u32, config: BeaconConfiguration, public: MultiSigner },
  PAYLOAD_PARAMS,
);
