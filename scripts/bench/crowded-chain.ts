import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { Engine } from '../../src/lib/localnet/node/engine.ts';
import {
  Bonds,
  LastUpdate,
  SubnetAlphaIn,
  SubnetAlphaOutEmission,
  SubnetExcessTao,
  SubnetOwnerHotkey,
  SubnetTAO,
  SubnetTaoInEmission,
  ValidatorPermit,
  Weights,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { encode } from '../../src/lib/localnet/scale/type.ts';
import { call, FoundingChain, type Person } from '../playground/founding-chain.ts';

/** A chain as busy as wanted: subnets with neurons, validators among them that weigh all neurons. */
export interface Crowd {
  readonly subnets: number;
  /** Per subnet, the owner included. */
  readonly neurons: number;
  /** Per subnet, the owner included. */
  readonly validators: number;
  readonly tempo: number;
}

const TAO = 1_000_000_000n;
const ONE_FIXED = 1n << 64n;
const CALLS_PER_EXTRINSIC = 150;
const EXTRINSICS_PER_BLOCK = 4;
const FIRST_NETUID = 2;
/** What registrations and stakes of one subnet cost, and more. */
const FUNDS = 1000n * TAO;

const subtensor = (name: string, args: Readonly<Record<string, unknown>>): RuntimeCallValue =>
  call('SubtensorModule', name, args);
const set = (name: string, args: Readonly<Record<string, unknown>>): RuntimeCallValue =>
  call('Sudo', 'sudo', { call: call('AdminUtils', `sudo_set_${name}`, args) });
/** Accounts of hotkeys: they sign nothing, so any 32 bytes do. */
const hotkeyOf = (netuid: number, index: number): string =>
  (netuid * 65_536 + index + 1).toString(16).padStart(16, '0').padEnd(64, '7');

/**
 * Founds, registers and stakes through extrinsics; only the weights are written into the storage, since thousands of
 * validators' signatures would take minutes. Root stake and price averages make emission flow as on a grown chain.
 */
export async function crowdedChain(crowd: Crowd): Promise<Engine> {
  const chain = await FoundingChain.open();
  const alice = await chain.person('//Alice');
  const netuids = Array.from({ length: crowd.subnets }, (_, index) => FIRST_NETUID + index);
  const last = FIRST_NETUID + crowd.subnets;
  const root = hotkeyOf(last, 0);
  send(chain, alice, [
    set('admin_freeze_window', { window: 0 }),
    set('subtoken_enabled', { netuid: 0, subtoken_enabled: true }),
    set('network_rate_limit', { rate_limit: 0n }),
    set('subnet_limit', { max_subnets: last }),
    set('network_min_lock_cost', { lock_cost: 100n * TAO }),
    set('lock_reduction_interval', { interval: 1n }),
  ]);
  for (const netuid of netuids) {
    send(chain, alice, [subtensor('register_network', { hotkey: hotkeyOf(netuid, 0) })]);
    // The lock of the one before doubles the price, which falls again within two blocks.
    chain.sealUntil(chain.engine.head.number + 2);
  }
  send(chain, alice, [
    subtensor('root_register', { hotkey: root }),
    subtensor('add_stake', { hotkey: root, netuid: 0, amount_staked: 100_000n * TAO }),
    ...netuids.flatMap((netuid) => [
      set('burn_increase_mult', { netuid, burn_increase_mult: ONE_FIXED }),
      set('burn_half_life', { netuid, burn_half_life: 1 }),
      set('max_allowed_validators', { netuid, max_allowed_validators: crowd.validators }),
      set('tempo', { netuid, tempo: crowd.tempo }),
      set('ema_price_halving_period', { netuid, ema_halving: 1n }),
      set('subnet_emission_enabled', { netuid, enabled: true }),
      subtensor('start_call', { netuid }),
    ]),
    set('subnet_moving_alpha', { alpha: 1n << 32n }),
  ]);
  chain.sealUntil(chain.engine.head.number + 12);
  await settle(chain, alice, netuids, crowd);
  chain.engine.createBlock({ writes: poolsOfGrownChain(netuids, chain.engine) });
  chain.sealUntil(chain.engine.head.number + Math.min(crowd.tempo, 64) + 1);
  if (crowd.neurons > 1) chain.engine.createBlock({ writes: weights(netuids, crowd, chain.engine) });
  assertAllEmit(netuids, chain.engine);
  return chain.engine;
}

/**
 * The neurons of each subnet belong to a coldkey of their own: those of the subnet's owner would get no incentive, and a
 * coldkey with thousands of hotkeys makes every epoch look at all of them.
 */
async function settle(chain: FoundingChain, alice: Person, netuids: readonly number[], crowd: Crowd): Promise<void> {
  const settlers = await Promise.all(netuids.map((netuid) => chain.person(`//Settler//${netuid}`)));
  send(
    chain,
    alice,
    settlers.map(({ account }) =>
      call('Balances', 'transfer_keep_alive', { dest: { type: 'Id', value: account }, value: FUNDS }),
    ),
  );
  for (const [index, netuid] of netuids.entries()) {
    const settler = settlers[index]!;
    send(
      chain,
      settler,
      Array.from({ length: crowd.neurons - 1 }, (_, uid) =>
        subtensor('burned_register', { netuid, hotkey: hotkeyOf(netuid, uid + 1) }),
      ),
    );
    send(
      chain,
      settler,
      Array.from({ length: crowd.validators }, (_, uid) =>
        subtensor('add_stake', { hotkey: hotkeyOf(netuid, uid), netuid, amount_staked: TAO / 2n + BigInt(uid) }),
      ),
    );
  }
}

/** Signs and seals calls, as many as fit into each block. */
function send(chain: FoundingChain, signer: Person, calls: readonly RuntimeCallValue[]): void {
  for (let at = 0; at < calls.length; at += CALLS_PER_EXTRINSIC * EXTRINSICS_PER_BLOCK) {
    for (let part = 0; part < EXTRINSICS_PER_BLOCK; part++) {
      const from = at + part * CALLS_PER_EXTRINSIC;
      const some = calls.slice(from, Math.min(from + CALLS_PER_EXTRINSIC, calls.length));
      if (some.length > 0) chain.submit(signer, ...some);
    }
    chain.seal();
  }
}

/**
 * Reserves at which the prices add up to a half. New subnets begin at a price of 1, where the pools take all TAO that is
 * emitted; on a grown chain the prices are low, and the chain buys alpha on every subnet in every block.
 */
function poolsOfGrownChain(netuids: readonly number[], engine: Engine): [string, Uint8Array][] {
  const x = engine.at().ext;
  return netuids.map((netuid) => {
    const alpha = SubnetTAO.get(x, netuid) * 2n * BigInt(netuids.length);
    return [SubnetAlphaIn.storageKey(netuid), encode(SubnetAlphaIn.valueType, alpha)];
  });
}

/** A subnet that gets no emission would make blocks look cheaper than they are. */
function assertAllEmit(netuids: readonly number[], engine: Engine): void {
  const x = engine.at().ext;
  for (const netuid of netuids) {
    const flows = [SubnetTaoInEmission, SubnetExcessTao, SubnetAlphaOutEmission].map((item) => item.get(x, netuid));
    if (flows.some((flow) => flow === 0n)) throw new Error(`subnet ${netuid} does not emit: ${flows.join(', ')}`);
  }
}

/** Every validator weighs every neuron, all differently; permits as the next epoch would give them. */
function weights(netuids: readonly number[], { neurons, validators }: Crowd, engine: Engine): [string, Uint8Array][] {
  const x = engine.at().ext;
  const block = BigInt(engine.head.number);
  const writes: [string, Uint8Array][] = [];
  for (const netuid of netuids) {
    if (SubnetOwnerHotkey.get(x, netuid) === undefined) throw new Error(`subnet ${netuid} does not exist`);
    for (let uid = 0; uid < validators; uid++) {
      const row = Uint16Array.from({ length: 2 * neurons }, (_, at) =>
        at % 2 === 0 ? at / 2 : 1 + (((at * 7919 + uid * 104_729 + netuid * 31) >>> 0) % 65_535),
      );
      writes.push([Weights.storageKey(netuid, uid), encode(Weights.valueType, row)]);
      writes.push([Bonds.storageKey(netuid, uid), encode(Bonds.valueType, row)]);
    }
    const permits = Array.from({ length: neurons }, (_, uid) => uid < validators);
    writes.push([ValidatorPermit.storageKey(netuid), encode(ValidatorPermit.valueType, permits)]);
    const updated = Array.from({ length: neurons }, () => block);
    writes.push([LastUpdate.storageKey(netuid), encode(LastUpdate.valueType, updated)]);
  }
  return writes;
}
