// Types of the pallet that storage, events and calls carry.

import { boundedBytes, struct } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';

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
