import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import { freeBalance, issue, resolve } from '../../src/lib/localnet/pallets/balances/currency.ts';
import { errorNames } from '../../src/lib/localnet/pallets/subtensor/errors.ts';
import { palletInfo } from '../../src/lib/localnet/pallets/subtensor/info.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from '../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AdminFreezeWindow,
  CommitRevealWeightsEnabled,
  LastMechansimStepBlock,
  NetworkRateLimit,
  NetworksAdded,
  SubnetMovingPrice,
  Tempo,
  TotalIssuance,
  Uids,
  WeightsSetRateLimit,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { decode } from '../../src/lib/localnet/scale/type.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';
import { ModelChain } from '../model/model-chain.ts';
import { ALICE } from './local-runtime.ts';
import { TAO } from './stake-state.ts';

/** Blocks after which an epoch must have come. */
const PATIENCE = 1_000;

/** A dispatch error by its name where it is one of SubtensorModule's. */
function errorName(error: unknown): string {
  const { type, value } = error as { type: string; value?: { index: number; error: string } };
  if (type !== 'Module' || value?.index !== palletInfo.index) return `${type} ${JSON.stringify(value)}`;
  return errorNames[Number.parseInt(value.error.slice(0, 2), 16)] ?? value.error;
}

interface Event {
  readonly pallet: string;
  readonly name: string;
  readonly value: unknown;
}

/** The whole runtime as people use it: signed calls in blocks, for tests of what the economy promises. */
export class Economy {
  readonly chain = new ModelChain(false);

  get x() {
    return this.chain.x;
  }

  /** Blocks without transactions. @returns their events */
  idle(blocks = 1): Event[] {
    return Array.from({ length: blocks }, () => this.block(() => {})).flat();
  }

  private block(act: () => void): Event[] {
    return this.chain.block(act).events.map(({ bytes }): Event => {
      const { type, value } = decode(this.chain.runtime.eventType, bytes);
      return { pallet: type, name: value.type, value: value.value };
    });
  }

  /** Changes state within a block, before its end. */
  arrange(act: () => void): void {
    this.chain.block(act);
  }

  /** One signed call in a block of its own. @returns the block's events @throws with the chain's error when it fails */
  call(signer: AccountId, name: string, args: object, pallet = 'SubtensorModule'): Event[] {
    const call: RuntimeCallValue = { type: pallet, value: { type: name, value: args } };
    let taken = false;
    const events = this.block(() => {
      taken = this.chain.send(signer, call);
    });
    if (!taken) throw new Error(`${name}: refused by the pool`);
    const failed = events.find(({ name: event }) => event === 'ExtrinsicFailed');
    if (failed) throw new Error(`${name}: ${errorName((failed.value as { dispatch_error: unknown }).dispatch_error)}`);
    return events;
  }

  /** A call that root makes through Alice's sudo. */
  sudo(name: string, args: object, pallet = 'AdminUtils'): Event[] {
    const inner = { type: pallet, value: { type: name, value: args } };
    const events = this.call(ALICE, 'sudo', { call: inner }, 'Sudo');
    const sudid = events.find(({ name: event }) => event === 'Sudid' || event === 'SudoAsDone');
    if (!sudid) throw new Error(`${name}: sudo says nothing`);
    const { sudo_result } = sudid.value as { sudo_result: { type: string; value?: unknown } };
    if (sudo_result.type !== 'Ok') throw new Error(`${name}: ${errorName(sudo_result.value)}`);
    return events;
  }

  /** New TAO for an account, in both counts of the issuance. */
  fund(...accounts: readonly AccountId[]): void {
    this.arrange(() => {
      for (const who of accounts) {
        if (!resolve(this.x, who, issue(this.x, 10_000n * TAO))) throw new Error(`cannot fund ${who}`);
        TotalIssuance.mutate(this.x, (total) => total + 10_000n * TAO);
      }
    });
  }

  /** Registers a subnet with short epochs and plain weights, and starts it. @returns its netuid */
  subnet(owner: AccountId, hotkey: AccountId, tempo = 20): number {
    const before = new Set(NetworksAdded.keys(this.x));
    this.arrange(() => {
      NetworkRateLimit.put(this.x, 0n);
      AdminFreezeWindow.put(this.x, 0);
    });
    this.call(owner, 'register_network', { hotkey });
    const netuid = [...NetworksAdded.keys(this.x)].find((candidate) => !before.has(candidate))!;
    this.arrange(() => {
      Tempo.insert(this.x, netuid, tempo);
      WeightsSetRateLimit.insert(this.x, netuid, 0n);
      CommitRevealWeightsEnabled.insert(this.x, netuid, false);
      // A quarter of a TAO: an average that has settled, so that the subnet has a share of the emission from the start.
      SubnetMovingPrice.insert(this.x, netuid, 1n << 30n);
    });
    this.call(owner, 'start_call', { netuid });
    this.sudo('sudo_set_subnet_emission_enabled', { netuid, enabled: true });
    return netuid;
  }

  /** @returns the neuron's uid */
  neuron(netuid: number, coldkey: AccountId, hotkey: AccountId): number {
    this.call(coldkey, 'burned_register', { netuid, hotkey });
    return Uids.get(this.x, netuid, hotkey)!;
  }

  stake(coldkey: AccountId, hotkey: AccountId, netuid: number, tao: bigint): void {
    this.call(coldkey, 'add_stake', { hotkey, netuid, amount_staked: tao });
  }

  weigh(hotkey: AccountId, netuid: number, weights: Readonly<Record<number, number>>): void {
    const dests = Object.keys(weights).map(Number);
    this.call(hotkey, 'set_weights', { netuid, dests, weights: Object.values(weights), version_key: 0n });
  }

  /** Runs on to the end of the subnet's next epochs' blocks. @returns all events on the way */
  epoch(netuid: number, count = 1): Event[] {
    const events: Event[] = [];
    for (let epochs = 0; epochs < count; epochs++) {
      const last = LastMechansimStepBlock.get(this.x, netuid);
      for (let i = 0; LastMechansimStepBlock.get(this.x, netuid) === last; i++) {
        if (i > PATIENCE) throw new Error(`subnet ${netuid} has no epoch`);
        events.push(...this.idle());
      }
    }
    return events;
  }

  balance(who: AccountId): bigint {
    return freeBalance(this.x, who);
  }

  alpha(coldkey: AccountId, hotkey: AccountId, netuid: number): bigint {
    return getStakeForHotkeyAndColdkeyOnSubnet(this.x, hotkey, coldkey, netuid);
  }
}
