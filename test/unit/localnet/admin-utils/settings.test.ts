import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { AdminUtils } from '../../../../src/lib/localnet/pallets/admin-utils/pallet.ts';
import { PrecompileEnable } from '../../../../src/lib/localnet/pallets/admin-utils/spec.ts';
import { Authorities } from '../../../../src/lib/localnet/pallets/aura/spec.ts';
import { ChainId } from '../../../../src/lib/localnet/pallets/evm-chain-id/spec.ts';
import { finalizeAuthorities } from '../../../../src/lib/localnet/pallets/grandpa/schedule.ts';
import { NextForced, PendingChange } from '../../../../src/lib/localnet/pallets/grandpa/spec.ts';
import { palletInfo } from '../../../../src/lib/localnet/pallets/subtensor/info.ts';
import {
  AdminFreezeWindow,
  LastEpochBlock,
  LastRateLimitedBlock,
  LiquidAlphaOn,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  MinAllowedUids,
  PendingEpochAt,
  RAORecycledForRegistration,
  storage,
  Tempo,
  TransactionKeyLastBlock,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { account, addRoot, goToBlock, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

/** What the chain's source says of each call of the pallet: who may make it, when, and what it does. */
interface CallFacts {
  readonly call: string;
  readonly origin: string;
  /** Kinds of transactions that hold the owner back; none for root. */
  readonly owner_rate_limit?: readonly string[];
  readonly admin_freeze_window_checked: boolean;
  readonly events?: readonly string[];
  readonly storage: readonly string[];
  readonly always_fails_with?: string;
  readonly bounds?: readonly string[];
}

const file = new URL('../../../data/facts/admin-calls.json.gz', import.meta.url);
const facts = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as readonly CallFacts[];
/** The calls that change the pallet next door; the others are about the node. */
const subtensorFacts = facts.filter(
  ({ storage: items }) => items.length > 0 && items.every((name) => storage.items.some((item) => item.name === name)),
);

const ONE = 1n << 64n;
/** A value that is allowed and differs from what the state has, by argument; by call where that is not enough. */
const BY_ARGUMENT: Readonly<Record<string, unknown>> = {
  netuid: NETUID,
  enabled: false,
  toggle: false,
  registration_allowed: false,
  subtoken_enabled: false,
  hotkey: account(77),
  recycle_or_burn: 'Recycle',
  burn_increase_mult: 2n * ONE,
  exponent: ONE + 5n,
  alpha_low: 2000,
  alpha_high: 3000,
  steepness: 500,
  maybe_split: [65_535],
  activity_cutoff: 400,
  max_burn: 50n * TAO,
  max_allowed_uids: 200,
  max_allowed_validators: 32,
  min_allowed_uids: 2,
  burn_half_life: 100,
  max_mechanism_count: 3,
  max_n: 3,
  version: 5,
  immune_neurons: 2,
  max_epochs_per_block: 3,
  take: 100,
  rho: 11,
  mechanism_count: 2,
};
const BY_CALL: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  sudo_set_commit_reveal_weights_interval: { interval: 7n },
  sudo_set_liquid_alpha_enabled: { enabled: true },
  sudo_set_yuma3_enabled: { enabled: true },
  sudo_set_bonds_reset_enabled: { enabled: true },
  sudo_set_commit_reveal_weights_enabled: { enabled: true },
  sudo_set_owner_cut_auto_lock_enabled: { enabled: true },
};

function argsOf(name: string): Record<string, unknown> {
  const codec = AdminUtils.calls[name as keyof typeof AdminUtils.calls].codec(name);
  const args: Record<string, unknown> = {};
  for (const { name: field, typeName } of codec.fields) {
    const wide = /^(u64|u128|TaoBalance|I96F32|I64F64|U64F64)$/.test(typeName!);
    args[field!] = BY_CALL[name]?.[field!] ?? BY_ARGUMENT[field!] ?? (wide ? 12_345n : 123);
  }
  return args;
}

/** A state in which every call may be made: six neurons past their immunity, outside the freeze window. */
function open(): Ext {
  const x = subnetState(10_000);
  addRoot(x);
  for (let i = 0; i < 5; i++) addNeuron(x, account(1 + i), account(11 + i));
  goToBlock(x, 20_000);
  LastEpochBlock.insert(x, NETUID, 19_900n);
  MinAllowedUids.insert(x, NETUID, 1);
  Tempo.insert(x, NETUID, 360);
  LiquidAlphaOn.insert(x, NETUID, true);
  RAORecycledForRegistration.insert(x, NETUID, 1n);
  return x;
}
/** What some calls need before them so that they change what they write. */
function prepare(x: Ext, { call }: CallFacts): void {
  if (call === 'sudo_set_liquid_alpha_enabled') LiquidAlphaOn.remove(x, NETUID);
  if (call === 'sudo_set_mechanism_count') {
    run(x, 'root', 'sudo_set_max_allowed_uids', { netuid: NETUID, max_allowed_uids: 100 });
    MechanismEmissionSplit.insert(x, NETUID, [65_535]);
  }
}
const ready = (fact: CallFacts): Ext => {
  const x = open();
  prepare(x, fact);
  x.events = [];
  return x;
};

const working = subtensorFacts.filter(({ always_fails_with }) => always_fails_with === undefined);

describe.each(working.map((fact) => [fact.call, fact] as const))('%s', (call, fact) => {
  const ofOwner = fact.origin.includes('owner');
  const args = argsOf(call);

  it('is root’s, and the owner’s where the chain says so', () => {
    expect(outcome(ready(fact), account(99), call, args)).toBe('BadOrigin');
    expect(outcome(ready(fact), OWNER, call, args)).toBe(ofOwner ? 'ok' : 'BadOrigin');
    expect(outcome(ready(fact), 'root', call, args)).toBe('ok');
  });

  it('changes what it should and says so', () => {
    const x = ready(fact);
    const before = new Map(x.changes().map(([key, value]) => [key, value && Buffer.from(value).toString('hex')]));
    run(x, 'root', call, args);
    const items = new Set<string>();
    for (const [key, value] of x.changes()) {
      if (before.get(key) === (value && Buffer.from(value).toString('hex'))) continue;
      items.add(storage.items.find(({ prefix }) => key.startsWith(prefix))?.name ?? key);
    }
    for (const key of before.keys()) {
      if (!x.changes().some(([now]) => now === key))
        items.add(storage.items.find(({ prefix }) => key.startsWith(prefix))?.name ?? key);
    }
    // The rate limit on the owner hotkey counts for root too, and trimming moves many maps.
    items.delete('LastRateLimitedBlock');
    const expected = new Set(fact.storage.filter((name) => name !== 'LastRateLimitedBlock'));
    if (call === 'sudo_trim_to_max_allowed_uids') for (const name of expected) expect([...items]).toContain(name);
    else expect([...items].sort()).toEqual([...expected].sort());
    const names = x.events.map(({ bytes }) =>
      bytes[0] === palletInfo.index
        ? undefined
        : AdminUtils.events.codecs.find(({ index }) => index === bytes[1])?.name,
    );
    const said = [...subtensorEvents(x).map(({ type }) => type), ...names.filter((name) => name !== undefined)];
    expect(said.sort()).toEqual([...(fact.events ?? [])].map((name) => name.replace(/^.*[.:]/, '')).sort());
  });

  it('stands still before an epoch where the chain says so, for root too', () => {
    const x = ready(fact);
    LastEpochBlock.insert(x, NETUID, 19_649n);
    const closed = fact.admin_freeze_window_checked ? 'AdminActionProhibitedDuringWeightsWindow' : 'ok';
    expect(outcome(x, 'root', call, args)).toBe(closed);
    LastEpochBlock.insert(x, NETUID, 19_650n);
    PendingEpochAt.insert(x, NETUID, 20_001n);
    const y = ready(fact);
    PendingEpochAt.insert(y, NETUID, 20_001n);
    expect(outcome(y, 'root', call, args)).toBe(closed);
    const z = ready(fact);
    LastEpochBlock.insert(z, NETUID, 19_650n);
    expect(outcome(z, 'root', call, args)).toBe('ok');
  });

  if (ofOwner && fact.owner_rate_limit) {
    it('holds the owner to its rate limit, and root to none', () => {
      const x = ready(fact);
      run(x, 'root', call, args);
      prepare(x, fact);
      expect(outcome(x, OWNER, call, args)).toBe('ok');
      expect([...LastRateLimitedBlock.iter(x)].length + [...TransactionKeyLastBlock.iter(x)].length).toBe(1);
      expect(outcome(x, OWNER, call, args)).toBe('TxRateLimitExceeded');
      expect(outcome(x, 'root', call, args)).not.toBe('TxRateLimitExceeded');
    });
  }
});

test('settings of the node are root’s', () => {
  const x = open();
  const authorities = { new_authorities: [account(5)] };
  expect(outcome(x, OWNER, 'swap_authorities', authorities)).toBe('BadOrigin');
  expect(outcome(x, 'root', 'swap_authorities', authorities)).toBe('ok');
  expect(Authorities.get(x)).toEqual([account(5)]);
  expect(outcome(x, 'root', 'swap_authorities', { new_authorities: [] })).toBe('ok');
  expect(Authorities.get(x)).toEqual([account(5)]);
  const change = { next_authorities: [[account(6), 1n]], in_blocks: 3, forced: undefined };
  expect(outcome(x, OWNER, 'schedule_grandpa_change', change)).toBe('BadOrigin');
  expect(outcome(x, 'root', 'schedule_grandpa_change', change)).toBe('ok');
  expect(outcome(x, 'root', 'schedule_grandpa_change', change)).toBe('Grandpa.ChangePending');
  expect(outcome(x, OWNER, 'sudo_set_evm_chain_id', { chain_id: 7n })).toBe('BadOrigin');
  expect(outcome(x, 'root', 'sudo_set_evm_chain_id', { chain_id: 7n })).toBe('ok');
  expect(ChainId.get(x)).toBe(7n);
  const precompile = { precompile_id: 'Staking', enabled: false };
  expect(outcome(x, OWNER, 'sudo_toggle_evm_precompile', precompile)).toBe('BadOrigin');
  const events = x.events.length;
  expect(outcome(x, 'root', 'sudo_toggle_evm_precompile', { ...precompile, enabled: true })).toBe('ok');
  expect(x.events.length).toBe(events);
  expect(outcome(x, 'root', 'sudo_toggle_evm_precompile', precompile)).toBe('ok');
  expect(x.events.length).toBe(events + 1);
  expect(PrecompileEnable.get(x, 'Staking')).toBe(false);
});

// pallet-grandpa 41 src/lib.rs `schedule_change`: `scheduled_at + in_blocks * 2` is u32 arithmetic, which wraps without a check.
test('a forced change of finality’s authorities may lie beyond the last block number', () => {
  const x = open();
  const change = { next_authorities: [], in_blocks: 0xffff_ffff, forced: 1 };
  expect(outcome(x, 'root', 'schedule_grandpa_change', change)).toBe('ok');
  expect(NextForced.get(x)).toBe(20_000 - 2);
  finalizeAuthorities(x, 20_000);
  expect(PendingChange.get(x)?.delay).toBe(0xffff_ffff);
  finalizeAuthorities(x, 19_999);
  expect(PendingChange.exists(x)).toBe(false);
});

test('every call of the pallet is declared', () => {
  expect(Object.keys(AdminUtils.calls).sort()).toEqual(facts.map(({ call }) => call).sort());
});

test('two calls fail whoever makes them', () => {
  for (const { call, always_fails_with } of facts) {
    if (always_fails_with) expect(outcome(open(), account(99), call, argsOf(call))).toContain(always_fails_with);
  }
});

test('the owner’s limit is twice the tempo, and each parameter has its own', () => {
  const x = open();
  const rho = (value: number) => outcome(x, OWNER, 'sudo_set_rho', { netuid: NETUID, rho: value });
  expect(rho(1)).toBe('ok');
  expect(outcome(x, OWNER, 'sudo_set_serving_rate_limit', { netuid: NETUID, serving_rate_limit: 1n })).toBe('ok');
  AdminFreezeWindow.put(x, 0);
  goToBlock(x, 20_719);
  expect(rho(2)).toBe('TxRateLimitExceeded');
  goToBlock(x, 20_720);
  expect(rho(2)).toBe('ok');
});

describe('values out of bounds', () => {
  const wide = 1_000_000_000n;
  test.each([
    ['sudo_set_max_allowed_uids', { max_allowed_uids: 5 }, 'AdminUtils.MaxAllowedUIdsLessThanCurrentUIds'],
    ['sudo_set_max_allowed_uids', { max_allowed_uids: 0 }, 'AdminUtils.MaxAllowedUidsLessThanMinAllowedUids'],
    [
      'sudo_set_max_allowed_uids',
      { max_allowed_uids: 257 },
      'AdminUtils.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids',
    ],
    ['sudo_set_min_allowed_uids', { min_allowed_uids: 256 }, 'AdminUtils.MinAllowedUidsGreaterThanMaxAllowedUids'],
    ['sudo_set_min_allowed_uids', { min_allowed_uids: 6 }, 'AdminUtils.MinAllowedUidsGreaterThanCurrentUids'],
    ['sudo_set_max_allowed_validators', { max_allowed_validators: 257 }, 'AdminUtils.MaxValidatorsLargerThanMaxUIds'],
    ['sudo_set_min_burn', { min_burn: wide }, 'AdminUtils.ValueNotInBounds'],
    ['sudo_set_max_burn', { max_burn: 100_000_000n }, 'AdminUtils.ValueNotInBounds'],
    ['sudo_set_activity_cutoff', { activity_cutoff: 359 }, 'ActivityCutoffTooLow'],
    ['sudo_set_owner_immune_neuron_limit', { immune_neurons: 0 }, 'InvalidValue'],
    ['sudo_set_owner_immune_neuron_limit', { immune_neurons: 11 }, 'InvalidValue'],
    ['sudo_set_burn_half_life', { burn_half_life: 0 }, 'AdminUtils.InvalidValue'],
    ['sudo_set_burn_half_life', { burn_half_life: 36_101 }, 'AdminUtils.InvalidValue'],
    ['sudo_set_burn_increase_mult', { burn_increase_mult: ONE - 1n }, 'AdminUtils.InvalidValue'],
    ['sudo_set_burn_increase_mult', { burn_increase_mult: 3n * ONE + 1n }, 'AdminUtils.InvalidValue'],
    ['sudo_set_commit_reveal_weights_interval', { interval: 0n }, 'RevealPeriodTooSmall'],
    ['sudo_set_commit_reveal_weights_interval', { interval: 101n }, 'RevealPeriodTooLarge'],
    ['sudo_set_alpha_values', { alpha_low: 1637, alpha_high: 3000 }, 'AlphaLowOutOfRange'],
    ['sudo_set_alpha_values', { alpha_low: 2000, alpha_high: 1637 }, 'AlphaHighTooLow'],
    ['sudo_set_alpha_values', { alpha_low: 3001, alpha_high: 3000 }, 'AlphaLowOutOfRange'],
    ['sudo_set_mechanism_count', { mechanism_count: 0 }, 'InvalidValue'],
    ['sudo_set_mechanism_count', { mechanism_count: 3 }, 'InvalidValue'],
    ['sudo_set_mechanism_count', { mechanism_count: 2 }, 'TooManyUIDsPerMechanism'],
    ['sudo_set_mechanism_emission_split', { maybe_split: [65_534] }, 'InvalidValue'],
    ['sudo_set_mechanism_emission_split', { maybe_split: [] }, 'InvalidValue'],
    ['sudo_set_mechanism_emission_split', { maybe_split: [65_535, 0] }, 'InvalidValue'],
    ['sudo_set_max_mechanism_count', { max_mechanism_count: 17 }, 'InvalidValue'],
    ['sudo_set_max_epochs_per_block', { max_epochs_per_block: 0 }, 'AdminUtils.ValueNotInBounds'],
    ['sudo_set_tao_flow_normalization_exponent', { exponent: 2n * ONE + 1n }, 'AdminUtils.InvalidValue'],
    ['sudo_set_min_childkey_take_per_subnet', { take: 11_797 }, 'AdminUtils.InvalidValue'],
    ['sudo_trim_to_max_allowed_uids', { max_n: 0 }, 'InvalidValue'],
    ['sudo_trim_to_max_allowed_uids', { max_n: 257 }, 'InvalidValue'],
    ['sudo_trim_to_max_allowed_uids', { max_n: 1 }, 'TrimmingWouldExceedMaxImmunePercentage'],
  ])('%s %o', (call, value, error) => {
    expect(outcome(open(), 'root', call, { netuid: NETUID, ...value })).toBe(error);
  });

  test('bonds and sigmoids hold the owner, not root', () => {
    const bonds = { netuid: NETUID, bonds_moving_average: 975_001n };
    expect(outcome(open(), OWNER, 'sudo_set_bonds_moving_average', bonds)).toBe(
      'AdminUtils.BondsMovingAverageMaxReached',
    );
    expect(outcome(open(), 'root', 'sudo_set_bonds_moving_average', bonds)).toBe('ok');
    const steepness = { netuid: NETUID, steepness: -1 };
    expect(outcome(open(), OWNER, 'sudo_set_alpha_sigmoid_steepness', steepness)).toBe(
      'AdminUtils.NegativeSigmoidSteepness',
    );
    expect(outcome(open(), 'root', 'sudo_set_alpha_sigmoid_steepness', steepness)).toBe('ok');
  });

  test('a subnet that is not there is refused where the chain looks', () => {
    for (const { call, bounds, admin_freeze_window_checked } of working) {
      if (!bounds?.[0]?.startsWith('subnet must exist → SubnetDoesNotExist')) continue;
      const x = open();
      // The window of a subnet without state is closed unless it has length 0.
      if (admin_freeze_window_checked) AdminFreezeWindow.put(x, 0);
      expect([call, outcome(x, 'root', call, { ...argsOf(call), netuid: 9 })]).toEqual([
        call,
        'AdminUtils.SubnetDoesNotExist',
      ]);
    }
  });
});

test('fewer mechanisms leave nothing of the others', () => {
  const x = open();
  run(x, 'root', 'sudo_set_max_allowed_uids', { netuid: NETUID, max_allowed_uids: 100 });
  run(x, 'root', 'sudo_set_mechanism_count', { netuid: NETUID, mechanism_count: 2 });
  run(x, 'root', 'sudo_set_mechanism_emission_split', { netuid: NETUID, maybe_split: [1, 65_534] });
  addNeuron(x, account(50), account(51));
  run(x, 'root', 'sudo_set_mechanism_count', { netuid: NETUID, mechanism_count: 1 });
  expect(MechanismCountCurrent.get(x, NETUID)).toBe(1);
  expect(MechanismEmissionSplit.get(x, NETUID)).toBeUndefined();
  const second = (4096 + NETUID).toString(16);
  const tail = second.slice(2) + second.slice(0, 2);
  expect(x.changes().filter(([key, value]) => value && key.slice(64, 68) === tail)).toEqual([]);
});
