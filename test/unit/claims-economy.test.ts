/**
 * What Bittensor claims of its economy, shown on the whole runtime with real calls in blocks.
 * Each test names the line of opentensor/subtensor (spec 425) that makes it true; paths below pallets/subtensor/src unless said otherwise.
 */

import { describe, expect, it } from 'vitest';
import { TotalIssuance as BalancesIssuance } from '../../src/lib/localnet/pallets/balances/spec.ts';
import {
  blockEmissionForIssuance,
  nextHalvingIssuance,
  TOTAL_SUPPLY,
} from '../../src/lib/localnet/pallets/subtensor/coinbase/block-emission.ts';
import { readCoinbaseTerms, readEmission } from '../../src/lib/localnet/pallets/subtensor/coinbase/read-emission.ts';
import {
  AccumulatedLeaseDividends,
  CommitRevealWeightsEnabled,
  Dividends,
  FirstEmissionBlockNumber,
  Incentive,
  LastEpochBlock,
  LastMechansimStepBlock,
  MaxAllowedUids,
  NetworkRegisteredAt,
  NetworksAdded,
  PendingOwnerCut,
  PendingServerEmission,
  PendingValidatorEmission,
  RootClaimable,
  StakeWeight,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetLeaseShares,
  SubnetLeases,
  SubnetMovingPrice,
  SubnetOwner,
  SubnetTAO,
  Tempo,
  TotalIssuance,
  Uids,
  Weights,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { getCommitHash } from '../../src/lib/localnet/pallets/subtensor/subnets/commit-reveal.ts';
import { subnetAccountId } from '../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { currentAlphaPrice } from '../../src/lib/localnet/pallets/swap/swap.ts';
import { Account } from '../../src/lib/localnet/pallets/system/spec.ts';
import { Now } from '../../src/lib/localnet/pallets/timestamp/spec.ts';
import { Economy } from '../helpers/economy.ts';
import { account, TAO } from '../helpers/stake-state.ts';

const [OWNER, VALIDATOR, SECOND, MINER, OTHER] = [1, 2, 3, 4, 5].map(account) as [
  string,
  string,
  string,
  string,
  string,
];
const hot = (coldkey: string): string => account(0x80 + Number.parseInt(coldkey.slice(0, 2), 16));
const PEOPLE = [OWNER, VALIDATOR, SECOND, MINER, OTHER];
const MILLION = 1_000_000n * TAO;
const FIXED_ONE = 1n << 64n;

/** A chain with an emitting subnet of one owner. */
function withSubnet(tempo?: number): { e: Economy; netuid: number } {
  const e = new Economy();
  e.fund(...PEOPLE, ...PEOPLE.map(hot));
  const netuid = e.subnet(OWNER, hot(OWNER), tempo);
  return { e, netuid };
}

/** A subnet with two validators, staked with 600 and 300 TAO, and two miners. */
function withNeurons(tempo?: number) {
  const { e, netuid } = withSubnet(tempo);
  const uids = [VALIDATOR, SECOND, MINER, OTHER].map((coldkey) => e.neuron(netuid, coldkey, hot(coldkey)));
  const [validator, second, miner, other] = uids as [number, number, number, number];
  e.stake(VALIDATOR, hot(VALIDATOR), netuid, 600n * TAO);
  e.stake(SECOND, hot(SECOND), netuid, 300n * TAO);
  e.epoch(netuid);
  return { e, netuid, validator, second, miner, other };
}

/** Puts the TAO issuance of both books where a test wants it. */
function setIssuance(e: Economy, issuance: bigint): void {
  e.arrange(() => {
    TotalIssuance.put(e.x, issuance);
    BalancesIssuance.put(e.x, issuance);
  });
}

const issued = (e: Economy): bigint => TotalIssuance.get(e.x);

describe('TAO: 21 million and halvings', () => {
  it('a block mints 1 TAO, and half of it from 10.5 million on (coinbase/block_emission.rs:38)', () => {
    const { e } = withSubnet();
    const perBlock = (): bigint => {
      const before = issued(e);
      e.idle();
      return issued(e) - before;
    };
    expect(perBlock()).toBe(TAO);
    setIssuance(e, 10_500_000n * TAO - 2n * TAO);
    const around = [perBlock(), perBlock(), perBlock(), perBlock()];
    expect(around).toEqual([TAO, TAO, TAO / 2n, TAO / 2n]);
    setIssuance(e, 15_750_000n * TAO);
    expect(perBlock()).toBe(TAO / 4n);
  });

  it('never more than 21 million: what is left runs out, and no block mints past it (coinbase/tao.rs:252)', () => {
    let issuance = 0n;
    for (let at: bigint | undefined = 0n; at !== undefined; at = nextHalvingIssuance(at)) {
      expect(blockEmissionForIssuance(at) + at).toBeLessThanOrEqual(TOTAL_SUPPLY);
      issuance = at;
    }
    expect(TOTAL_SUPPLY).toBe(21n * MILLION);
    expect(issuance).toBeLessThan(TOTAL_SUPPLY);
    const { e } = withSubnet();
    for (const left of [0n, 1n, 100n]) {
      setIssuance(e, TOTAL_SUPPLY - left);
      e.idle(3);
      expect(issued(e)).toBeLessThanOrEqual(TOTAL_SUPPLY);
      expect(BalancesIssuance.get(e.x)).toBe(issued(e));
    }
  });

  it('blocks are 12 seconds apart: 7,200 a day, 7,200 TAO before the first halving and 3,600 after (common/src/lib.rs:358)', () => {
    const { e } = withSubnet();
    const [start, from] = [Now.get(e.x), issued(e)];
    e.idle(10);
    expect(Now.get(e.x) - start).toBe(10n * 12_000n);
    const blocksADay = 86_400_000n / ((Now.get(e.x) - start) / 10n);
    expect(blocksADay).toBe(7_200n);
    expect((issued(e) - from) * (blocksADay / 10n)).toBe(7_200n * TAO);
    setIssuance(e, 10_500_000n * TAO);
    const later = issued(e);
    e.idle(10);
    expect((issued(e) - later) * (blocksADay / 10n)).toBe(3_600n * TAO);
  });

  it('nobody has a part of the emission in advance: a block changes the balances of subnets alone (coinbase/run_coinbase.rs:24)', () => {
    const { e, netuid } = withSubnet(360);
    const terms = readCoinbaseTerms(e.x);
    const { changes } = e.chain.block(() => {});
    const accounts = changes.filter(([key]) => key.startsWith(Account.prefix)).map(([key]) => key.slice(-64));
    expect(accounts).toEqual([subnetAccountId(netuid)]);
    const { blockEmission, taoRecycled, subnets } = readEmission(e.x, terms);
    const placed = subnets.reduce((sum, { taoInjected, taoChainBuys }) => sum + taoInjected + taoChainBuys, 0n);
    expect(placed + taoRecycled).toBe(blockEmission);
  });

  it('without a subnet that may take it nothing stays issued (coinbase/tao.rs:252, run_coinbase.rs:24)', () => {
    const e = new Economy();
    const before = issued(e);
    e.idle(5);
    expect(issued(e)).toBe(before);
  });
});

describe("a subnet's alpha", () => {
  it('has a curve of its own: 1 a block, half from 10.5 million of this alpha on (coinbase/run_coinbase.rs:195)', () => {
    const { e, netuid } = withSubnet();
    const other = e.subnet(SECOND, hot(SECOND));
    const minted = () => [netuid, other].map((id) => SubnetAlphaOutEmission.get(e.x, id));
    e.idle();
    expect(minted()).toEqual([TAO, TAO]);
    e.arrange(() => SubnetAlphaOut.insert(e.x, netuid, 10_500_000n * TAO));
    e.idle();
    expect(minted()).toEqual([TAO / 2n, TAO]);
    e.arrange(() => SubnetAlphaOut.insert(e.x, netuid, 21n * MILLION));
    const alpha = () => SubnetAlphaOut.get(e.x, netuid) + SubnetAlphaIn.get(e.x, netuid);
    const out = alpha();
    e.idle(3);
    expect(minted()).toEqual([0n, TAO]);
    expect(alpha()).toBe(out);
  });

  it('is split 18 % owner, 41 % miners, 41 % validators with root (coinbase/run_coinbase.rs:272, :294, :297)', () => {
    const { e, netuid } = withSubnet(360);
    const pots = () =>
      [PendingOwnerCut, PendingServerEmission, PendingValidatorEmission].map((pot) => pot.get(e.x, netuid));
    const before = pots();
    e.idle(99);
    const terms = readCoinbaseTerms(e.x);
    e.idle();
    const [owner, miners, validators] = pots().map((amount, pot) => Number(amount - before[pot]!) / 1e11) as [
      number,
      number,
      number,
    ];
    const root = readEmission(e.x, terms).subnets.find((subnet) => subnet.netuid === netuid)!.split.root;
    expect(owner).toBeCloseTo(0.18, 4);
    expect(miners).toBeCloseTo(0.41, 4);
    expect(validators + Number(root) / 1e9).toBeCloseTo(0.41, 3);
  });

  it('is paid out so at the epoch: to the owner, to miners by incentive, to validators by dividends (coinbase/run_coinbase.rs:637, :838)', () => {
    const { e, netuid, validator, miner } = withNeurons();
    e.weigh(hot(VALIDATOR), netuid, { [miner]: 1 });
    e.weigh(hot(SECOND), netuid, { [miner]: 1 });
    e.epoch(netuid);
    const held = () => [OWNER, MINER, VALIDATOR].map((who) => e.alpha(who, hot(who), netuid));
    const before = held();
    const [start] = [LastMechansimStepBlock.get(e.x, netuid)];
    e.epoch(netuid);
    const blocks = Number(LastMechansimStepBlock.get(e.x, netuid) - start);
    const [owner, earned] = held().map((amount, who) => Number(amount - before[who]!) / 1e9 / blocks) as [
      number,
      number,
      number,
    ];
    expect(owner).toBeCloseTo(0.18, 2);
    expect(earned).toBeCloseTo(0.41, 2);
    expect(Incentive.get(e.x, netuid)[miner]).toBe(65_535);
    expect(Dividends.get(e.x, netuid)[validator]).toBeGreaterThan(40_000);
  });

  it('is priced by its pool: TAO over alpha, up with purchases and down with sales (pallets/swap/src/pallet/balancer.rs:220)', () => {
    const { e, netuid } = withSubnet(360);
    const price = () => currentAlphaPrice(e.x, netuid);
    const reserves = () => (SubnetTAO.get(e.x, netuid) * FIXED_ONE) / SubnetAlphaIn.get(e.x, netuid);
    const near = (a: bigint, b: bigint) => Math.abs(Number(a - b)) / Number(b);
    expect(near(price(), reserves())).toBeLessThan(1e-6);
    const start = price();
    e.stake(VALIDATOR, hot(OWNER), netuid, 100n * TAO);
    const bought = price();
    expect(bought).toBeGreaterThan(start);
    expect(near(bought, reserves())).toBeLessThan(1e-6);
    const alpha = e.alpha(VALIDATOR, hot(OWNER), netuid);
    expect(alpha).toBeLessThan((100n * TAO * FIXED_ONE) / start);
    expect(alpha).toBeGreaterThan((100n * TAO * FIXED_ONE) / bought);
    e.call(VALIDATOR, 'remove_stake', { hotkey: hot(OWNER), netuid, amount_unstaked: alpha });
    expect(price()).toBeLessThan(bought);
  });
});

describe('Yuma weighs stake', () => {
  it('the opinion with most stake is the consensus; the smaller one neither pays nor earns (epoch/run_epoch.rs:790)', () => {
    const { e, netuid, validator, second, miner, other } = withNeurons();
    e.weigh(hot(VALIDATOR), netuid, { [miner]: 1 });
    e.weigh(hot(SECOND), netuid, { [other]: 1 });
    e.epoch(netuid);
    const incentive = Incentive.get(e.x, netuid);
    expect([incentive[miner], incentive[other]]).toEqual([65_535, 0]);
    expect(Dividends.get(e.x, netuid)[second]).toBe(0);
    expect(Dividends.get(e.x, netuid)[validator]).toBe(65_535);
  });

  it('stake that moves changes who decides, keys do not (epoch/run_epoch.rs:690, :790)', () => {
    const { e, netuid, miner, other } = withNeurons();
    e.weigh(hot(VALIDATOR), netuid, { [miner]: 1 });
    e.weigh(hot(SECOND), netuid, { [other]: 1 });
    e.stake(OTHER, hot(SECOND), netuid, 4_000n * TAO);
    e.epoch(netuid);
    const incentive = Incentive.get(e.x, netuid);
    expect([incentive[miner], incentive[other]]).toEqual([0, 65_535]);
  });
});

describe('weight copying under commit-reveal, through the real calls (subnets/weights.rs:44, :420, :1255)', () => {
  /** What a validator that only looks at the chain can see of another's weights. */
  const visible = (e: Economy, netuid: number, uid: number): Record<number, number> => {
    const row = Array.from(Weights.get(e.x, netuid, uid));
    return Object.fromEntries(row.flatMap((target, p) => (p % 2 === 0 ? [[target, row[p + 1]!]] : [])));
  };
  const sealed = (weights: Readonly<Record<number, number>>, salt: number) => ({
    uids: Object.keys(weights).map(Number),
    values: Object.values(weights),
    salt: [salt],
    versionKey: 0n,
  });
  const commit = (
    e: Economy,
    netuid: number,
    hotkey: string,
    weights: Readonly<Record<number, number>>,
    salt: number,
  ) => e.call(hotkey, 'commit_weights', { netuid, commit_hash: getCommitHash(hotkey, netuid, sealed(weights, salt)) });
  const reveal = (
    e: Economy,
    netuid: number,
    hotkey: string,
    weights: Readonly<Record<number, number>>,
    salt: number,
  ) => {
    const { uids, values, salt: salts, versionKey } = sealed(weights, salt);
    e.call(hotkey, 'reveal_weights', { netuid, uids, values, salt: salts, version_key: versionKey });
  };

  /** Dividends per stake of the copier, in parts of the honest validator's, while miners take turns at being good. */
  function copierYield(hidden: boolean): number {
    const { e, netuid, validator, second, miner, other } = withNeurons();
    const good = (epoch: number) => (epoch % 2 === 0 ? { [miner]: 9, [other]: 1 } : { [miner]: 1, [other]: 9 });
    let [honest, copier] = [0, 0];
    e.arrange(() => CommitRevealWeightsEnabled.insert(e.x, netuid, hidden));
    let waiting: Record<number, number>[] | undefined;
    for (let epoch = 0; epoch < 10; epoch++) {
      if (waiting) {
        reveal(e, netuid, hot(VALIDATOR), waiting[0]!, epoch - 1);
        reveal(e, netuid, hot(SECOND), waiting[1]!, epoch - 1);
      }
      if (hidden) {
        const copied = visible(e, netuid, validator);
        const pair = [good(epoch), Object.keys(copied).length > 0 ? copied : good(0)] as Record<number, number>[];
        commit(e, netuid, hot(VALIDATOR), pair[0]!, epoch);
        commit(e, netuid, hot(SECOND), pair[1]!, epoch);
        waiting = pair;
      } else {
        e.weigh(hot(VALIDATOR), netuid, good(epoch));
        e.weigh(hot(SECOND), netuid, visible(e, netuid, validator));
      }
      e.epoch(netuid);
      honest += Dividends.get(e.x, netuid)[validator]!;
      copier += Dividends.get(e.x, netuid)[second]!;
    }
    const stakes = StakeWeight.get(e.x, netuid);
    return copier / stakes[second]! / (honest / stakes[validator]!);
  }

  it('copying pays in full while weights are public at once', () => {
    expect(copierYield(false)).toBeGreaterThan(0.9);
  });

  it('copying what was revealed comes an epoch late and pays less', () => {
    expect(copierYield(true)).toBeLessThan(0.75);
  });

  it('until the reveal nobody sees the weights, and only the epoch of the reveal takes them', () => {
    const { e, netuid, validator, miner } = withNeurons();
    e.arrange(() => CommitRevealWeightsEnabled.insert(e.x, netuid, true));
    const weights = { [miner]: 7 };
    expect(() => e.weigh(hot(VALIDATOR), netuid, weights)).toThrow();
    commit(e, netuid, hot(VALIDATOR), weights, 1);
    expect(visible(e, netuid, validator)).toEqual({});
    expect(() => reveal(e, netuid, hot(VALIDATOR), weights, 1)).toThrow();
    e.epoch(netuid);
    expect(() => reveal(e, netuid, hot(VALIDATOR), { [miner]: 8 }, 1)).toThrow();
    reveal(e, netuid, hot(VALIDATOR), weights, 1);
    expect(visible(e, netuid, validator)).toEqual({ [miner]: 65_535 });
    commit(e, netuid, hot(VALIDATOR), weights, 2);
    e.epoch(netuid, 2);
    expect(() => reveal(e, netuid, hot(VALIDATOR), weights, 2)).toThrow();
  });
});

describe('root staking', () => {
  /** A subnet with a validator that root staker OTHER has TAO with on root, and whose dividends are sold. */
  function withRootStake() {
    const { e, netuid, miner } = withNeurons();
    e.sudo('sudo_set_subtoken_enabled', { netuid: 0, subtoken_enabled: true });
    // Otherwise the chain claims for everybody by and by, and there is nothing left to claim.
    e.sudo('sudo_set_num_root_claims', { new_value: 0n }, 'SubtensorModule');
    e.call(VALIDATOR, 'root_register', { hotkey: hot(VALIDATOR) });
    e.stake(OTHER, hot(VALIDATOR), 0, 2_000n * TAO);
    e.arrange(() => SubnetMovingPrice.insert(e.x, netuid, 2n << 32n));
    e.weigh(hot(VALIDATOR), netuid, { [miner]: 1 });
    e.weigh(hot(SECOND), netuid, { [miner]: 1 });
    e.epoch(netuid, 3);
    return { e, netuid };
  }
  const rootOf = (e: Economy) => e.alpha(OTHER, hot(VALIDATOR), 0);

  it('earns alpha of subnets while their moving prices add up to more than 1 (coinbase/run_coinbase.rs:312, :457)', () => {
    const { e, netuid } = withRootStake();
    const rates = new Map(RootClaimable.get(e.x, hot(VALIDATOR)));
    expect(rates.get(netuid)! > 0n).toBe(true);
    e.arrange(() => SubnetMovingPrice.insert(e.x, netuid, 0n));
    e.epoch(netuid);
    const stopped = new Map(RootClaimable.get(e.x, hot(VALIDATOR))).get(netuid);
    e.epoch(netuid);
    expect(new Map(RootClaimable.get(e.x, hot(VALIDATOR))).get(netuid)).toBe(stopped);
  });

  it('claimed as Swap it becomes more TAO on root (staking/claim_root.rs:131)', () => {
    const { e, netuid } = withRootStake();
    e.call(OTHER, 'set_root_claim_type', { new_root_claim_type: { type: 'Swap' } });
    const [root, alpha] = [rootOf(e), e.alpha(OTHER, hot(VALIDATOR), netuid)];
    e.call(OTHER, 'claim_root', { subnets: [netuid] });
    expect(rootOf(e)).toBeGreaterThan(root);
    expect(e.alpha(OTHER, hot(VALIDATOR), netuid)).toBe(alpha);
  });

  it('claimed as Keep it stays alpha, and root stake stays as it is (staking/claim_root.rs:131)', () => {
    const { e, netuid } = withRootStake();
    e.call(OTHER, 'set_root_claim_type', { new_root_claim_type: { type: 'Keep' } });
    const root = rootOf(e);
    e.call(OTHER, 'claim_root', { subnets: [netuid] });
    expect(rootOf(e)).toBe(root);
    expect(e.alpha(OTHER, hot(VALIDATOR), netuid)).toBeGreaterThan(0n);
  });

  it('claimed as KeepSubnets it stays alpha on those and is swapped on the others (staking/claim_root.rs:131)', () => {
    const { e, netuid } = withRootStake();
    const claim = (subnets: number[]) => {
      e.call(OTHER, 'set_root_claim_type', { new_root_claim_type: { type: 'KeepSubnets', value: { subnets } } });
      e.call(OTHER, 'claim_root', { subnets: [netuid] });
    };
    const root = rootOf(e);
    claim([netuid]);
    const kept = e.alpha(OTHER, hot(VALIDATOR), netuid);
    expect(kept).toBeGreaterThan(0n);
    expect(rootOf(e)).toBe(root);
    e.epoch(netuid);
    const before = e.alpha(OTHER, hot(VALIDATOR), netuid);
    claim([netuid + 1]);
    expect(rootOf(e)).toBeGreaterThan(root);
    expect(e.alpha(OTHER, hot(VALIDATOR), netuid)).toBe(before);
  });
});

describe('mechanisms within a subnet (subnets/mechanism.rs:230, :287)', () => {
  it('have weights, incentives and a part of the emission of their own', () => {
    const { e, netuid, miner, other } = withNeurons();
    e.arrange(() => MaxAllowedUids.insert(e.x, netuid, 64));
    e.sudo('sudo_set_mechanism_count', { netuid, mechanism_count: 2 });
    e.sudo('sudo_set_mechanism_emission_split', { netuid, maybe_split: [16_384, 49_151] });
    const weighIn = (hotkey: string, mecid: number, target: number) =>
      e.call(hotkey, 'set_mechanism_weights', { netuid, mecid, dests: [target], weights: [1], version_key: 0n });
    for (const validator of [VALIDATOR, SECOND]) {
      weighIn(hot(validator), 0, miner);
      weighIn(hot(validator), 1, other);
    }
    e.epoch(netuid);
    expect(Incentive.get(e.x, netuid)[miner]).toBe(65_535);
    expect(Incentive.get(e.x, 4096 + netuid)[other]).toBe(65_535);
    expect(Incentive.get(e.x, netuid)[other]).toBe(0);
    const held = () => [MINER, OTHER].map((who) => e.alpha(who, hot(who), netuid)) as [bigint, bigint];
    const before = held();
    e.epoch(netuid);
    const [first, secondPart] = held().map((amount, who) => Number(amount - before[who]!)) as [number, number];
    expect(secondPart / first).toBeCloseTo(3, 2);
  });
});

describe('subnets come and go', () => {
  it('at the limit a new subnet replaces the one with the lowest moving price that is not immune (coinbase/root.rs:593, subnets/subnet.rs:152)', () => {
    const { e, netuid } = withSubnet();
    const rival = e.subnet(SECOND, hot(SECOND));
    e.stake(OTHER, hot(SECOND), rival, 50n * TAO);
    e.sudo('sudo_set_network_immunity_period', { immunity_period: 0n });
    const count = [...NetworksAdded.keys(e.x)].length - 1;
    e.sudo('sudo_set_subnet_limit', { max_subnets: count });
    e.arrange(() => {
      for (const id of NetworksAdded.keys(e.x)) SubnetMovingPrice.insert(e.x, id, 4n << 32n);
      SubnetMovingPrice.insert(e.x, rival, 1n << 32n);
    });
    const before = e.balance(OTHER);
    const events = e.call(VALIDATOR, 'register_network', { hotkey: hot(VALIDATOR) });
    expect(events.some(({ name, value }) => name === 'NetworkRemoved' && value === rival)).toBe(true);
    expect(SubnetOwner.get(e.x, netuid)).toBe(OWNER);
    expect(SubnetOwner.get(e.x, rival)).toBe(VALIDATOR);
    expect(FirstEmissionBlockNumber.get(e.x, rival)).toBeUndefined();
    // Its stakers are paid out of the pool, at about the price at which they came in.
    const back = Number(e.balance(OTHER) - before) / 1e9;
    expect(back).toBeGreaterThan(40);
    expect(e.alpha(OTHER, hot(SECOND), rival)).toBe(0n);
  });

  it('an immune subnet is not pruned (coinbase/root.rs:608)', () => {
    const { e } = withSubnet();
    const count = [...NetworksAdded.keys(e.x)].length - 1;
    e.sudo('sudo_set_subnet_limit', { max_subnets: count });
    expect(() => e.call(VALIDATOR, 'register_network', { hotkey: hot(VALIDATOR) })).toThrow('SubnetLimitReached');
  });
});

describe('leases (subnets/leasing.rs:258)', () => {
  it('a crowdloan founds a subnet, and its contributors share the owner cut by what they gave', () => {
    const e = new Economy();
    e.fund(...PEOPLE, ...PEOPLE.map(hot));
    e.arrange(() => {});
    const lease = {
      type: 'SubtensorModule',
      value: { type: 'register_leased_network', value: { emissions_share: 40, end_block: undefined } },
    };
    const end = e.chain.number + 50_401;
    const loan = {
      deposit: 900n * TAO,
      min_contribution: TAO,
      cap: 1_200n * TAO,
      end,
      call: lease,
      target_address: undefined,
    };
    e.call(OWNER, 'create', loan, 'Crowdloan');
    e.call(OTHER, 'contribute', { crowdloan_id: 0, amount: 300n * TAO }, 'Crowdloan');
    e.call(OWNER, 'finalize', { crowdloan_id: 0 }, 'Crowdloan');
    const { netuid, coldkey } = SubnetLeases.get(e.x, 0)!;
    expect(SubnetOwner.get(e.x, netuid)).toBe(coldkey);
    const [[contributor, share]] = [...SubnetLeaseShares.iterPrefix(e.x, 0)] as [[string, bigint]];
    expect([contributor, Number(share) / Number(FIXED_ONE)]).toEqual([OTHER, 0.25]);
    e.sudo(
      'sudo_as',
      {
        who: { type: 'Id', value: coldkey },
        call: { type: 'SubtensorModule', value: { type: 'start_call', value: { netuid } } },
      },
      'Sudo',
    );
    e.arrange(() => {
      Tempo.insert(e.x, netuid, 50);
      LastEpochBlock.insert(e.x, netuid, BigInt(e.chain.number - (e.chain.number % 50)));
    });
    const last = LastMechansimStepBlock.get(e.x, netuid);
    const paid = e
      .epoch(netuid, 4)
      .filter(({ name }) => name === 'SubnetLeaseDividendsDistributed')
      .map(({ value }) => value as { contributor: string; alpha: bigint });
    const of = (who: string): number =>
      Number(paid.filter(({ contributor }) => contributor === who).reduce((sum, { alpha }) => sum + alpha, 0n)) / 1e9;
    // 40 % of the owner cut is shared: a quarter of it to the contributor, the rest to the beneficiary.
    expect(of(OTHER)).toBeGreaterThan(0);
    expect(of(OWNER) / of(OTHER)).toBeCloseTo(3, 4);
    const shared = of(OTHER) + of(OWNER) + Number(AccumulatedLeaseDividends.get(e.x, 0)) / 1e9;
    const blocks = Number(
      LastMechansimStepBlock.get(e.x, netuid) - (last || BigInt(FirstEmissionBlockNumber.get(e.x, netuid)!)),
    );
    expect(shared / blocks).toBeCloseTo(0.4 * 0.18, 2);
  });
});

describe('locks and ownership by conviction (staking/lock.rs:756, :1140)', () => {
  const YEAR = 2_629_800;

  /** OTHER has staked with a hotkey of its own and locked all of it. */
  function withLock() {
    const { e, netuid } = withNeurons();
    e.stake(OTHER, hot(OTHER), netuid, 2_000n * TAO);
    e.call(OTHER, 'set_perpetual_lock', { netuid, enabled: true });
    const amount = e.alpha(OTHER, hot(OTHER), netuid) - TAO;
    e.call(OTHER, 'lock_stake', { hotkey: hot(OTHER), netuid, amount });
    return { e, netuid, amount };
  }

  it('locked alpha cannot be unstaked, what is free can', () => {
    const { e, netuid, amount } = withLock();
    const take = (amount_unstaked: bigint) =>
      e.call(OTHER, 'remove_stake', { hotkey: hot(OTHER), netuid, amount_unstaked });
    expect(() => take(amount)).toThrow();
    take(TAO / 2n);
  });

  it('after a year the most convinced locker becomes the owner, and gets the owner cut', () => {
    const { e, netuid } = withLock();
    e.epoch(netuid);
    expect(SubnetOwner.get(e.x, netuid)).toBe(OWNER);
    // Time passes: a year of blocks, in which conviction grows.
    e.chain.number = Number(NetworkRegisteredAt.get(e.x, netuid)) + YEAR;
    e.epoch(netuid);
    expect(SubnetOwner.get(e.x, netuid)).toBe(OTHER);
    expect(Uids.get(e.x, netuid, hot(OTHER))).toBeDefined();
    const before = e.alpha(OTHER, hot(OTHER), netuid);
    e.epoch(netuid);
    const blocks = 20;
    const earned = Number(e.alpha(OTHER, hot(OTHER), netuid) - before) / 1e9;
    expect(earned).toBeGreaterThanOrEqual(0.17 * blocks);
  });

  it('without locks, or before the year is over, ownership stays', () => {
    const { e, netuid } = withNeurons();
    e.chain.number = Number(NetworkRegisteredAt.get(e.x, netuid)) + YEAR;
    e.epoch(netuid);
    expect(SubnetOwner.get(e.x, netuid)).toBe(OWNER);
  });
});
