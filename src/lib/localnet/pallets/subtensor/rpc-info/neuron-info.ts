import type { Ext } from '../../../frame/ext.ts';
import { struct, tuple, vec } from '../../../scale/compound.ts';
import { bool, compactBigint, compactNumber, u16, u64 } from '../../../scale/primitives.ts';
import type { Type, ValueOf } from '../../../scale/type.ts';
import { AccountId32 } from '../../../scale/well-known.ts';
import { getStakeForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import {
  Active,
  Bonds,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  Keys,
  LastUpdate,
  Owner,
  SubnetworkN,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { AxonInfo, PrometheusInfo } from '../types.ts';
import { getAxonInfo, getPrometheusInfo } from './served-info.ts';

// Neurons one by one. Source: pallets/subtensor rpc_info/neuron_info.rs.

const params = [{ name: 'AccountId', type: AccountId32 as Type<unknown> }];
const ratio = compactNumber(u16);
const pairs = vec(tuple(compactNumber(u16), compactNumber(u16)));

const head = {
  hotkey: AccountId32,
  coldkey: AccountId32,
  uid: compactNumber(u16),
  netuid: compactNumber(u16),
  active: bool,
  axon_info: AxonInfo,
  prometheus_info: PrometheusInfo,
  stake: vec(tuple(AccountId32, compactBigint(u64))),
  rank: ratio,
  emission: compactBigint(u64),
  incentive: ratio,
  consensus: ratio,
  trust: ratio,
  validator_trust: ratio,
  dividends: ratio,
  last_update: compactBigint(u64),
  validator_permit: bool,
};

/** Ratios are parts of 65535, `emission` rao of alpha; `stake` names the owner with all stake on the hotkey; weights and bonds are (uid, value). */
export const NeuronInfo = struct(
  'pallet_subtensor::rpc_info::neuron_info::NeuronInfo',
  { ...head, weights: pairs, bonds: pairs, pruning_score: ratio },
  { params },
);
/** As `NeuronInfo`, without weights and bonds. */
export const NeuronInfoLite = struct(
  'pallet_subtensor::rpc_info::neuron_info::NeuronInfoLite',
  { ...head, pruning_score: ratio },
  { params },
);

/** The pairs with a value, of a flat row. */
function nonZeroPairs(row: Uint16Array): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let i = 0; i < row.length; i += 2) if (row[i + 1]! > 0) found.push([row[i]!, row[i + 1]!]);
  return found;
}

function neuronLite(x: Ext, netuid: number, uid: number): ValueOf<typeof NeuronInfoLite> | undefined {
  const hotkey = Keys.tryGet(x, netuid, uid);
  if (hotkey === undefined) return undefined;
  const coldkey = Owner.get(x, hotkey);
  return {
    hotkey,
    coldkey,
    uid,
    netuid,
    active: Active.get(x, netuid)[uid] ?? false,
    axon_info: getAxonInfo(x, netuid, hotkey),
    prometheus_info: getPrometheusInfo(x, netuid, hotkey),
    stake: [[coldkey, getStakeForHotkeyOnSubnet(x, hotkey, netuid)]],
    rank: 0,
    emission: Emission.get(x, netuid)[uid] ?? 0n,
    incentive: Incentive.get(x, netuid)[uid] ?? 0,
    consensus: Consensus.get(x, netuid)[uid] ?? 0,
    trust: 0,
    validator_trust: ValidatorTrust.get(x, netuid)[uid] ?? 0,
    dividends: Dividends.get(x, netuid)[uid] ?? 0,
    last_update: LastUpdate.get(x, netuid)[uid] ?? 0n,
    validator_permit: ValidatorPermit.get(x, netuid)[uid] ?? false,
    pruning_score: 0xffff,
  };
}

function neuron(x: Ext, netuid: number, uid: number): ValueOf<typeof NeuronInfo> | undefined {
  const lite = neuronLite(x, netuid, uid);
  return (
    lite && {
      ...lite,
      weights: nonZeroPairs(Weights.get(x, netuid, uid)),
      bonds: nonZeroPairs(Bonds.get(x, netuid, uid)),
    }
  );
}

/** Neurons from uid 0 up to the first uid without one. */
function everyNeuron<T>(x: Ext, netuid: number, read: (x: Ext, netuid: number, uid: number) => T | undefined): T[] {
  if (!ifSubnetExist(x, netuid)) return [];
  const neurons: T[] = [];
  const n = SubnetworkN.get(x, netuid);
  for (let uid = 0; uid < n; uid++) {
    const next = read(x, netuid, uid);
    if (next === undefined) break;
    neurons.push(next);
  }
  return neurons;
}

export const getNeurons = (x: Ext, netuid: number) => everyNeuron(x, netuid, neuron);
export const getNeuronsLite = (x: Ext, netuid: number) => everyNeuron(x, netuid, neuronLite);
export const getNeuron = (x: Ext, netuid: number, uid: number) =>
  ifSubnetExist(x, netuid) ? neuron(x, netuid, uid) : undefined;
export const getNeuronLite = (x: Ext, netuid: number, uid: number) =>
  ifSubnetExist(x, netuid) ? neuronLite(x, netuid, uid) : undefined;
