import type { NodeRuntime } from '../node/node-runtime.ts';
import { toHex } from '../scale/bytes.ts';
import { option, tuple, vec } from '../scale/compound.ts';
import { Writer } from '../scale/io.ts';
import { u8 as u8Type, u16 as u16Type, u64 as u64Type } from '../scale/primitives.ts';
import { decode, type Type } from '../scale/type.ts';
import { AccountId32 } from '../scale/well-known.ts';
import { callRuntime, stateOf } from './blocks.ts';
import { method, type RpcMethod, type RpcMethods } from './method.ts';
import { account, byteList, hash, list, optional, type Param, type ParamSpec, u8, u16, u64 } from './params.ts';
import { invalidParams } from './rpc-error.ts';

// The chain's own methods (pallets/subtensor/rpc, pallets/swap/rpc): each forwards to a runtime API.

/** An argument: how JSON gives it and how SCALE writes it. */
interface Argument {
  readonly param: Param<unknown>;
  readonly type: Type<unknown>;
}

const argument = <T>(param: Param<T>, type: Type<T>): Argument => ({ param, type: type as Type<unknown> });

/** 32 bytes of an account as a list of numbers, which is how these methods take it. */
const accountBytes: Param<string> = (value, name) => {
  const bytes = byteList(value, name);
  if (bytes.length !== 32) throw invalidParams(`${name}: expected 32 bytes`);
  return toHex(bytes);
};

const netuid = argument(u16, u16Type);
const uid = argument(u16, u16Type);
const mecid = argument(u8, u8Type);
const accountVec = argument(accountBytes, AccountId32);
const coldkey = argument(account, AccountId32);
const indices = argument<readonly number[]>(list(u16), vec(u16Type));
const amount = argument(u64, u64Type);

/** SCALE bytes as a list of numbers. */
const raw = (output: Uint8Array): unknown => Array.from(output);
const asNumber = (output: Uint8Array): unknown => Number(decode(u64Type, output));
const asOptionalNumber = (output: Uint8Array): unknown => decode(option(u16Type), output) ?? null;

const asPrices = (output: Uint8Array): unknown =>
  decode(vec(tuple(u16Type, u64Type)), output).map(([of, price]) => ({ netuid: of, price: Number(price) }));

interface Forward {
  readonly to: string;
  readonly args: Readonly<Record<string, Argument>>;
  readonly read: (output: Uint8Array) => unknown;
}

const forward = (
  to: string,
  args: Readonly<Record<string, Argument>> = {},
  read: (output: Uint8Array) => unknown = raw,
): Forward => ({ to, args, read });

const FORWARDS: Readonly<Record<string, Forward>> = {
  delegateInfo_getDelegates: forward('DelegateInfoRuntimeApi_get_delegates'),
  delegateInfo_getDelegate: forward('DelegateInfoRuntimeApi_get_delegate', { delegateAccountVec: accountVec }),
  delegateInfo_getDelegated: forward('DelegateInfoRuntimeApi_get_delegated', { delegateeAccountVec: accountVec }),
  neuronInfo_getNeuronsLite: forward('NeuronInfoRuntimeApi_get_neurons_lite', { netuid }),
  neuronInfo_getNeuronLite: forward('NeuronInfoRuntimeApi_get_neuron_lite', { netuid, uid }),
  neuronInfo_getNeurons: forward('NeuronInfoRuntimeApi_get_neurons', { netuid }),
  neuronInfo_getNeuron: forward('NeuronInfoRuntimeApi_get_neuron', { netuid, uid }),
  subnetInfo_getSubnetInfo: forward('SubnetInfoRuntimeApi_get_subnet_info', { netuid }),
  subnetInfo_getSubnetsInfo: forward('SubnetInfoRuntimeApi_get_subnets_info'),
  subnetInfo_getSubnetInfo_v2: forward('SubnetInfoRuntimeApi_get_subnet_info_v2', { netuid }),
  subnetInfo_getSubnetsInfo_v2: forward('SubnetInfoRuntimeApi_get_subnets_info_v2'),
  subnetInfo_getSubnetHyperparams: forward('SubnetInfoRuntimeApi_get_subnet_hyperparams', { netuid }),
  subnetInfo_getSubnetHyperparamsV2: forward('SubnetInfoRuntimeApi_get_subnet_hyperparams_v2', { netuid }),
  subnetInfo_getAllDynamicInfo: forward('SubnetInfoRuntimeApi_get_all_dynamic_info'),
  subnetInfo_getDynamicInfo: forward('SubnetInfoRuntimeApi_get_dynamic_info', { netuid }),
  subnetInfo_getAllMetagraphs: forward('SubnetInfoRuntimeApi_get_all_metagraphs'),
  subnetInfo_getMetagraph: forward('SubnetInfoRuntimeApi_get_metagraph', { netuid }),
  subnetInfo_getAllMechagraphs: forward('SubnetInfoRuntimeApi_get_all_mechagraphs'),
  subnetInfo_getMechagraph: forward('SubnetInfoRuntimeApi_get_mechagraph', { netuid, mecid }),
  subnetInfo_getSubnetState: forward('SubnetInfoRuntimeApi_get_subnet_state', { netuid }),
  subnetInfo_getLockCost: forward('SubnetRegistrationRuntimeApi_get_network_registration_cost', {}, asNumber),
  subnetInfo_getSelectiveMetagraph: forward('SubnetInfoRuntimeApi_get_selective_metagraph', {
    netuid,
    metagraphIndex: indices,
  }),
  subnetInfo_getColdkeyAutoStakeHotkey: forward('SubnetInfoRuntimeApi_get_coldkey_auto_stake_hotkey', {
    coldkey,
    netuid,
  }),
  subnetInfo_getSelectiveMechagraph: forward('SubnetInfoRuntimeApi_get_selective_mechagraph', {
    netuid,
    mecid,
    metagraphIndex: indices,
  }),
  subnetInfo_getSubnetToPrune: forward('SubnetInfoRuntimeApi_get_subnet_to_prune', {}, asOptionalNumber),
  subnetInfo_getSubnetAccountId: forward('SubnetInfoRuntimeApi_get_subnet_account_id', { netuid }),
  stakeInfo_getColdkeyLock: forward('StakeInfoRuntimeApi_get_coldkey_lock', { coldkey, netuid }),
  swap_currentAlphaPrice: forward('SwapRuntimeApi_current_alpha_price', { netuid }, asNumber),
  swap_currentAlphaPriceAll: forward('SwapRuntimeApi_current_alpha_price_all', {}, asPrices),
  swap_simSwapTaoForAlpha: forward('SwapRuntimeApi_sim_swap_tao_for_alpha', { netuid, tao: amount }),
  swap_simSwapAlphaForTao: forward('SwapRuntimeApi_sim_swap_alpha_for_tao', { netuid, alpha: amount }),
};

function forwarding({ to, args, read }: Forward): RpcMethod {
  const spec: ParamSpec = {
    ...Object.fromEntries(Object.entries(args).map(([name, { param }]) => [name, param])),
    at: optional(hash),
  };
  return method(spec, (params, { engine }) => {
    const given = params as Readonly<Record<string, unknown>>;
    const input = new Writer(64);
    for (const [name, { type }] of Object.entries(args)) type.encode(input, given[name]);
    return read(callRuntime(stateOf(engine, given.at as string | undefined), to, input.finish()));
  });
}

/** The chain's own methods as far as the runtime has what they forward to. */
export function subtensorMethods(runtime: NodeRuntime): RpcMethods {
  const served = Object.entries(FORWARDS).filter(([, { to }]) => runtime.serves(to));
  return Object.fromEntries(served.map(([name, to]) => [name, forwarding(to)]));
}
