import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { Engine } from '../../src/lib/localnet/node/engine.ts';
import {
  Bonds,
  LastUpdate,
  SubnetOwnerHotkey,
  ValidatorPermit,
  Weights,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { encode } from '../../src/lib/localnet/scale/type.ts';
import { call, FoundingChain } from '../playground/founding-chain.ts';

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
  const send = (calls: readonly RuntimeCallValue[]): void => {
    for (let at = 0; at < calls.length; at += CALLS_PER_EXTRINSIC * EXTRINSICS_PER_BLOCK) {
      for (let part = 0; part < EXTRINSICS_PER_BLOCK; part++) {
        const from = at + part * CALLS_PER_EXTRINSIC;
        const some = calls.slice(from, Math.min(from + CALLS_PER_EXTRINSIC, calls.length));
        if (some.length > 0) chain.submit(alice, ...some);
      }
      chain.seal();
    }
  };
  const netuids = Array.from({ length: crowd.subnets }, (_, index) => FIRST_NETUID + index);
  const last = FIRST_NETUID + crowd.subnets;
  const root = hotkeyOf(last, 0);
  send([
    set('admin_freeze_window', { window: 0 }),
    set('subtoken_enabled', { netuid: 0, subtoken_enabled: true }),
    set('network_rate_limit', { rate_limit: 0n }),
    set('subnet_limit', { max_subnets: last }),
    set('network_min_lock_cost', { lock_cost: 100n * TAO }),
    set('lock_reduction_interval', { interval: 1n }),
  ]);
  for (const netuid of netuids) {
    send([subtensor('register_network', { hotkey: hotkeyOf(netuid, 0) })]);
    // The lock of the one before doubles the price, which falls again within two blocks.
    chain.sealUntil(chain.engine.head.number + 2);
  }
  send([
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
  send(
    netuids.flatMap((netuid) =>
      Array.from({ length: crowd.neurons - 1 }, (_, index) =>
        subtensor('burned_register', { netuid, hotkey: hotkeyOf(netuid, index + 1) }),
      ),
    ),
  );
  send(
    netuids.flatMap((netuid) =>
      Array.from({ length: crowd.validators }, (_, index) =>
        subtensor('add_stake', { hotkey: hotkeyOf(netuid, index), netuid, amount_staked: TAO / 2n + BigInt(index) }),
      ),
    ),
  );
  chain.sealUntil(chain.engine.head.number + Math.min(crowd.tempo, 64) + 1);
  if (crowd.neurons > 1) chain.engine.createBlock({ writes: weights(netuids, crowd, chain.engine) });
  return chain.engine;
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
