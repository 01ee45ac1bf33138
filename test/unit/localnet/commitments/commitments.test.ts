import { beforeEach, describe, expect, test } from 'vitest';
import { dbReads, dbReadsWrites } from '../../../../src/lib/localnet/frame/weight.ts';
import { makePulse } from '../../../../src/lib/localnet/node/beacon/load-beacon.ts';
import { localBeaconConfig } from '../../../../src/lib/localnet/node/beacon/local-beacon.ts';
import { Commitments } from '../../../../src/lib/localnet/pallets/commitments/pallet.ts';
import {
  CommitmentOf,
  LastBondsReset,
  LastCommitment,
  RevealedCommitments,
  TimelockedIndex,
  UsedSpaceOf,
} from '../../../../src/lib/localnet/pallets/commitments/spec.ts';
import { Pulses } from '../../../../src/lib/localnet/pallets/drand/spec.ts';
import {
  Bonds,
  BondsResetOn,
  MechanismCountCurrent,
  NetworksAdded,
  SubnetEpochIndex,
  Uids,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { utf8 } from '../../../../src/lib/localnet/scale/bytes.ts';
import { attempt, eventsWith, goTo, lastEvent } from '../../../helpers/attempt.ts';
import { ALICE, callOf, DAVE, type OpenBlock, openBlock } from '../../../helpers/local-runtime.ts';
import { sealTimelock } from '../../../helpers/seal-timelock.ts';

// pallets/commitments/src/lib.rs, `set_commitment` and `reveal_timelocked_commitments`; src/types.rs.

const NETUID = 1;
const raw = (length: number) => ({ type: `Raw${length}`, value: '61'.repeat(length) });
const big = (length: number) => ({ type: 'BigRaw', value: new Uint8Array(length) });
const setFields = (...fields: unknown[]) =>
  callOf('Commitments', 'set_commitment', { netuid: NETUID, info: { fields } });
const sealed = (content: string, reveal_round: bigint) => ({
  type: 'TimelockEncrypted',
  value: { encrypted: sealTimelock(localBeaconConfig.public_key, reveal_round, utf8.encode(content)), reveal_round },
});

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
  Uids.insert(block.x, NETUID, DAVE, 0);
});
const fieldsOf = (who = DAVE) => CommitmentOf.get(block.x, NETUID, who)?.info.fields;
const start = () => Commitments.hooks.onInitialize(block.x);

describe('committing', () => {
  test('is for registered hotkeys, and what is new replaces what was', () => {
    expect(attempt(block, ALICE, setFields(raw(5)))).toBe('Commitments.AccountNotAllowedCommit');
    expect(attempt(block, DAVE, setFields(raw(5)))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Commitments.Commitment', { netuid: NETUID, who: DAVE }]);
    goTo(block, 7);
    expect(attempt(block, DAVE, setFields({ type: 'None' }, { type: 'Sha256', value: 'ab'.repeat(32) }))).toBe('ok');
    expect(CommitmentOf.get(block.x, NETUID, DAVE)).toMatchObject({ deposit: 0n, block: 7 });
    expect(fieldsOf()).toHaveLength(2);
    expect(LastCommitment.get(block.x, NETUID, DAVE)).toBe(7);
    // An empty index is written, not left out.
    expect(TimelockedIndex.exists(block.x)).toBe(true);
  });

  test('costs nothing', () => {
    expect(block.runtime.dispatchInfo(setFields(raw(5))).pays).toBe('No');
  });

  test('counts at least a hundred bytes, at most the limit in an epoch', () => {
    const used = () => UsedSpaceOf.get(block.x, NETUID, DAVE)?.used_space;
    for (let i = 0; i < 5; i++) attempt(block, DAVE, setFields(raw(99)));
    expect(used()).toBe(500n);
    expect(attempt(block, DAVE, setFields(big(512), raw(128), { type: 'Keccak256', value: '00'.repeat(32) }))).toBe(
      'ok',
    );
    expect(used()).toBe(500n + 672n);
    for (let i = 0; i < 3; i++) expect(attempt(block, DAVE, setFields(big(512), raw(128)))).toBe('ok');
    expect(used()).toBe(3092n);
    expect(attempt(block, DAVE, setFields(raw(1)))).toBe('Commitments.SpaceLimitExceeded');
    SubnetEpochIndex.insert(block.x, NETUID, 4n);
    expect(attempt(block, DAVE, setFields(raw(1)))).toBe('ok');
    expect(UsedSpaceOf.get(block.x, NETUID, DAVE)).toEqual({ last_epoch: 4n, used_space: 100n });
  });

  test('the limit is root’s', () => {
    const limit = (new_limit: number) => callOf('Commitments', 'set_max_space', { new_limit });
    expect(attempt(block, DAVE, limit(99))).toBe('BadOrigin');
    expect(attempt(block, 'root', limit(99))).toBe('ok');
    expect(attempt(block, DAVE, setFields(raw(1)))).toBe('Commitments.SpaceLimitExceeded');
  });

  test('more fields, and longer ones, than there may be do not even decode', () => {
    const bytes = (...fields: unknown[]) => block.runtime.encodeCall(setFields(...fields));
    expect(() => block.runtime.decodeCall(bytes(raw(1), raw(1), raw(1)))).not.toThrow();
    expect(() => block.runtime.decodeCall(bytes(raw(1), raw(1), raw(1), raw(1)))).toThrow();
    expect(() => block.runtime.decodeCall(bytes(big(512)))).not.toThrow();
    expect(() => block.runtime.decodeCall(bytes(big(513)))).toThrow();
  });
});

describe('resetting bonds', () => {
  const flag = { type: 'ResetBondsFlag' };
  const bonds = () => [0, 4096].map((index) => [...Bonds.get(block.x, index + NETUID, 5)]);
  beforeEach(() => {
    NetworksAdded.insert(block.x, NETUID, true);
    MechanismCountCurrent.insert(block.x, NETUID, 2);
    for (const index of [0, 4096]) Bonds.insert(block.x, index + NETUID, 5, Uint16Array.of(0, 100, 3, 200));
  });

  test('takes the neuron’s bonds in every mechanism where the subnet allows it (run_epoch.rs `do_reset_bonds`)', () => {
    expect(attempt(block, DAVE, setFields(flag))).toBe('ok');
    expect(LastBondsReset.get(block.x, NETUID, DAVE)).toBe(1);
    expect(bonds()).toEqual([
      [0, 100, 3, 200],
      [0, 100, 3, 200],
    ]);
    BondsResetOn.insert(block.x, NETUID, true);
    expect(attempt(block, DAVE, setFields(flag))).toBe('ok');
    expect(bonds()).toEqual([
      [3, 200],
      [3, 200],
    ]);
  });
});

describe('time locks', () => {
  test('wait for their round’s pulse, then open at a block’s start; other fields stay', () => {
    expect(attempt(block, DAVE, setFields(raw(2), sealed('hello', 9n)))).toBe('ok');
    expect(lastEvent(block)).toEqual([
      'Commitments.TimelockCommitment',
      { netuid: NETUID, who: DAVE, reveal_round: 9n },
    ]);
    expect(TimelockedIndex.get(block.x)).toEqual([[NETUID, DAVE]]);
    expect(start()).toEqual(dbReads(3));
    expect(fieldsOf()).toHaveLength(2);

    Pulses.insert(block.x, 9n, makePulse(9n));
    goTo(block, 44);
    expect(start()).toEqual(dbReadsWrites(5, 3));
    expect(RevealedCommitments.get(block.x, NETUID, DAVE)).toEqual([[utf8.encode('hello'), 44n]]);
    expect(lastEvent(block)).toEqual(['Commitments.CommitmentRevealed', { netuid: NETUID, who: DAVE }]);
    expect(fieldsOf()).toEqual([raw(2)]);
    expect(TimelockedIndex.get(block.x)).toEqual([]);
    expect(start()).toEqual(dbReads(1));
  });

  test('a commitment of nothing but them goes with them; what cannot be opened is lost', () => {
    Pulses.insert(block.x, 9n, makePulse(9n));
    const wrong = { type: 'TimelockEncrypted', value: { ...sealed('x', 8n).value, reveal_round: 9n } };
    const noise = { type: 'TimelockEncrypted', value: { encrypted: Uint8Array.of(1, 2, 3), reveal_round: 9n } };
    expect(attempt(block, DAVE, setFields(wrong, noise, sealed('', 9n)))).toBe('ok');
    const before = eventsWith(block).length;
    start();
    expect(eventsWith(block)).toHaveLength(before);
    expect(RevealedCommitments.containsKey(block.x, NETUID, DAVE)).toBe(false);
    expect(CommitmentOf.containsKey(block.x, NETUID, DAVE)).toBe(false);
    expect(TimelockedIndex.get(block.x)).toEqual([]);
  });

  test('each opens at its own time, and the last ten are kept', () => {
    attempt(block, DAVE, setFields(sealed('early', 9n), sealed('late', 10n)));
    const old = Array.from({ length: 10 }, (_, i) => [Uint8Array.of(i), BigInt(i)] as const);
    RevealedCommitments.insert(block.x, NETUID, DAVE, old);
    Pulses.insert(block.x, 9n, makePulse(9n));
    start();
    expect(fieldsOf()).toHaveLength(1);
    expect(TimelockedIndex.get(block.x)).toHaveLength(1);
    const kept = RevealedCommitments.get(block.x, NETUID, DAVE)!;
    expect(kept).toHaveLength(10);
    expect(kept[0]).toEqual(old[1]);
    expect(kept.at(-1)).toEqual([utf8.encode('early'), 1n]);
  });

  test('a signature may be stored as text after 0x', () => {
    const { signature, ...pulse } = makePulse(9n);
    Pulses.insert(block.x, 9n, { ...pulse, signature: Uint8Array.of(...utf8.encode('0x'), ...signature) });
    attempt(block, DAVE, setFields(sealed('hello', 9n)));
    start();
    expect(RevealedCommitments.get(block.x, NETUID, DAVE)).toHaveLength(1);
  });

  test('a new commitment without them leaves the index; entries without a commitment are cleared', () => {
    attempt(block, DAVE, setFields(sealed('hello', 9n)));
    attempt(block, DAVE, setFields(raw(1)));
    expect(TimelockedIndex.get(block.x)).toEqual([]);
    TimelockedIndex.put(block.x, [[NETUID, ALICE]]);
    expect(start()).toEqual(dbReadsWrites(3, 1));
    expect(TimelockedIndex.get(block.x)).toEqual([]);
  });

  test('the index is in the order of netuid and account', () => {
    const accounts = ['ff', '00', '7f'].map((byte) => byte.repeat(32));
    for (const [netuid, who] of [
      [2, accounts[1]!],
      [1, accounts[0]!],
      [1, accounts[1]!],
      [1, accounts[2]!],
    ] as const) {
      Uids.insert(block.x, netuid, who, 0);
      const call = callOf('Commitments', 'set_commitment', { netuid, info: { fields: [sealed('x', 9n)] } });
      expect(attempt(block, who, call)).toBe('ok');
    }
    expect(TimelockedIndex.get(block.x).map(([netuid, who]) => `${netuid} ${who.slice(0, 2)}`)).toEqual([
      '1 00',
      '1 7f',
      '1 ff',
      '2 00',
    ]);
  });
});
