import { bls12_381 } from '@noble/curves/bls12-381.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RuntimeCallValue } from '../../../src/lib/localnet/frame/runtime-handle.ts';
import { beaconSecret, loadBeacon, makePulse } from '../../../src/lib/localnet/node/beacon/load-beacon.ts';
import {
  LOCAL_BEACON_PUBLIC_KEY,
  localBeaconConfig,
  roundAt,
} from '../../../src/lib/localnet/node/beacon/local-beacon.ts';
import type { Engine } from '../../../src/lib/localnet/node/engine.ts';
import { BeaconConfig, LastStoredRound, Pulses } from '../../../src/lib/localnet/pallets/drand/spec.ts';
import { verifyPulse } from '../../../src/lib/localnet/pallets/drand/verify-pulse.ts';
import { TimelockedWeightCommits, Weights } from '../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { Now } from '../../../src/lib/localnet/pallets/timestamp/spec.ts';
import { fromHex, toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { struct, vec } from '../../../src/lib/localnet/scale/compound.ts';
import { bytes, u16, u64 } from '../../../src/lib/localnet/scale/primitives.ts';
import { decode, encode } from '../../../src/lib/localnet/scale/type.ts';
import { type LocalNode, startLocalNode } from '../../helpers/local-node.ts';
import { readVector } from '../../helpers/read-vector.ts';
import { sealTimelock } from '../../helpers/seal-timelock.ts';
import { type DevAccount, devAccount, signExtrinsic } from '../../helpers/sign-extrinsic.ts';

const Payload = struct('Payload', { hotkey: bytes, uids: vec(u16), values: vec(u16), version_key: u64 });
const callOf = (type: string, name: string, value: unknown): RuntimeCallValue => ({
  type,
  value: { type: name, value },
});

describe('the keys', () => {
  test('the public key is the secret’s', () => {
    expect(toHex(bls12_381.G2.Point.BASE.multiply(beaconSecret()).toBytes())).toBe(LOCAL_BEACON_PUBLIC_KEY);
  });

  test('its pulses verify, those of another round or key do not (pallets/drand/src/verifier.rs)', () => {
    const pulse = makePulse(77n);
    expect(verifyPulse(localBeaconConfig, pulse)).toBe(true);
    expect(verifyPulse(localBeaconConfig, { ...pulse, round: 78n })).toBe(false);
    expect(verifyPulse(BeaconConfig.default as typeof localBeaconConfig, pulse)).toBe(false);
  });

  test('quicknet’s recorded signature verifies under the chain’s default configuration', () => {
    const { signature, round } = readVector('timelock-crv4') as { signature: string; round: number };
    const pulse = { round: BigInt(round), randomness: new Uint8Array(), signature: fromHex(signature) };
    expect(verifyPulse(BeaconConfig.default as typeof localBeaconConfig, pulse)).toBe(true);
    expect(verifyPulse(localBeaconConfig, pulse)).toBe(false);
  });

  test('rounds count as quicknet’s do', () => {
    const genesis = 1_692_803_367_000n;
    expect([-1n, 0n, 2999n, 3000n].map((since) => roundAt(localBeaconConfig, genesis + since))).toEqual([
      0n,
      1n,
      1n,
      2n,
    ]);
  });
});

describe('a node with the beacon', () => {
  const NETUID = 2;
  let node: LocalNode;
  let engine: Engine;
  let alice: DevAccount;
  let bob: DevAccount;

  beforeEach(async () => {
    node = await startLocalNode({ fast: true, sealing: { mode: 'manual' } });
    ({ engine } = node);
    [alice, bob] = await Promise.all([devAccount('//Alice'), devAccount('//Bob')]);
  });
  afterEach(() => node.close());

  const x = () => engine.at().ext;
  const send = (signer: DevAccount, call: RuntimeCallValue) => {
    engine.submit(signExtrinsic(engine, signer, call));
    return engine.createBlock();
  };
  const sudo = (call: RuntimeCallValue) => send(alice, callOf('Sudo', 'sudo', { call }));
  const configure = (config: typeof localBeaconConfig) =>
    sudo(
      callOf('Drand', 'set_beacon_config', {
        config_payload: { block_number: 0, config, public: { type: 'Sr25519', value: alice.id } },
        signature: undefined,
      }),
    );
  const register = () => {
    send(alice, callOf('SubtensorModule', 'register_network', { hotkey: bob.id }));
    sudo(callOf('AdminUtils', 'sudo_set_weights_set_rate_limit', { netuid: NETUID, weights_set_rate_limit: 0n }));
  };
  const commit = (publicKey: Uint8Array, round: bigint) => {
    const payload = encode(Payload, { hotkey: fromHex(bob.id), uids: [0], values: [9], version_key: 0n });
    return send(
      bob,
      callOf('SubtensorModule', 'commit_timelocked_weights', {
        netuid: NETUID,
        commit: sealTimelock(publicKey, round, payload),
        reveal_round: round,
        commit_reveal_version: 4,
      }),
    );
  };
  const nextRound = () => roundAt(localBeaconConfig, Now.get(x())) + 1n;
  const eventsOf = (from: number) => {
    const names: string[] = [];
    for (let number = from; number <= engine.head.number; number++) {
      const state = engine.at(engine.store.hashOf(number)!).ext;
      const raw = state.getRaw('26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7');
      if (raw) names.push(toHex(raw));
    }
    return names;
  };

  test('opens weights that are committed to its key, and sets them', () => {
    configure(localBeaconConfig);
    register();
    const round = nextRound();
    commit(localBeaconConfig.public_key, round);
    expect([...TimelockedWeightCommits.iter(x())]).toHaveLength(1);
    expect(Weights.get(x(), NETUID, 0)).toHaveLength(0);
    for (let i = 0; i < 40; i++) engine.createBlock();
    expect(LastStoredRound.get(x())).toBe(round);
    expect(Pulses.get(x(), round)).toEqual(makePulse(round));
    expect([...TimelockedWeightCommits.iter(x())]).toHaveLength(0);
    expect([...Weights.get(x(), NETUID, 0)]).toEqual([0, 65_535]);
    expect(node.faults).toEqual([]);
  });

  test('brings a pulse not before its time, in a bare extrinsic right after the inherent', () => {
    configure(localBeaconConfig);
    register();
    const round = nextRound();
    commit(localBeaconConfig.public_key, round);
    let block = engine.createBlock();
    while (block.extrinsics.length === 1) {
      expect(roundAt(localBeaconConfig, Now.get(x()))).toBeLessThan(round);
      block = engine.createBlock();
    }
    expect(roundAt(localBeaconConfig, Now.get(x()))).toBe(round);
    expect(block.extrinsics).toHaveLength(2);
    expect(eventsOf(block.number).join()).toContain(`001a0104${Buffer.from(encode(u64, round)).toString('hex')}`);
  });

  test('says nothing on a chain that listens to another beacon', async () => {
    register();
    commit(localBeaconConfig.public_key, nextRound());
    for (let i = 0; i < 30; i++) expect(engine.createBlock().extrinsics).toHaveLength(1);
    expect(LastStoredRound.get(x())).toBe(0n);
    const beacon = await loadBeacon();
    expect(beacon(x(), Now.get(x()))).toEqual([]);
  });

  test('gives equal chains equal blocks', async () => {
    configure(localBeaconConfig);
    register();
    commit(localBeaconConfig.public_key, nextRound());
    const [one, other] = [await loadBeacon(), await loadBeacon()];
    const later = Now.get(x()) + 60_000n;
    expect(one(x(), later)).toHaveLength(1);
    expect(one(x(), later)).toEqual(other(x(), later));
    expect(decode(bytes, one(x(), later)[0]!)[0]).toBe(5);
  });
});
