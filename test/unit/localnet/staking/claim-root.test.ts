import { beforeEach, describe, expect, it } from 'vitest';
import { BadOrigin } from '../../../../src/lib/localnet/frame/dispatch-error.ts';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { ROOT as ROOT_ORIGIN, signed } from '../../../../src/lib/localnet/frame/origin.ts';
import { addWeight, dbReads, dbReadsWrites, weight } from '../../../../src/lib/localnet/frame/weight.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { errors } from '../../../../src/lib/localnet/pallets/subtensor/errors.ts';
import {
  blockHashToIndices,
  doRootClaim,
  finalizeAllSubnetRootDividends,
  getRootOwedForHotkeyColdkey,
  increaseRootClaimableForHotkeyAndSubnet,
  removeStakeAdjustRootClaimedForHotkeyAndColdkey,
  rootClaimOnSubnet,
  runAutoClaimRootDivs,
  transferRootClaimableForNewHotkey,
  transferRootClaimedForNewKeys,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/claim-root.ts';
import { claimRootCalls } from '../../../../src/lib/localnet/pallets/subtensor/staking/claim-root-calls.ts';
import {
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  maybeAddColdkeyIndex,
  maybeRemoveColdkeyIndex,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/staking-coldkeys.ts';
import {
  NumRootClaim,
  NumStakingColdkeys,
  RootClaimable,
  RootClaimableThreshold,
  RootClaimed,
  RootClaimType,
  StakingColdkeys,
  StakingColdkeysByIndex,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetOwner,
  SubnetProtocolFlow,
  SubnetRootSellTao,
  SubnetTAO,
  TotalStake,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { NetUids } from '../../../../src/lib/localnet/pallets/subtensor/types.ts';
import { vec } from '../../../../src/lib/localnet/scale/compound.ts';
import { u16 } from '../../../../src/lib/localnet/scale/primitives.ts';
import { decode, encode } from '../../../../src/lib/localnet/scale/type.ts';
import {
  account,
  addHotkey,
  addPool,
  addRoot,
  emptyState,
  ROOT,
  run,
  subtensorEvents,
  TAO,
} from '../../../helpers/stake-state.ts';

/** Source of all unless named: pallets/subtensor/src/staking/claim_root.rs. */

const F = 1n << 32n;
const NETUID = 1;
const alice = account(1);
const bob = account(2);
const hot = account(11);
const owner = account(9);

let x: Ext;
const rootStake = (coldkey: string, amount: bigint): void =>
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, coldkey, ROOT, amount);
const alphaOf = (coldkey: string, netuid = NETUID) => getStakeForHotkeyAndColdkeyOnSubnet(x, hot, coldkey, netuid);
const owed = (coldkey: string, netuid = NETUID) => getRootOwedForHotkeyColdkey(x, hot, coldkey, netuid);
const setType = (who: string, new_root_claim_type: unknown) =>
  run(x, who, 'set_root_claim_type', { new_root_claim_type });

beforeEach(() => {
  x = emptyState();
  addRoot(x);
  for (const netuid of [NETUID, 2]) addPool(x, netuid, 1_000n * TAO, 2_000n * TAO, 100n * TAO);
  addHotkey(x, owner, hot);
  rootStake(alice, 300n * TAO);
  rootStake(bob, 100n * TAO);
});

describe('increase_root_claimable (:45)', () => {
  it('adds a rate per rao of root stake, one entry per subnet in order', () => {
    increaseRootClaimableForHotkeyAndSubnet(x, hot, 2, 4n * TAO);
    increaseRootClaimableForHotkeyAndSubnet(x, hot, NETUID, 8n * TAO);
    increaseRootClaimableForHotkeyAndSubnet(x, hot, 2, 4n * TAO);
    const percent = F / 100n;
    expect(RootClaimable.get(x, hot)).toEqual([
      [NETUID, (8n * F) / 400n],
      [2, 2n * percent],
    ]);
    expect(owed(alice)).toBe((300n * TAO * ((8n * F) / 400n)) >> 32n);
  });

  it('takes as much alpha as there is root stake, also nothing of nothing', () => {
    increaseRootClaimableForHotkeyAndSubnet(x, hot, NETUID, 400n * TAO);
    expect(RootClaimable.get(x, hot)).toEqual([[NETUID, F]]);
    increaseRootClaimableForHotkeyAndSubnet(x, account(77), NETUID, 0n);
    expect(RootClaimable.get(x, account(77))).toEqual([[NETUID, 0n]]);
  });

  it('gives more alpha than there is root stake to the owner of the hotkey', () => {
    increaseRootClaimableForHotkeyAndSubnet(x, hot, NETUID, 400n * TAO + 1n);
    expect(RootClaimable.get(x, hot)).toEqual([]);
    expect(alphaOf(owner)).toBe(400n * TAO + 1n);
  });
});

describe('root_claim_on_subnet (:131)', () => {
  beforeEach(() => increaseRootClaimableForHotkeyAndSubnet(x, hot, NETUID, 4n * TAO));

  it('Keep stakes the alpha', () => {
    const before = owed(alice);
    rootClaimOnSubnet(x, hot, alice, NETUID, { type: 'Keep' }, false);
    expect(alphaOf(alice)).toBe(before);
    expect(RootClaimed.get(x, [NETUID, hot, alice])).toBe(before);
    expect(owed(alice)).toBe(0n);
    expect(alphaOf(alice, ROOT)).toBe(300n * TAO);
  });

  it('Swap sells without fee and stakes the TAO on root, in all the books', () => {
    const alpha = owed(alice);
    const tao = (1_000n * TAO * (10n ** 18n - (2_000n * TAO * 10n ** 18n) / (2_000n * TAO + alpha))) / 10n ** 18n;
    const [rootBalance, poolBalance] = [ROOT, NETUID].map((n) => freeBalance(x, subnetAccountId(n)));
    rootClaimOnSubnet(x, hot, alice, NETUID, { type: 'Swap' }, false);
    const paid = SubnetTAO.get(x, ROOT);
    expect(Number(paid - tao)).toBeCloseTo(0, -1);
    expect(alphaOf(alice, ROOT)).toBe(300n * TAO + paid);
    expect(freeBalance(x, subnetAccountId(ROOT)) - rootBalance!).toBe(paid);
    expect(poolBalance! - freeBalance(x, subnetAccountId(NETUID))).toBe(paid);
    expect(SubnetAlphaIn.get(x, NETUID)).toBe(2_000n * TAO + alpha);
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(100n * TAO - alpha);
    expect(SubnetTAO.get(x, NETUID)).toBe(1_000n * TAO - paid);
    expect(SubnetAlphaOut.get(x, ROOT)).toBe(paid);
    expect(SubnetRootSellTao.get(x, NETUID)).toBe(paid);
    expect(SubnetProtocolFlow.get(x, NETUID)).toBe(-paid);
    expect(TotalStake.get(x)).toBe(paid);
    // Claimed: the alpha, and what the new root stake would have earned already.
    expect(RootClaimed.get(x, [NETUID, hot, alice])).toBe(alpha + ((paid * (F / 100n)) >> 32n));
    expect(owed(alice)).toBe(0n);
  });

  it('KeepSubnets keeps on those and sells on the others', () => {
    increaseRootClaimableForHotkeyAndSubnet(x, hot, 2, 4n * TAO);
    const type = { type: 'KeepSubnets', value: { subnets: [2] } } as const;
    rootClaimOnSubnet(x, hot, alice, NETUID, type, false);
    rootClaimOnSubnet(x, hot, alice, 2, type, false);
    expect(alphaOf(alice, NETUID)).toBe(0n);
    expect(alphaOf(alice, 2)).toBeGreaterThan(0n);
    expect(SubnetRootSellTao.get(x, 2)).toBe(0n);
  });

  it('waits for the threshold unless told not to, and for a whole rao always', () => {
    RootClaimableThreshold.insert(x, NETUID, owed(bob) * F + F);
    rootClaimOnSubnet(x, hot, bob, NETUID, { type: 'Keep' }, false);
    expect(alphaOf(bob)).toBe(0n);
    rootClaimOnSubnet(x, hot, bob, NETUID, { type: 'Keep' }, true);
    const kept = alphaOf(bob);
    expect(kept).toBeGreaterThan(0n);
    rootClaimOnSubnet(x, hot, bob, NETUID, { type: 'Keep' }, true);
    expect(alphaOf(bob)).toBe(kept);
  });

  it('takes what is exactly the threshold', () => {
    RootClaimable.insert(x, hot, [[NETUID, F]]);
    RootClaimableThreshold.insert(x, NETUID, 100n * TAO * F + 1n);
    rootClaimOnSubnet(x, hot, bob, NETUID, { type: 'Keep' }, false);
    expect(alphaOf(bob)).toBe(0n);
    RootClaimableThreshold.insert(x, NETUID, 100n * TAO * F);
    rootClaimOnSubnet(x, hot, bob, NETUID, { type: 'Keep' }, false);
    expect(alphaOf(bob)).toBe(100n * TAO);
  });

  it('a swap that fails changes nothing', () => {
    SubnetTAO.insert(x, NETUID, 5n);
    const before = x.changes();
    expect(() => doRootClaim(x, alice, undefined)).toThrow('Swap.ReservesTooLow');
    expect(x.changes()).toEqual(before);
    expect(runAutoClaimRootDivs(x, 'ab'.repeat(32))).toBeDefined();
  });
});

/** Netuids as they come out of the bytes of a call. */
const asDecoded = (netuids: readonly number[]) => decode(NetUids, encode(vec(u16), netuids));

describe('the calls', () => {
  it('claim_root takes 1 to 5 subnets (dispatches.rs:2195)', () => {
    for (const subnets of [[], [1, 2, 3, 4, 5, 6]]) {
      expect(() => run(x, alice, 'claim_root', { subnets })).toThrow(errors.InvalidSubnetNumber);
    }
    run(x, alice, 'claim_root', { subnets: asDecoded([5, 4, 3, 2, 1, 1, 5]) });
    expect(StakingColdkeys.get(x, alice)).toBe(0n);
  });

  it('claim_root claims on the named subnets of all hotkeys, weighs what it did, and tells', () => {
    increaseRootClaimableForHotkeyAndSubnet(x, hot, NETUID, 4n * TAO);
    increaseRootClaimableForHotkeyAndSubnet(x, hot, 2, 4n * TAO);
    setType(alice, { type: 'Keep' });
    const post = run(x, alice, 'claim_root', { subnets: [2] });
    expect(alphaOf(alice, NETUID)).toBe(0n);
    expect(alphaOf(alice, 2)).toBeGreaterThan(0n);
    const oneClaim = addWeight(weight(60_000_000n, 6987n), dbReadsWrites(7, 5));
    expect(post).toEqual({ actualWeight: addWeight(dbReads(1 + 1 + 2), oneClaim), pays: 'Yes' });
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'RootClaimed', value: { coldkey: alice } });
  });

  it('set_root_claim_type refuses to keep on no subnet, and stores a set', () => {
    expect(() => setType(alice, { type: 'KeepSubnets', value: { subnets: [] } })).toThrow(errors.InvalidSubnetNumber);
    const type = { type: 'KeepSubnets', value: { subnets: asDecoded([3, 1, 3]) } };
    setType(alice, type);
    expect(RootClaimType.get(x, alice)).toEqual({ type: 'KeepSubnets', value: { subnets: [1, 3] } });
    expect(RootClaimType.get(x, bob)).toEqual({ type: 'Swap' });
    expect(StakingColdkeys.get(x, alice)).toBe(0n);
  });

  it('the settings have bounds and owners (dispatches.rs:2251, :2275)', () => {
    const { sudo_set_num_root_claims: claims, sudo_set_root_claim_threshold: threshold } = claimRootCalls;
    expect(() => claims.run(x, signed(alice), { new_value: 1n })).toThrow(BadOrigin);
    expect(() => claims.run(x, ROOT_ORIGIN, { new_value: 51n })).toThrow(errors.InvalidNumRootClaim);
    claims.run(x, ROOT_ORIGIN, { new_value: 50n });
    expect(NumRootClaim.get(x)).toBe(50n);
    SubnetOwner.insert(x, NETUID, alice);
    expect(() => threshold.run(x, signed(bob), { netuid: NETUID, new_value: 1n })).toThrow(BadOrigin);
    expect(() => threshold.run(x, signed(alice), { netuid: NETUID, new_value: 10_000_001n })).toThrow(
      errors.InvalidRootClaimThreshold,
    );
    threshold.run(x, signed(alice), { netuid: NETUID, new_value: 10_000_000n });
    expect(RootClaimableThreshold.get(x, NETUID)).toBe(10_000_000n * F);
  });
});

describe('claims on several subnets', () => {
  it('are each measured by the root stake that the ones before have left (root_claim_all)', () => {
    const rate = F / 10n;
    RootClaimable.insert(x, hot, [
      [NETUID, rate],
      [2, rate],
    ]);
    const before = [NETUID, 2].map((netuid) => SubnetAlphaIn.get(x, netuid));
    doRootClaim(x, alice, undefined);
    const [first, second] = [NETUID, 2].map((netuid, i) => SubnetAlphaIn.get(x, netuid) - before[i]!) as [
      bigint,
      bigint,
    ];
    expect(first).toBe((rate * 300n * TAO) / F);
    // What the first claim added to root has earned nothing: it is taken off again, in whole rao.
    const added = SubnetRootSellTao.get(x, NETUID);
    expect(added).toBeGreaterThan(0n);
    const earned = rate * (300n * TAO + added) - ((rate * added) / F) * F;
    expect(second).toBe(earned / F);
    expect(second).toBeLessThanOrEqual(first + 1n);
  });

  it('stake that leaves root takes nothing off a claim on root itself (:318)', () => {
    RootClaimable.insert(x, hot, [
      [ROOT, F],
      [NETUID, F],
    ]);
    for (const netuid of [ROOT, NETUID]) RootClaimed.insert(x, [netuid, hot, alice], 50n);
    removeStakeAdjustRootClaimedForHotkeyAndColdkey(x, hot, alice, 20n);
    expect([ROOT, NETUID].map((netuid) => RootClaimed.get(x, [netuid, hot, alice]))).toEqual([50n, 30n]);
  });
});

describe('automatic claims', () => {
  it('draw from the hash as running sums of its four words (:12)', () => {
    const word = (n: bigint) => n.toString(16).padStart(16, '0');
    const hash = [5n, 10n, 20n, 40n].map(word).join('');
    // 5+5, +10, +20, +40, +5, each from the remainder before: 10, 20, 40, 80, 85 mod 1000.
    expect(blockHashToIndices(hash, 5n, 1_000n)).toEqual([10n, 20n, 40n, 80n, 85n]);
    expect(blockHashToIndices(hash, 4n, 7n)).toEqual([3n, 5n, 6n]);
    expect(blockHashToIndices(hash, 3n, 0n)).toEqual([0n]);
    // The sum stops at 2^64 - 1, whose last digit is 5, every time.
    expect(blockHashToIndices('ff'.repeat(32), 2n, 10n)).toEqual([5n]);
    expect(blockHashToIndices(hash, 0n, 5n)).toEqual([]);
  });

  it('claim for the coldkeys that are drawn, by their own types (:420)', () => {
    increaseRootClaimableForHotkeyAndSubnet(x, hot, NETUID, 4n * TAO);
    for (const who of [alice, bob]) setType(who, { type: 'Keep' });
    const due = owed(bob);
    runAutoClaimRootDivs(x, `${'0'.repeat(15)}1${'0'.repeat(48)}`);
    expect([alphaOf(alice), alphaOf(bob)]).toEqual([owed(alice) + alphaOf(alice), due]);
    expect(subtensorEvents(x).filter(({ type }) => type === 'RootClaimed')).toHaveLength(2);
  });

  it('the table closes its gaps with the last coldkey (:394)', () => {
    const [a, b, c] = [1, 2, 3].map(account) as [string, string, string];
    for (const who of [a, b, c, a]) maybeAddColdkeyIndex(x, who);
    expect(NumStakingColdkeys.get(x)).toBe(3n);
    maybeRemoveColdkeyIndex(x, a);
    maybeRemoveColdkeyIndex(x, a);
    expect([...StakingColdkeysByIndex.iter(x)]).toEqual([
      [0n, c],
      [1n, b],
    ]);
    expect(StakingColdkeys.get(x, c)).toBe(0n);
    maybeRemoveColdkeyIndex(x, b);
    maybeRemoveColdkeyIndex(x, c);
    expect(NumStakingColdkeys.get(x)).toBe(0n);
    expect(StakingColdkeysByIndex.isEmpty(x)).toBe(true);
  });
});

describe('when keys and subnets go', () => {
  it('claimed and claimable add up on the new keys (:455, :477)', () => {
    const next = account(12);
    RootClaimed.insert(x, [NETUID, hot, alice], 5n);
    RootClaimed.insert(x, [NETUID, next, bob], 7n);
    transferRootClaimedForNewKeys(x, NETUID, hot, next, alice, bob);
    expect(RootClaimed.containsKey(x, [NETUID, hot, alice])).toBe(false);
    expect(RootClaimed.get(x, [NETUID, next, bob])).toBe(12n);
    RootClaimable.insert(x, hot, [
      [1, 10n],
      [4, 1n],
    ]);
    RootClaimable.insert(x, next, [
      [1, 5n],
      [3, 2n],
    ]);
    transferRootClaimableForNewHotkey(x, hot, next);
    expect(RootClaimable.containsKey(x, hot)).toBe(false);
    expect(RootClaimable.get(x, next)).toEqual([
      [1, 15n],
      [3, 2n],
      [4, 1n],
    ]);
  });

  it('a dissolved subnet is forgotten, empty maps stay (:495)', () => {
    RootClaimable.insert(x, hot, [[1, 10n]]);
    RootClaimed.insert(x, [1, hot, alice], 5n);
    RootClaimed.insert(x, [2, hot, alice], 6n);
    finalizeAllSubnetRootDividends(x, 1);
    expect(RootClaimable.containsKey(x, hot)).toBe(true);
    expect(RootClaimable.get(x, hot)).toEqual([]);
    expect(RootClaimed.containsKey(x, [1, hot, alice])).toBe(false);
    expect(RootClaimed.get(x, [2, hot, alice])).toBe(6n);
  });
});
