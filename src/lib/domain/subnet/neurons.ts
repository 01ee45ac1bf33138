import type { Reader } from '../../chain/reader.ts';

/** A neuron of a subnet with its last epoch's results; u16 values of 65535. */
export interface Neuron {
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly active: boolean;
  readonly validatorPermit: boolean;
  /** alpha + weighted TAO, as the epoch weighs it. */
  readonly totalStake: bigint;
  readonly alphaStake: bigint;
  readonly taoStake: bigint;
  /** Alpha of the last epoch. */
  readonly emission: bigint;
  readonly dividends: number;
  readonly incentive: number;
  readonly consensus: number;
  readonly lastUpdate: number;
  readonly registeredAt: number;
}

interface RawSubnetState {
  readonly hotkeys: readonly string[];
  readonly coldkeys: readonly string[];
  readonly active: readonly boolean[];
  readonly validator_permit: readonly boolean[];
  readonly last_update: readonly bigint[];
  readonly emission: readonly bigint[];
  readonly dividends: readonly number[];
  readonly incentives: readonly number[];
  readonly consensus: readonly number[];
  readonly block_at_registration: readonly bigint[];
  readonly alpha_stake: readonly bigint[];
  readonly tao_stake: readonly bigint[];
  readonly total_stake: readonly bigint[];
}

/** The neurons of a subnet by uid; none where the subnet does not exist. */
export async function readNeurons(reader: Reader, netuid: number): Promise<Neuron[]> {
  const state = await reader.api<RawSubnetState | undefined>('SubnetInfoRuntimeApi', 'get_subnet_state', netuid);
  if (!state) return [];
  return state.hotkeys.map((hotkey, uid) => ({
    uid,
    hotkey,
    coldkey: state.coldkeys[uid] ?? '',
    active: state.active[uid] ?? false,
    validatorPermit: state.validator_permit[uid] ?? false,
    totalStake: state.total_stake[uid] ?? 0n,
    alphaStake: state.alpha_stake[uid] ?? 0n,
    taoStake: state.tao_stake[uid] ?? 0n,
    emission: state.emission[uid] ?? 0n,
    dividends: state.dividends[uid] ?? 0,
    incentive: state.incentives[uid] ?? 0,
    consensus: state.consensus[uid] ?? 0,
    lastUpdate: Number(state.last_update[uid] ?? 0n),
    registeredAt: Number(state.block_at_registration[uid] ?? 0n),
  }));
}

/** Neurons that one may stake with, the most stake first: those with a permit, or all while nobody has one. */
export function validatorsOf(neurons: readonly Neuron[]): Neuron[] {
  const permitted = neurons.filter(({ validatorPermit }) => validatorPermit);
  const candidates = permitted.length > 0 ? permitted : [...neurons];
  return [...candidates].sort((a, b) =>
    a.totalStake === b.totalStake ? a.uid - b.uid : a.totalStake < b.totalStake ? 1 : -1,
  );
}
