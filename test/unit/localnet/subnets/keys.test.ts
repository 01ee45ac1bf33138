import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { describe, expect, it, test } from 'vitest';
import { blake2_256 } from '../../../../src/lib/localnet/frame/hashing.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import {
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AssociatedEvmAddress,
  AutoStakeDestination,
  ChildKeys,
  ColdkeySwapAnnouncements,
  ColdkeySwapDisputes,
  Delegates,
  IsNetworkMember,
  Keys,
  LastHotkeySwapOnNetuid,
  OwnedHotkeys,
  Owner,
  ParentKeys,
  RootClaimable,
  StakeThreshold,
  StakingHotkeys,
  SubnetOwner,
  SubnetOwnerHotkey,
  Uids,
  VotingPower,
  VotingPowerDisableAtBlock,
  VotingPowerTrackingEnabled,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import {
  evmAssociationMessage,
  hashMessageEip191,
  uidLookup,
} from '../../../../src/lib/localnet/pallets/subtensor/utils/evm.ts';
import { getLastTxBlock } from '../../../../src/lib/localnet/pallets/subtensor/utils/rate-limiting.ts';
import {
  updateVotingPowerForSubnet,
  votingPowerEma,
} from '../../../../src/lib/localnet/pallets/subtensor/utils/voting-power.ts';
import { fromHex, toHex } from '../../../../src/lib/localnet/scale/bytes.ts';
import { account, addRoot, fund, goToBlock, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER, OWNER_HOTKEY, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

const alice = account(1);
const bob = account(2);
const hot = account(11);
const fresh = account(12);
const hashOf = (coldkey: string) => toHex(blake2_256(fromHex(coldkey)));

describe('swapping a hotkey (swap_hotkey.rs do_swap_hotkey)', () => {
  const state = (block = 50_000) => {
    const x = subnetState(block);
    addRoot(x);
    fund(x, alice, TAO);
    addNeuron(x, alice, hot);
    return x;
  };
  const swap = (x: ReturnType<typeof state>, new_hotkey = fresh, netuid: number | undefined = undefined) =>
    outcome(x, alice, 'swap_hotkey_v2', { hotkey: hot, new_hotkey, netuid, keep_stake: false });

  it('refuses in the chain’s order', () => {
    const x = state();
    expect(outcome(x, bob, 'swap_hotkey', { hotkey: hot, new_hotkey: fresh, netuid: undefined })).toBe(
      'NonAssociatedColdKey',
    );
    expect(swap(x, OWNER_HOTKEY)).toBe('NonAssociatedColdKey');
    expect(swap(x, hot)).toBe('NewHotKeyIsSameWithOld');
    addNeuron(x, alice, account(13));
    expect(swap(x, account(13))).toBe('HotKeyAlreadyRegisteredInSubNet');
    expect(swap(x, account(13), NETUID)).toBe('HotKeyAlreadyRegisteredInSubNet');
    RootClaimable.insert(x, fresh, [[NETUID, 1n]]);
    expect(swap(x)).toBe('NewHotKeyNotCleanForRootSwap');
    expect(swap(x, fresh, NETUID)).toBe('ok');
    goToBlock(x, 50_001);
    expect(outcome(x, alice, 'swap_hotkey', { hotkey: fresh, new_hotkey: account(14), netuid: NETUID })).toBe(
      'HotKeySetTxRateLimitExceeded',
    );
    goToBlock(x, 51_001);
    expect(outcome(x, alice, 'swap_hotkey', { hotkey: fresh, new_hotkey: account(14), netuid: NETUID })).toBe(
      'HotKeySwapOnSubnetIntervalNotPassed',
    );
    expect(outcome(x, alice, 'swap_hotkey', { hotkey: fresh, new_hotkey: account(14), netuid: undefined })).toBe(
      'HotKeySwapOnSubnetIntervalNotPassed',
    );
    goToBlock(x, 57_201);
    expect(outcome(x, alice, 'swap_hotkey', { hotkey: fresh, new_hotkey: subnetAccountId(1), netuid: NETUID })).toBe(
      'CannotUseSystemAccount',
    );
  });

  it('cannot be done on one subnet in the first 7200 blocks', () => {
    expect(swap(state(7200), fresh, NETUID)).toBe('HotKeySwapOnSubnetIntervalNotPassed');
    expect(swap(state(7201), fresh, NETUID)).toBe('ok');
    expect(swap(state(100))).toBe('ok');
  });

  it('moves seat, stake, family and take, and costs a tenth of a TAO', () => {
    const x = state();
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, bob, NETUID, 5n * TAO);
    ChildKeys.insert(x, hot, NETUID, [[7n, account(31)]]);
    ParentKeys.insert(x, account(31), NETUID, [[7n, hot]]);
    Delegates.insert(x, hot, 100);
    expect(swap(x)).toBe('ok');
    expect(freeBalance(x, alice)).toBe(TAO - 100_000_000n);
    expect(Uids.get(x, NETUID, fresh)).toBe(1);
    expect(Keys.get(x, NETUID, 1)).toBe(fresh);
    expect(IsNetworkMember.containsKey(x, hot, NETUID)).toBe(false);
    expect(getStakeForHotkeyAndColdkeyOnSubnet(x, fresh, bob, NETUID)).toBe(5n * TAO);
    expect(getStakeForHotkeyAndColdkeyOnSubnet(x, hot, bob, NETUID)).toBe(0n);
    expect(StakingHotkeys.get(x, bob)).toEqual([fresh]);
    expect(ChildKeys.get(x, fresh, NETUID)).toEqual([[7n, account(31)]]);
    expect(ParentKeys.get(x, account(31), NETUID)).toEqual([[7n, fresh]]);
    expect(Delegates.get(x, fresh)).toBe(100);
    expect(Owner.containsKey(x, hot)).toBe(false);
    expect(OwnedHotkeys.get(x, alice)).toEqual([fresh]);
    expect(LastHotkeySwapOnNetuid.get(x, NETUID, alice)).toBe(50_000n);
    expect(getLastTxBlock(x, alice)).toBe(50_000n);
  });

  it('leaves the stake where it is when asked to', () => {
    const x = state();
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, bob, NETUID, 5n * TAO);
    run(x, alice, 'swap_hotkey_v2', { hotkey: hot, new_hotkey: fresh, netuid: NETUID, keep_stake: true });
    expect(getStakeForHotkeyAndColdkeyOnSubnet(x, hot, bob, NETUID)).toBe(5n * TAO);
    expect(Uids.get(x, NETUID, fresh)).toBe(1);
    expect(Owner.get(x, hot)).toBe(alice);
  });

  it('takes the subnet owner’s hotkey along', () => {
    const x = state();
    fund(x, OWNER, TAO);
    run(x, OWNER, 'swap_hotkey', { hotkey: OWNER_HOTKEY, new_hotkey: fresh, netuid: undefined });
    expect(SubnetOwnerHotkey.get(x, NETUID)).toBe(fresh);
  });
});

describe('swapping a coldkey (swap_coldkey.rs, dispatches.rs)', () => {
  const state = () => {
    const x = subnetState(1000);
    fund(x, OWNER, 5n * TAO);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, OWNER_HOTKEY, OWNER, NETUID, 7n * TAO);
    return x;
  };
  const announce = (x: ReturnType<typeof state>, to = bob) =>
    outcome(x, OWNER, 'announce_coldkey_swap', { new_coldkey_hash: hashOf(to) });

  it('is announced for a price, waits, and may be announced anew after a day', () => {
    const x = state();
    expect(outcome(x, OWNER, 'clear_coldkey_swap_announcement')).toBe('ColdkeySwapAnnouncementNotFound');
    expect(announce(x)).toBe('ok');
    expect(freeBalance(x, OWNER)).toBe(5n * TAO - 100_000_000n);
    expect(ColdkeySwapAnnouncements.get(x, OWNER)).toEqual([37_000, hashOf(bob)]);
    goToBlock(x, 44_199);
    expect(announce(x, alice)).toBe('ColdkeySwapReannouncedTooEarly');
    expect(outcome(x, OWNER, 'clear_coldkey_swap_announcement')).toBe('ColdkeySwapClearTooEarly');
    goToBlock(x, 44_200);
    expect(announce(x, alice)).toBe('ok');
    expect(freeBalance(x, OWNER)).toBe(5n * TAO - 100_000_000n);
    goToBlock(x, 90_000);
    expect(outcome(x, OWNER, 'clear_coldkey_swap_announcement')).toBe('ok');
    expect(ColdkeySwapAnnouncements.containsKey(x, OWNER)).toBe(false);
  });

  it('goes to the announced key only, and takes everything along', () => {
    const x = state();
    const swap = (to: string) => outcome(x, OWNER, 'swap_coldkey_announced', { new_coldkey: to });
    expect(swap(bob)).toBe('ColdkeySwapAnnouncementNotFound');
    announce(x);
    expect(swap(alice)).toBe('AnnouncedColdkeyHashDoesNotMatch');
    goToBlock(x, 36_999);
    expect(swap(bob)).toBe('ColdkeySwapTooEarly');
    goToBlock(x, 37_000);
    AutoStakeDestination.insert(x, OWNER, NETUID, OWNER_HOTKEY);
    const free = freeBalance(x, OWNER);
    expect(swap(bob)).toBe('ok');
    expect(SubnetOwner.get(x, NETUID)).toBe(bob);
    expect(Owner.get(x, OWNER_HOTKEY)).toBe(bob);
    expect(OwnedHotkeys.get(x, bob)).toEqual([OWNER_HOTKEY]);
    expect(StakingHotkeys.get(x, bob)).toEqual([OWNER_HOTKEY]);
    expect(StakingHotkeys.containsKey(x, OWNER)).toBe(false);
    expect(getStakeForHotkeyAndColdkeyOnSubnet(x, OWNER_HOTKEY, bob, NETUID)).toBe(7n * TAO);
    expect(AutoStakeDestination.get(x, bob, NETUID)).toBe(OWNER_HOTKEY);
    expect(freeBalance(x, bob)).toBe(free);
    expect(freeBalance(x, OWNER)).toBe(0n);
    expect(subtensorEvents(x).at(-1)?.type).toBe('ColdkeySwapped');
  });

  it('does not go to a key that is in use', () => {
    const x = state();
    const swap = (new_coldkey: string, swap_cost = 0n) =>
      outcome(x, 'root', 'swap_coldkey', { old_coldkey: OWNER, new_coldkey, swap_cost });
    expect(outcome(x, OWNER, 'swap_coldkey', { old_coldkey: OWNER, new_coldkey: bob, swap_cost: 0n })).toBe(
      'BadOrigin',
    );
    expect(swap(bob, 6n * TAO)).toBe('NotEnoughBalanceToPaySwapColdKey');
    StakingHotkeys.insert(x, alice, [hot]);
    expect(swap(alice)).toBe('ColdKeyAlreadyAssociated');
    expect(swap(OWNER_HOTKEY)).toBe('NewColdKeyIsHotkey');
    expect(swap(bob, TAO)).toBe('ok');
    expect(freeBalance(x, bob)).toBe(4n * TAO);
  });

  it('can be disputed once, and set free by root', () => {
    const x = state();
    expect(outcome(x, OWNER, 'dispute_coldkey_swap')).toBe('ColdkeySwapAnnouncementNotFound');
    announce(x);
    expect(outcome(x, OWNER, 'dispute_coldkey_swap')).toBe('ok');
    expect(outcome(x, OWNER, 'dispute_coldkey_swap')).toBe('ColdkeySwapAlreadyDisputed');
    expect(ColdkeySwapDisputes.get(x, OWNER)).toBe(1000);
    expect(outcome(x, OWNER, 'reset_coldkey_swap', { coldkey: OWNER })).toBe('BadOrigin');
    expect(outcome(x, 'root', 'reset_coldkey_swap', { coldkey: OWNER })).toBe('ok');
    expect(ColdkeySwapDisputes.containsKey(x, OWNER)).toBe(false);
  });

  test('the old way is closed', () => {
    expect(outcome(state(), OWNER, 'schedule_swap_coldkey', { new_coldkey: bob })).toBe('Deprecated');
  });
});

describe('Ethereum addresses of neurons (evm.rs do_associate_evm_key)', () => {
  const secret = new Uint8Array(32).fill(7);
  const address = toHex(keccak_256(secp256k1.getPublicKey(secret, false).subarray(1)).subarray(-20));
  function sign(hotkey: string, block: bigint, offset = 0): string {
    const hash = hashMessageEip191(evmAssociationMessage(hotkey, block));
    const signed = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
    return toHex(Uint8Array.of(...signed.subarray(1), signed[0]! + offset));
  }
  const associate = (x: ReturnType<typeof subnetState>, signature: string, evm_key = address, who = hot) =>
    outcome(x, who, 'associate_evm_key', { netuid: NETUID, evm_key, block_number: 5n, signature });

  it('belong to who signed for the hotkey, with either form of the recovery id', () => {
    for (const offset of [0, 27]) {
      const x = subnetState(50_000);
      expect(associate(x, sign(hot, 5n))).toBe('NonAssociatedColdKey');
      addNeuron(x, alice, hot);
      expect(associate(x, sign(hot, 6n, offset))).toBe('InvalidRecoveredPublicKey');
      expect(associate(x, '00'.repeat(65))).toBe('InvalidIdentity');
      expect(associate(x, sign(hot, 5n, offset))).toBe('ok');
      expect(AssociatedEvmAddress.get(x, NETUID, 1)).toEqual([address, 50_000n]);
      expect(uidLookup(x, NETUID, address, 10)).toEqual([[1, 50_000n]]);
      goToBlock(x, 57_199);
      expect(associate(x, sign(hot, 5n))).toBe('EvmKeyAssociateRateLimitExceeded');
      goToBlock(x, 57_200);
      expect(associate(x, sign(hot, 5n))).toBe('ok');
    }
  });

  it('refuses the other form of a signature, as the chain’s library does', () => {
    const x = subnetState(50_000);
    addNeuron(x, alice, hot);
    const low = sign(hot, 5n);
    const s = secp256k1.Point.Fn.ORDER - BigInt(`0x${low.slice(64, 128)}`);
    const flipped = (Number.parseInt(low.slice(128), 16) ^ 1).toString(16).padStart(2, '0');
    expect(associate(x, low.slice(0, 64) + s.toString(16).padStart(64, '0') + flipped)).toBe('InvalidIdentity');
  });
});

describe('voting power (voting_power.rs)', () => {
  const ONE = 10n ** 18n;

  it('moves by its factor, rounded down', () => {
    expect(votingPowerEma(1000n, 0n, ONE)).toBe(1000n);
    expect(votingPowerEma(1000n, 400n, ONE / 4n)).toBe(550n);
    expect(votingPowerEma(1n, 0n, ONE / 2n)).toBe(0n);
    expect(votingPowerEma((1n << 64n) - 1n, (1n << 64n) - 1n, ONE / 3n)).toBe((1n << 64n) - 1n);
  });

  it('is kept for registered validators while it is switched on', () => {
    const x = subnetState(1000);
    addNeuron(x, alice, hot);
    const neurons = [
      { hotkey: hot, newValidatorPermit: true, stake: 1000n },
      { hotkey: fresh, newValidatorPermit: true, stake: 1000n },
      { hotkey: OWNER_HOTKEY, newValidatorPermit: false, stake: 1000n },
    ];
    updateVotingPowerForSubnet(x, NETUID, neurons);
    expect([...VotingPower.iterPrefix(x, NETUID)]).toEqual([]);
    expect(outcome(x, alice, 'enable_voting_power_tracking', { netuid: NETUID })).toBe('BadOrigin');
    run(x, OWNER, 'enable_voting_power_tracking', { netuid: NETUID });
    expect(outcome(x, 'root', 'sudo_set_voting_power_ema_alpha', { netuid: NETUID, alpha: ONE + 1n })).toBe(
      'InvalidVotingPowerEmaAlpha',
    );
    run(x, 'root', 'sudo_set_voting_power_ema_alpha', { netuid: NETUID, alpha: ONE });
    VotingPower.insert(x, NETUID, OWNER_HOTKEY, 5n);
    updateVotingPowerForSubnet(x, NETUID, neurons);
    expect([...VotingPower.iterPrefix(x, NETUID)]).toEqual([[hot, 1000n]]);
    StakeThreshold.put(x, 900n);
    updateVotingPowerForSubnet(x, NETUID, [{ ...neurons[0]!, stake: 899n }]);
    expect(VotingPower.containsKey(x, NETUID, hot)).toBe(false);
  });

  it('goes when it falls below the threshold that it had reached, and grows from nothing below it', () => {
    const x = subnetState(1000);
    addNeuron(x, alice, hot);
    VotingPowerTrackingEnabled.insert(x, NETUID, true);
    StakeThreshold.put(x, 900n);
    run(x, 'root', 'sudo_set_voting_power_ema_alpha', { netuid: NETUID, alpha: ONE });
    const next = (previous: bigint, stake: bigint) => {
      VotingPower.insert(x, NETUID, hot, previous);
      updateVotingPowerForSubnet(x, NETUID, [{ hotkey: hot, newValidatorPermit: true, stake }]);
      return VotingPower.tryGet(x, NETUID, hot);
    };
    expect(next(900n, 899n)).toBeUndefined();
    expect(next(900n, 900n)).toBe(900n);
    expect(next(899n, 898n)).toBe(898n);
    // An average of nothing is not written.
    expect(next(5n, 0n)).toBe(5n);
  });

  it('ends some time after it is switched off', () => {
    const x = subnetState(1000);
    expect(outcome(x, OWNER, 'disable_voting_power_tracking', { netuid: NETUID })).toBe(
      'VotingPowerTrackingNotEnabled',
    );
    run(x, OWNER, 'enable_voting_power_tracking', { netuid: NETUID });
    run(x, OWNER, 'disable_voting_power_tracking', { netuid: NETUID });
    expect(VotingPowerDisableAtBlock.get(x, NETUID)).toBe(101_800n);
    VotingPower.insert(x, NETUID, OWNER_HOTKEY, 5n);
    goToBlock(x, 101_800);
    updateVotingPowerForSubnet(x, NETUID, []);
    expect(VotingPowerTrackingEnabled.get(x, NETUID)).toBe(false);
    expect([...VotingPower.iterPrefix(x, NETUID)]).toEqual([]);
  });
});
