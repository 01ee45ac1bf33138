// Types of the pallet that storage, events and calls carry.

import { boundedBytes, struct } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';

export const Metadata = struct('pallet_drand::types::Metadata', { beacon_id: boundedBytes() });
export const BeaconConfiguration = struct('pallet_drand::types::BeaconConfiguration', {
  public_key: boundedBytes(),
  period: u32,
  genesis_time: u32,
  hash: boundedBytes(),
  group_hash: boundedBytes(),
  scheme_id: boundedBytes(),
  metadata: Metadata,
});
export const Pulse = struct('pallet_drand::types::Pulse', {
  round: u64,
  randomness: boundedBytes(),
  signature: boundedBytes(),
});
