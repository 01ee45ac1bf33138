import { describe, expect, test } from 'vitest';
import type { RuntimeCallValue } from '../../../../src/lib/localnet/frame/runtime-handle.ts';
import { isSuperset } from '../../../../src/lib/localnet/pallets/proxy/do-proxy.ts';
import type { ProxyTypeName } from '../../../../src/lib/localnet/pallets/proxy/proxies.ts';
import { PROXY_TYPES } from '../../../../src/lib/localnet/pallets/proxy/types.ts';
import { proxyTypeFilter } from '../../../../src/lib/localnet/runtime/proxy-type-filter.ts';
import { runtimeOverNothing } from '../../../../src/lib/localnet/vectors/runtime-for-vectors.ts';
import { callOf, remark } from '../../../helpers/local-runtime.ts';

// What each type of proxy may call: runtime/src/lib.rs 606–755 (define_proxy_filters!), is_superset below it.

const { pallets } = runtimeOverNothing();
const every = pallets.flatMap(({ name, calls }) => Object.keys(calls ?? {}).map((call) => [name, call] as const));

/** The calls that a type refuses, or permits, with arguments that meet no condition. */
const chosen = (type: ProxyTypeName, permitted: boolean): string[] =>
  every
    .filter(
      ([pallet, name]) =>
        proxyTypeFilter(type, callOf(pallet, name, { call: remark, value: 1n << 60n, alpha_amount: 1n << 60n })) ===
        permitted,
    )
    .map(([pallet, name]) => `${pallet}.${name}`)
    .sort();
const callsOf = (pallet: string): string[] => every.filter(([of]) => of === pallet).map((names) => names.join('.'));
const subtensor = (...names: string[]): string[] => names.map((name) => `SubtensorModule.${name}`);

const COLDKEY_SWAP = subtensor(
  'announce_coldkey_swap',
  'swap_coldkey_announced',
  'clear_coldkey_swap_announcement',
  'dispute_coldkey_swap',
);

describe('types that refuse some calls', () => {
  test.each<[ProxyTypeName, string[]]>([
    ['Any', []],
    [
      'NonTransfer',
      [
        ...callsOf('Balances'),
        ...COLDKEY_SWAP,
        ...subtensor('transfer_stake', 'schedule_swap_coldkey', 'swap_coldkey'),
      ],
    ],
    [
      'NonFungible',
      [
        ...callsOf('Balances'),
        ...COLDKEY_SWAP,
        ...subtensor(
          ...['add_stake', 'add_stake_limit', 'remove_stake', 'remove_stake_limit', 'remove_stake_full_limit'],
          ...['unstake_all', 'unstake_all_alpha', 'swap_stake', 'swap_stake_limit', 'move_stake', 'transfer_stake'],
          ...[
            'burned_register',
            'root_register',
            'schedule_swap_coldkey',
            'swap_coldkey',
            'swap_hotkey',
            'swap_hotkey_v2',
          ],
        ),
      ],
    ],
    [
      'NonCritical',
      [...callsOf('Sudo'), ...COLDKEY_SWAP, ...subtensor('dissolve_network', 'root_register', 'burned_register')],
    ],
  ])('%s', (type, refused) => {
    expect(chosen(type, false)).toEqual(refused.sort());
  });
});

describe('types that permit some calls', () => {
  test.each<[ProxyTypeName, string[]]>([
    ['Senate', []],
    ['Triumvirate', []],
    ['Governance', []],
    ['RootWeights', []],
    ['SmallTransfer', []],
    ['SudoUncheckedSetCode', []],
    [
      'Transfer',
      [
        'Balances.transfer_keep_alive',
        'Balances.transfer_allow_death',
        'Balances.transfer_all',
        'SubtensorModule.transfer_stake',
      ],
    ],
    [
      'Owner',
      [
        ...callsOf('AdminUtils').filter((name) => !/sudo_set_(sn|subnet)_owner_hotkey$/.test(name)),
        ...subtensor('set_subnet_identity', 'update_symbol'),
      ],
    ],
    [
      'Staking',
      subtensor(
        ...[
          'add_stake',
          'remove_stake',
          'unstake_all',
          'unstake_all_alpha',
          'swap_stake',
          'swap_stake_limit',
          'move_stake',
        ],
        ...['add_stake_limit', 'remove_stake_limit', 'remove_stake_full_limit', 'set_root_claim_type'],
      ),
    ],
    ['Registration', subtensor('burned_register', 'register', 'register_limit')],
    ['ChildKeys', subtensor('set_children', 'set_childkey_take')],
    ['SwapHotkey', subtensor('swap_hotkey', 'swap_hotkey_v2')],
    ['RootClaim', subtensor('claim_root')],
  ])('%s', (type, permitted) => {
    expect(chosen(type, true)).toEqual(permitted.sort());
  });

  test('SubnetLeaseBeneficiary: the start call and twenty-two settings', () => {
    const permitted = chosen('SubnetLeaseBeneficiary', true);
    expect(permitted).toHaveLength(23);
    expect(permitted.filter((name) => !name.startsWith('AdminUtils.sudo_set_'))).toEqual([
      'SubtensorModule.start_call',
    ]);
    expect(permitted).not.toContain('AdminUtils.sudo_set_tempo');
  });
});

describe('conditions', () => {
  const HALF = 500_000_000n;
  const small = (pallet: string, name: string, argument: string) => (amount: bigint) =>
    proxyTypeFilter('SmallTransfer', callOf(pallet, name, { [argument]: amount }));

  test.each([
    ['Balances', 'transfer_keep_alive', 'value'],
    ['Balances', 'transfer_allow_death', 'value'],
    ['SubtensorModule', 'transfer_stake', 'alpha_amount'],
  ])('SmallTransfer: %s.%s with less than half a token', (pallet, name, argument) => {
    const may = small(pallet, name, argument);
    expect([0n, HALF - 1n, HALF, HALF + 1n].map(may)).toEqual([true, true, false, false]);
  });

  test('SmallTransfer: never everything', () => {
    expect(proxyTypeFilter('SmallTransfer', callOf('Balances', 'transfer_all', { value: 1n }))).toBe(false);
  });

  test('SudoUncheckedSetCode: only around System.set_code', () => {
    const sudo = (call: RuntimeCallValue) =>
      proxyTypeFilter('SudoUncheckedSetCode', callOf('Sudo', 'sudo_unchecked_weight', { call }));
    expect(sudo(callOf('System', 'set_code'))).toBe(true);
    expect(sudo(callOf('System', 'set_code_without_checks'))).toBe(false);
    expect(sudo(remark)).toBe(false);
    expect(proxyTypeFilter('SudoUncheckedSetCode', callOf('System', 'set_code'))).toBe(false);
  });
});

test('which type is as much as another (is_superset)', () => {
  const above = (type: ProxyTypeName) => PROXY_TYPES.filter((other) => other !== type && isSuperset(type, other));
  const expected: Partial<Record<ProxyTypeName, readonly ProxyTypeName[]>> = {
    Any: PROXY_TYPES.filter((type) => type !== 'Any'),
    NonTransfer: PROXY_TYPES.filter((type) => !['Any', 'NonTransfer', 'Transfer', 'SmallTransfer'].includes(type)),
    Transfer: ['SmallTransfer'],
  };
  for (const type of PROXY_TYPES) {
    expect(above(type), type).toEqual(expected[type] ?? []);
    expect(isSuperset(type, type)).toBe(true);
  }
});
