import { sha256 } from '@noble/hashes/sha2.js';
import type { Ext } from '../../frame/ext.ts';
import { BeaconConfig } from '../../pallets/drand/spec.ts';
import type { BeaconConfigurationValue } from '../../pallets/drand/verify-pulse.ts';
import { equalBytes, fromHex, utf8 } from '../../scale/bytes.ts';

// The localnet's own drand beacon. Its secret is public on purpose: whoever runs the chain also is the beacon, and equal chains
// must get equal pulses. It counts rounds as quicknet does, by the chain's clock.

/** What the beacon's secret key is made from. */
export const BEACON_SEED = utf8.encode('btcli-ts localnet drand beacon');

/** The beacon's key in G2, compressed: what timelocked commits are encrypted to. */
export const LOCAL_BEACON_PUBLIC_KEY =
  'a5a78ceee70bb1cc6f9b462b82d458e3d5efb7b7bc3fdaf1f8908aef6588183801a7b53bcea0fdaa2421a166a6b7023e10fef4db5a357e9c1863495483b629c1a74ba7420f9ffe9c24d20eb9e66c7028ceb518d5177b8d375e38ba0789c92a3e';

const quicknet = BeaconConfig.default as BeaconConfigurationValue;
const publicKey = fromHex(LOCAL_BEACON_PUBLIC_KEY);

/**
 * The configuration that makes a chain listen to this beacon: what `Drand.set_beacon_config` takes (by sudo). Any other
 * configuration switches the beacon off.
 */
export const localBeaconConfig: BeaconConfigurationValue = {
  public_key: publicKey,
  period: quicknet.period,
  genesis_time: quicknet.genesis_time,
  hash: sha256(publicKey),
  group_hash: sha256(sha256(publicKey)),
  scheme_id: quicknet.scheme_id,
  metadata: { beacon_id: utf8.encode('localnet') },
};

/** Whether the chain listens to this beacon. */
export const listensToLocalBeacon = (x: Ext): boolean => equalBytes(BeaconConfig.get(x).public_key, publicKey);

/** The newest round at a time (milliseconds since 1970); 0 before the first. */
export function roundAt({ genesis_time, period }: BeaconConfigurationValue, time: bigint): bigint {
  const since = time - BigInt(genesis_time) * 1000n;
  return since < 0n ? 0n : since / (BigInt(period) * 1000n) + 1n;
}
