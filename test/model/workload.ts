import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import { TotalIssuance as BalancesIssuance } from '../../src/lib/localnet/pallets/balances/spec.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from '../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AlphaV2,
  NetworksAdded,
  SubnetworkN,
  TotalIssuance,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { Account } from '../../src/lib/localnet/pallets/system/spec.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';
import type { ModelChain } from './model-chain.ts';
import type { Random } from './random.ts';

const ALICE: AccountId = 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';
const TAO = 1_000_000_000n;
const account = (kind: 'c' | 'd', index: number): AccountId => `${kind}${index.toString(16)}`.repeat(32).slice(0, 64);

/** The actors: coldkeys that Alice funds, each with hotkeys of its own. */
const COLDKEYS = Array.from({ length: 6 }, (_, i) => account('c', i + 1));
const HOTKEYS = Array.from({ length: 12 }, (_, i) => account('d', i + 1));
const hotkeysOf = (coldkey: AccountId): AccountId[] => {
  const index = COLDKEYS.indexOf(coldkey);
  return HOTKEYS.slice(index * 2, index * 2 + 2);
};

const subtensor = (type: string, value: unknown): RuntimeCallValue => ({
  type: 'SubtensorModule',
  value: { type, value },
});
const balances = (type: string, value: unknown): RuntimeCallValue => ({ type: 'Balances', value: { type, value } });
const admin = (type: string, value: unknown): RuntimeCallValue => ({ type: 'AdminUtils', value: { type, value } });
const sudo = (call: RuntimeCallValue): RuntimeCallValue => ({ type: 'Sudo', value: { type: 'sudo', value: { call } } });
const id = (value: AccountId) => ({ type: 'Id', value }) as const;

/** One thing that an actor may do. Returns the signer and the call, or undefined when it makes no sense now. */
type Action = (chain: ModelChain, random: Random) => readonly [AccountId, RuntimeCallValue] | undefined;

const netuidOf = (chain: ModelChain, random: Random, root = false): number | undefined => {
  const netuids = [...NetworksAdded.keys(chain.x)].filter((netuid) => root || netuid !== 0);
  return random.pick(netuids);
};

/** Amounts of every size, now and then a ridiculous one. */
const amountOf = (random: Random, most: bigint): bigint => {
  if (random.below(20) === 0) return random.pick([0n, 1n, most, most + 1n, 0xffffffffffffffffn])!;
  const scale = random.pick([1_000_000n, 10_000n, 100n, 10n, 2n])!;
  return most / scale + BigInt(random.below(1000));
};

const freeOf = (chain: ModelChain, coldkey: AccountId): bigint => Account.get(chain.x, coldkey).data.free;

interface Position {
  readonly random: Random;
  readonly chain: ModelChain;
  readonly hotkey: AccountId;
  readonly netuid: number;
  readonly staked: bigint;
}

/** An action on something that is staked; now and then on something that is not. */
function withStake(make: (position: Position) => RuntimeCallValue): Action {
  return (chain, random) => {
    const [hotkey, coldkey, netuid] =
      random.below(12) === 0
        ? [random.pick(HOTKEYS)!, random.pick(COLDKEYS)!, netuidOf(chain, random, true)!]
        : (random.pick([...AlphaV2.iter(chain.x)].filter(([[, owner]]) => COLDKEYS.includes(owner)))?.[0] ?? []);
    if (hotkey === undefined || coldkey === undefined || netuid === undefined) return undefined;
    const staked = getStakeForHotkeyAndColdkeyOnSubnet(chain.x, hotkey, coldkey, netuid);
    return [coldkey, make({ chain, random, hotkey, netuid, staked })];
  };
}

const onSubnet =
  (make: (netuid: number, chain: ModelChain, random: Random) => readonly [AccountId, RuntimeCallValue]): Action =>
  (chain, random) => {
    const netuid = netuidOf(chain, random);
    return netuid === undefined ? undefined : make(netuid, chain, random);
  };

const stake: Action = (chain, random) => {
  const netuid = netuidOf(chain, random, true);
  const coldkey = random.pick(COLDKEYS)!;
  if (netuid === undefined) return undefined;
  const hotkey = random.pick(HOTKEYS)!;
  const amount_staked = amountOf(random, freeOf(chain, coldkey));
  if (random.below(2) === 0) return [coldkey, subtensor('add_stake', { hotkey, netuid, amount_staked })];
  const limit_price = BigInt(1 + random.below(2_000_000_000));
  return [
    coldkey,
    subtensor('add_stake_limit', { hotkey, netuid, amount_staked, limit_price, allow_partial: random.below(2) === 0 }),
  ];
};

const unstake = withStake(({ random, hotkey, netuid, staked }) => {
  const amount_unstaked = amountOf(random, staked);
  switch (random.below(4)) {
    case 0:
      return subtensor('remove_stake_limit', {
        hotkey,
        netuid,
        amount_unstaked,
        limit_price: BigInt(random.below(2_000_000_000)),
        allow_partial: random.below(2) === 0,
      });
    case 1:
      return subtensor('remove_stake_full_limit', {
        hotkey,
        netuid,
        limit_price: random.below(2) === 0 ? undefined : BigInt(random.below(1_000_000_000)),
      });
    case 2:
      return subtensor(random.below(2) === 0 ? 'unstake_all' : 'unstake_all_alpha', { hotkey });
    default:
      return subtensor('remove_stake', { hotkey, netuid, amount_unstaked });
  }
});

const move = withStake(({ chain, random, hotkey, netuid, staked }) => {
  const destination_netuid = netuidOf(chain, random, true)!;
  const alpha_amount = amountOf(random, staked);
  switch (random.below(3)) {
    case 0:
      return subtensor('move_stake', {
        origin_hotkey: hotkey,
        destination_hotkey: random.pick(HOTKEYS)!,
        origin_netuid: netuid,
        destination_netuid,
        alpha_amount,
      });
    case 1:
      return subtensor('transfer_stake', {
        destination_coldkey: random.pick(COLDKEYS)!,
        hotkey,
        origin_netuid: netuid,
        destination_netuid,
        alpha_amount,
      });
    default:
      return subtensor('swap_stake', { hotkey, origin_netuid: netuid, destination_netuid, alpha_amount });
  }
});

const destroy = withStake(({ random, hotkey, netuid, staked }) =>
  subtensor(random.below(2) === 0 ? 'recycle_alpha' : 'burn_alpha', {
    hotkey,
    amount: amountOf(random, staked),
    netuid,
  }),
);
const lock = withStake(({ random, hotkey, netuid, staked }) =>
  subtensor('lock_stake', { hotkey, netuid, amount: amountOf(random, staked) }),
);

const transfer: Action = (chain, random) => {
  const from = random.pick(COLDKEYS)!;
  const to = random.pick([...COLDKEYS, ...HOTKEYS, account('c', 9 + random.below(5))])!;
  const value = amountOf(random, freeOf(chain, from));
  if (random.below(6) === 0)
    return [from, balances('transfer_all', { dest: id(to), keep_alive: random.below(2) === 0 })];
  return [
    from,
    balances(random.below(2) === 0 ? 'transfer_allow_death' : 'transfer_keep_alive', { dest: id(to), value }),
  ];
};

const register: Action = onSubnet((netuid, _chain, random) => {
  const coldkey = random.pick(COLDKEYS)!;
  const hotkey = random.pick(hotkeysOf(coldkey))!;
  return [coldkey, subtensor('burned_register', { netuid, hotkey })];
});

const registerRoot: Action = (_chain, random) => {
  const coldkey = random.pick(COLDKEYS)!;
  return [coldkey, subtensor('root_register', { hotkey: random.pick(hotkeysOf(coldkey))! })];
};

const createSubnet: Action = (chain, random) => {
  if ([...NetworksAdded.keys(chain.x)].length > 6) return undefined;
  const coldkey = random.pick(COLDKEYS)!;
  return [coldkey, subtensor('register_network', { hotkey: random.pick(hotkeysOf(coldkey))! })];
};

const startSubnet: Action = onSubnet((netuid, _chain, random) => [
  random.pick(COLDKEYS)!,
  subtensor('start_call', { netuid }),
]);
const enableEmission: Action = onSubnet((netuid) => [
  ALICE,
  sudo(admin('sudo_set_subnet_emission_enabled', { netuid, enabled: true })),
]);
const plainWeights: Action = onSubnet((netuid) => [
  ALICE,
  sudo(admin('sudo_set_commit_reveal_weights_enabled', { netuid, enabled: false })),
]);
const shortTempo: Action = onSubnet((netuid, _chain, random) => [
  ALICE,
  sudo(admin('sudo_set_tempo', { netuid, tempo: 2 + random.below(20) })),
]);
const quickWeights: Action = onSubnet((netuid) => [
  ALICE,
  sudo(admin('sudo_set_weights_set_rate_limit', { netuid, weights_set_rate_limit: 0n })),
]);
const dissolve: Action = onSubnet((netuid, _chain, random) =>
  random.below(8) === 0
    ? [ALICE, sudo(subtensor('root_dissolve_network', { netuid }))]
    : [ALICE, sudo(admin('sudo_set_subnet_moving_alpha', { alpha: 1n << 31n }))],
);

const setWeights: Action = onSubnet((netuid, chain, random) => {
  const n = SubnetworkN.get(chain.x, netuid);
  const dests = Array.from({ length: n }, (_, uid) => uid).filter(() => random.below(3) > 0);
  return [
    random.pick(HOTKEYS)!,
    subtensor('set_weights', { netuid, dests, weights: dests.map(() => 1 + random.below(65_535)), version_key: 0n }),
  ];
});

const setChildren: Action = onSubnet((netuid, _chain, random) => {
  const coldkey = random.pick(COLDKEYS)!;
  const children =
    random.below(3) === 0 ? [] : [[BigInt(random.below(1_000_000)) << 43n, random.pick(HOTKEYS)!] as const];
  return [coldkey, subtensor('set_children', { hotkey: random.pick(hotkeysOf(coldkey))!, netuid, children })];
});

const claim: Action = onSubnet((netuid, _chain, random) => {
  const coldkey = random.pick(COLDKEYS)!;
  if (random.below(2) === 0) return [coldkey, subtensor('claim_root', { subnets: [netuid] })];
  return [
    coldkey,
    subtensor('set_root_claim_type', { new_root_claim_type: { type: random.below(2) === 0 ? 'Swap' : 'Keep' } }),
  ];
});

const ACTIONS: readonly (readonly [weight: number, name: string, action: Action])[] = [
  [12, 'stake', stake],
  [9, 'unstake', unstake],
  [6, 'move', move],
  [3, 'destroy', destroy],
  [2, 'lock', lock],
  [6, 'transfer', transfer],
  [5, 'register', register],
  [2, 'register on root', registerRoot],
  [2, 'create subnet', createSubnet],
  [3, 'start subnet', startSubnet],
  [2, 'enable emission', enableEmission],
  [2, 'plain weights', plainWeights],
  [2, 'short tempo', shortTempo],
  [2, 'quick weights', quickWeights],
  [1, 'dissolve', dissolve],
  [6, 'set weights', setWeights],
  [3, 'set children', setChildren],
  [2, 'claim', claim],
];
const TOTAL_WEIGHT = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

/** Puts the chain into a state in which everything can happen. */
export function prepare(chain: ModelChain): void {
  chain.block(() => {
    for (const coldkey of COLDKEYS)
      chain.send(ALICE, balances('transfer_keep_alive', { dest: id(coldkey), value: 60_000n * TAO }));
    for (const hotkey of HOTKEYS)
      chain.send(ALICE, balances('transfer_keep_alive', { dest: id(hotkey), value: 10n * TAO }));
    chain.send(ALICE, sudo(admin('sudo_set_admin_freeze_window', { window: 0 })));
    chain.send(ALICE, sudo(admin('sudo_set_subtoken_enabled', { netuid: 0, subtoken_enabled: true })));
    chain.send(ALICE, sudo(admin('sudo_set_network_rate_limit', { rate_limit: 0n })));
    // The pallet's own issuance begins at zero on a local chain, where recycling saturates; the real chain's follows the balances.
    TotalIssuance.put(chain.x, BalancesIssuance.get(chain.x));
    for (const coldkey of COLDKEYS.slice(0, 3))
      chain.send(coldkey, subtensor('register_network', { hotkey: hotkeysOf(coldkey)[0]! }));
  });
}

/** One random action. Returns its name and whether it entered the block. */
export function act(
  chain: ModelChain,
  random: Random,
): { readonly name: string; readonly included: boolean } | undefined {
  let at = random.below(TOTAL_WEIGHT);
  for (const [weight, name, action] of ACTIONS) {
    at -= weight;
    if (at >= 0) continue;
    const chosen = action(chain, random);
    return chosen && { name, included: chain.send(...chosen) };
  }
  return undefined;
}
