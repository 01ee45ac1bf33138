import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { Pulses } from '../../../../src/lib/localnet/pallets/drand/spec.ts';
import {
  CommitRevealWeightsEnabled,
  MinAllowedWeights,
  SubnetEpochIndex,
  TimelockedWeightCommits,
  ValidatorPermit,
  Weights,
  WeightsSetRateLimit,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { revealCrv3CommitsForSubnet } from '../../../../src/lib/localnet/pallets/subtensor/subnets/reveal-commits.ts';
import {
  decryptTimelock,
  parseTimelockCiphertext,
  parseTimelockSignature,
} from '../../../../src/lib/localnet/pallets/subtensor/subnets/timelock.ts';
import { fromHex, toHex, utf8 } from '../../../../src/lib/localnet/scale/bytes.ts';
import { checkFile } from '../../../../src/lib/localnet/vectors/check-file.ts';
import { readVector } from '../../../helpers/read-vector.ts';
import { account, goToBlock, subtensorEvents } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

interface Recorded {
  readonly signature: string;
  readonly vectors: readonly { readonly ciphertext_hex: string; readonly payload_hex: string }[];
}

const recorded = readVector('timelock-crv4') as Recorded;
const signature = fromHex(recorded.signature);
const ROUND = 1000n;

it('opens what the chain’s own library has sealed, and replays the recorded reveals', () => {
  const report = checkFile(recorded);
  expect(report.firstDifferences).toEqual([]);
  expect(report).toMatchObject({ format: 'timelock', rows: 48, equal: 48 });
});

describe('a ciphertext (ideal-lab5/timelock)', () => {
  const bytes = fromHex(recorded.vectors[0]!.ciphertext_hex);
  const signed = parseTimelockSignature(signature)!;

  it('stays shut when any part of it is changed', () => {
    // U's x coordinate, V, W, the encrypted body and its tag.
    for (const at of [10, 96 + 8 + 3, 96 + 40 + 8 + 3, 96 + 80 + 16 + 2, 96 + 80 + 16 + 50]) {
      const changed = bytes.slice();
      changed[at]! ^= 1;
      const parsed = parseTimelockCiphertext(changed);
      expect(parsed && decryptTimelock(parsed, signed), `byte ${at}`).toBeUndefined();
    }
  });

  it('is none when it ends early or is no point at all', () => {
    for (const length of [0, 95, 96, 150, bytes.length - 1])
      expect(parseTimelockCiphertext(bytes.subarray(0, length))).toBeUndefined();
    expect(parseTimelockCiphertext(new Uint8Array(bytes.length))).toBeUndefined();
    expect(parseTimelockSignature(new Uint8Array(48))).toBeUndefined();
    expect(parseTimelockSignature(signature.subarray(1))).toBeUndefined();
  });

  it('ignores what follows it, as the chain’s reader does', () => {
    const parsed = parseTimelockCiphertext(Uint8Array.of(...bytes, 1, 2, 3))!;
    expect(`0x${toHex(decryptTimelock(parsed, signed)!)}`).toBe(recorded.vectors[0]!.payload_hex);
  });
});

describe('revealing at the epoch (reveal_commits.rs)', () => {
  /** The recorded payload with weights in it, and the hotkey that it is bound to. */
  const row = recorded.vectors.find(({ payload_hex }) => payload_hex.slice(2 + 2 + 64, 2 + 2 + 64 + 2) !== '00')!;
  const hotkey = row.payload_hex.slice(4, 68);
  const payload = fromHex(row.payload_hex);

  function committed(who = hotkey): Ext {
    const x = subnetState(1000);
    addNeuron(x, account(1), who);
    for (let i = 0; i < 30; i++) addNeuron(x, account(40 + i), account(140 + i));
    ValidatorPermit.insert(x, NETUID, Array<boolean>(32).fill(true));
    MinAllowedWeights.insert(x, NETUID, 0);
    CommitRevealWeightsEnabled.insert(x, NETUID, true);
    WeightsSetRateLimit.insert(x, NETUID, 0n);
    SubnetEpochIndex.insert(x, NETUID, 5n);
    run(x, who, 'commit_timelocked_weights', {
      netuid: NETUID,
      commit: fromHex(row.ciphertext_hex),
      reveal_round: ROUND,
      commit_reveal_version: 4,
    });
    return x;
  }
  const pulse = (x: Ext, bytes = signature) =>
    Pulses.insert(x, ROUND, { round: ROUND, randomness: new Uint8Array(32), signature: bytes });
  const types = (x: Ext) => subtensorEvents(x).map(({ type }) => type);

  it('waits for the pulse as long as the epoch is the right one', () => {
    const x = committed();
    expect(payload.length).toBeGreaterThan(43);
    revealCrv3CommitsForSubnet(x, NETUID);
    expect(TimelockedWeightCommits.get(x, NETUID, 5n).length).toBe(1);
    SubnetEpochIndex.insert(x, NETUID, 6n);
    revealCrv3CommitsForSubnet(x, NETUID);
    expect(TimelockedWeightCommits.get(x, NETUID, 5n).length).toBe(1);
    pulse(x);
    revealCrv3CommitsForSubnet(x, NETUID);
    expect(types(x).slice(-2)).toEqual(['WeightsSet', 'TimelockedWeightsRevealed']);
    expect(TimelockedWeightCommits.containsKey(x, NETUID, 5n)).toBe(false);
    expect(Weights.get(x, NETUID, 1).length).toBeGreaterThan(0);
  });

  it('opens nothing before as many epochs as commits wait for', () => {
    const x = committed();
    pulse(x);
    TimelockedWeightCommits.insert(x, NETUID, 0n, TimelockedWeightCommits.take(x, NETUID, 5n));
    SubnetEpochIndex.insert(x, NETUID, 0n);
    revealCrv3CommitsForSubnet(x, NETUID);
    expect(TimelockedWeightCommits.get(x, NETUID, 0n)).toHaveLength(1);
    expect(types(x)).not.toContain('WeightsSet');
    SubnetEpochIndex.insert(x, NETUID, 1n);
    revealCrv3CommitsForSubnet(x, NETUID);
    expect(types(x).at(-1)).toBe('TimelockedWeightsRevealed');
  });

  it('reads a signature with 0x before it', () => {
    const x = committed();
    pulse(x, Uint8Array.of(...utf8.encode('0x'), ...signature));
    SubnetEpochIndex.insert(x, NETUID, 6n);
    revealCrv3CommitsForSubnet(x, NETUID);
    expect(types(x)).toContain('TimelockedWeightsRevealed');
  });

  it('drops what another hotkey has copied, and what is too late', () => {
    const copied = committed(account(77));
    pulse(copied);
    SubnetEpochIndex.insert(copied, NETUID, 6n);
    revealCrv3CommitsForSubnet(copied, NETUID);
    expect(types(copied)).not.toContain('WeightsSet');
    expect(TimelockedWeightCommits.containsKey(copied, NETUID, 5n)).toBe(false);
    const late = committed();
    pulse(late);
    SubnetEpochIndex.insert(late, NETUID, 7n);
    revealCrv3CommitsForSubnet(late, NETUID);
    expect(types(late)).not.toContain('WeightsSet');
    expect(TimelockedWeightCommits.containsKey(late, NETUID, 5n)).toBe(false);
  });

  it('takes ten commits of a hotkey an epoch, of the current version only', () => {
    const x = committed();
    goToBlock(x, 1001);
    const commit = (version: number) =>
      outcome(x, hotkey, 'commit_timelocked_weights', {
        netuid: NETUID,
        commit: new Uint8Array(5),
        reveal_round: ROUND,
        commit_reveal_version: version,
      });
    expect(commit(3)).toBe('IncorrectCommitRevealVersion');
    for (let i = 1; i < 10; i++) expect(commit(4)).toBe('ok');
    expect(commit(4)).toBe('TooManyUnrevealedCommits');
  });
});
