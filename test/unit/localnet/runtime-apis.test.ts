import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../src/lib/localnet/frame/ext.ts';
import { blake2_256 } from '../../../src/lib/localnet/frame/hashing.ts';
import { deposit } from '../../../src/lib/localnet/pallets/balances/currency.ts';
import { PendingKey } from '../../../src/lib/localnet/pallets/mev-shield/spec.ts';
import {
  SubnetHyperparams,
  SubnetHyperparamsV2,
  SubnetHyperparamsV3,
} from '../../../src/lib/localnet/pallets/subtensor/rpc-info/hyperparams.ts';
import { Metagraph, SelectiveMetagraph } from '../../../src/lib/localnet/pallets/subtensor/rpc-info/metagraph.ts';
import { SubnetInfo, SubnetInfov2 } from '../../../src/lib/localnet/pallets/subtensor/rpc-info/subnet-info.ts';
import {
  Incentive,
  LastUpdate,
  Lock,
  MaxWeightsLimit,
  MechanismCountCurrent,
  NetworksAdded,
  StakingHotkeys,
  SubnetTAO,
} from '../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { ApplyExtrinsicResult } from '../../../src/lib/localnet/runtime/apis/transaction-apis.ts';
import type { Runtime } from '../../../src/lib/localnet/runtime/create-runtime.ts';
import { fromHex, toHex, utf8 } from '../../../src/lib/localnet/scale/bytes.ts';
import { option, tuple, vec } from '../../../src/lib/localnet/scale/compound.ts';
import { ScaleError } from '../../../src/lib/localnet/scale/io.ts';
import { bytes, fixedBytes, u8, u16, u32, u64 } from '../../../src/lib/localnet/scale/primitives.ts';
import { decode, encode, type Type } from '../../../src/lib/localnet/scale/type.ts';
import { AccountId32 } from '../../../src/lib/localnet/scale/well-known.ts';
import { runtimeOver } from '../../../src/lib/localnet/vectors/runtime-for-vectors.ts';
import { readVector } from '../../helpers/read-vector.ts';

type Pairs = readonly (readonly [string, string])[];
const recorded = (readVector('runtime-api-results') as { state: Pairs }).state;

interface Chain {
  readonly runtime: Runtime;
  readonly x: Ext;
  call(method: string, ...args: readonly (readonly [Type<never>, unknown])[]): Uint8Array;
}

/** A runtime on the recorded state of five subnets. */
function chainOn(pairs: Pairs = recorded): Chain {
  const { runtime, state } = runtimeOver(pairs);
  const x = runtime.createExt(state);
  return {
    runtime,
    x,
    call: (method, ...args) => {
      const input = Buffer.concat(args.map(([type, value]) => encode(type as Type<unknown>, value)));
      return runtime.callApi(x, method, new Uint8Array(input))!;
    },
  };
}
const arg = <T>(type: Type<T>, value: T) => [type as Type<never>, value] as const;

describe('callApi', () => {
  it('knows what it has, and takes exactly the arguments', () => {
    const { runtime, x } = chainOn();
    expect(runtime.callApi(x, 'EthereumRuntimeRPCApi_call', new Uint8Array())).toBeUndefined();
    expect(runtime.callApi(x, 'NoSuchApi_method', new Uint8Array())).toBeUndefined();
    expect(() => runtime.callApi(x, 'SwapRuntimeApi_current_alpha_price', Uint8Array.of(1))).toThrow(ScaleError);
    expect(() => runtime.callApi(x, 'SwapRuntimeApi_current_alpha_price', Uint8Array.of(1, 0, 0))).toThrow(ScaleError);
  });

  it('leaves nothing behind', () => {
    const { runtime, x, call } = chainOn();
    SubnetTAO.get(x, 1);
    call('SwapRuntimeApi_sim_swap_tao_for_alpha', arg(u16, 2), arg(u64, 10n ** 9n));
    call('SubnetInfoRuntimeApi_get_all_metagraphs');
    expect(x.changes()).toEqual([]);
    expect(runtime.version.apis).toHaveLength(24);
  });
});

describe('the limit of a single weight', () => {
  // pallets/subtensor/src/utils/misc.rs `get_max_weight_limit` is a constant; the storage item of that name is read by nobody.
  it('is 65535 whatever an old setting says', () => {
    const chain = chainOn();
    MaxWeightsLimit.insert(chain.x, 2, 100);
    const of = <T>(type: Type<T>, method: string) =>
      decode(type, chain.call(`SubnetInfoRuntimeApi_${method}`, arg(u16, 2)));
    expect(of(option(SubnetInfo), 'get_subnet_info')?.max_weights_limit).toBe(65_535);
    expect(of(option(SubnetInfov2), 'get_subnet_info_v2')?.max_weights_limit).toBe(65_535);
    expect(of(option(SubnetHyperparams), 'get_subnet_hyperparams')?.max_weights_limit).toBe(65_535);
    expect(of(option(SubnetHyperparamsV2), 'get_subnet_hyperparams_v2')?.max_weights_limit).toBe(65_535);
    expect(of(option(Metagraph), 'get_metagraph')?.max_weights_limit).toBe(65_535);
    const entries = of(option(SubnetHyperparamsV3), 'get_subnet_hyperparams_v3') ?? [];
    expect(entries.find(({ name }) => toHex(name) === toHex(utf8.encode('max_weights_limit')))?.value.value).toBe(
      65_535,
    );
  });
});

describe('selective metagraphs', () => {
  const mechanismOne = 4096 + 2;
  const selective = ({ call }: Chain, method: string, indexes: number[], mechanism?: number) =>
    decode(
      option(SelectiveMetagraph),
      call(
        `SubnetInfoRuntimeApi_${method}`,
        arg(u16, 2),
        ...(mechanism === undefined ? [] : [arg(u8, mechanism)]),
        arg(vec(u16), indexes),
      ),
    )!;

  it('of a mechanism have its own updates and incentives, and the subnet’s rest', () => {
    const chain = chainOn();
    MechanismCountCurrent.insert(chain.x, 2, 2);
    LastUpdate.insert(chain.x, mechanismOne, [7n, 8n]);
    Incentive.insert(chain.x, mechanismOne, [9, 10]);
    const indexes = [52, 59, 62, 69];
    const subnet = selective(chain, 'get_selective_metagraph', indexes);
    const mechanism = selective(chain, 'get_selective_mechagraph', indexes, 1);
    expect(mechanism.last_update).toEqual({ value: [7n, 8n] });
    expect(mechanism.incentives).toEqual({ value: [9, 10] });
    expect([mechanism.hotkeys, mechanism.total_stake]).toEqual([subnet.hotkeys, subnet.total_stake]);
    expect([subnet.netuid, mechanism.netuid]).toEqual([0, 2]);
    expect(selective(chain, 'get_selective_mechagraph', indexes, 0)).toEqual({ ...subnet, netuid: 2 });
  });

  it('tell a field that is empty from one that was not asked for', () => {
    const some = selective(chainOn(), 'get_selective_metagraph', [0, 3, 999]);
    expect(some.netuid).toBe(2);
    expect(some.identity).toEqual({ value: undefined });
    expect(some.name).toBeUndefined();
  });

  it('of a subnet that does not exist are none', () => {
    const { call, x } = chainOn();
    expect(call('SubnetInfoRuntimeApi_get_selective_metagraph', arg(u16, 77), arg(vec(u16), [0]))).toEqual(
      Uint8Array.of(0),
    );
    expect(call('SubnetInfoRuntimeApi_get_mechagraph', arg(u16, 2), arg(u8, 5))).toEqual(Uint8Array.of(0));
    expect(NetworksAdded.containsKey(x, 77)).toBe(false);
  });
});

describe('stake availability', () => {
  it('counts what is locked, and leaves out what is empty or unknown', () => {
    const chain = chainOn();
    const [coldkey] = [...StakingHotkeys.iter(chain.x)].find(([, hotkeys]) => hotkeys.length > 0)!;
    const nobody = 'f'.repeat(64);
    const ask = (netuids: number[] | undefined) =>
      chain.call(
        'StakeInfoRuntimeApi_get_stake_availability_for_coldkeys',
        arg(vec(AccountId32), [nobody, coldkey, nobody]),
        arg(option(vec(u16)), netuids),
      );
    const all = toHex(ask(undefined));
    expect(all.startsWith('08')).toBe(true);
    expect(all.endsWith(`${nobody}00`)).toBe(true);
    expect(toHex(ask([]))).toBe(`08${coldkey}00${nobody}00`);
    expect(toHex(ask([77, 77]))).toBe(`08${coldkey}00${nobody}00`);
    Lock.insert(chain.x, [coldkey, 2, nobody], { locked_mass: 5000n, conviction: 0n, last_update: 0n });
    expect(toHex(ask(undefined))).not.toBe(all);
  });
});

describe('fees', () => {
  it('of calls are what the chain’s fee queries say', () => {
    const { runtime, x } = chainOn();
    const { rows } = readVector('fees') as {
      rows: { call_hex: string; extrinsic_len: number; partial_fee: string; inclusion_fee: unknown }[];
    };
    let compared = 0;
    for (const { call_hex, extrinsic_len, partial_fee, inclusion_fee } of rows) {
      const input = new Uint8Array(Buffer.concat([fromHex(call_hex), encode(u32, extrinsic_len)]));
      let info: Uint8Array;
      try {
        info = runtime.callApi(x, 'TransactionPaymentCallApi_query_call_info', input)!;
      } catch (thrown) {
        // A call that this runtime does not have.
        expect(thrown).toBeInstanceOf(ScaleError);
        continue;
      }
      expect(decode(u64, info.slice(-8))).toBe(BigInt(partial_fee));
      const details = runtime.callApi(x, 'TransactionPaymentCallApi_query_call_fee_details', input)!;
      expect(details[0]).toBe(inclusion_fee === null ? 0 : 1);
      expect(decode(u64, details.slice(-8))).toBe(0n);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('of weight and length', () => {
    const { call } = chainOn();
    expect(decode(u64, call('TransactionPaymentApi_query_length_to_fee', arg(u32, 123)))).toBe(123n);
    const weight = Uint8Array.of(0x02, 0x09, 0x3d, 0x00, 0x00);
    expect(call('TransactionPaymentApi_query_weight_to_fee', arg(fixedBytes(5), toHex(weight)))).toHaveLength(8);
  });
});

describe('transactions', () => {
  const { initial, cases, parent_hash } = readVector('validity') as {
    initial: Pairs;
    parent_hash: string;
    cases: { case: string; extrinsic_hex: string; validate_scale: string }[];
  };
  const extrinsicOf = (name: string) => fromHex(cases.find((one) => one.case === name)!.extrinsic_hex);
  const validate = (chain: Chain, extrinsic: Uint8Array) =>
    chain.runtime.callApi(
      chain.x,
      'TaggedTransactionQueue_validate_transaction',
      new Uint8Array(Buffer.concat([Uint8Array.of(2), extrinsic, fromHex(parent_hash)])),
    )!;

  it('are validated: well, or with the reason', () => {
    const chain = chainOn(initial);
    // Asked one block later than in the recording: all but longevity (8 bytes) and propagate (1) is the same.
    const known = fromHex(cases.find((one) => one.case === 'ok remark')!.validate_scale);
    expect(validate(chain, extrinsicOf('ok remark')).slice(0, -9)).toEqual(known.slice(0, -9));
    expect(toHex(validate(chain, extrinsicOf('wrong signer')))).toBe('010004');
    expect(chain.x.changes()).toEqual([]);
  });

  // Asked of the real runtime: frame-system and pallet-grandpa declare `ValidateUnsigned` and take none of these; a pallet
  // without it has no bare transactions in the pool, while a block may hold its calls: they fail as any call from nobody.
  it.each([
    ['System.remark', '00000400', '010000', '010000'],
    ['Grandpa.note_stalled', '04020100000001000000', '010000', '010000'],
    ['Drand.set_oldest_stored_round', '1a020100000000000000', '010000', '010000'],
    ['Balances.transfer_keep_alive', `050300${'8e'.repeat(32)}04`, '010101', '000102'],
    ['SafeMode.enter', '1400', '010101', '000102'],
    ['Sudo.remove_key', '0c04', '010101', '000102'],
  ])('that are bare and no inherent are refused: %s', (_name, call, validity, applied) => {
    const chain = chainOn(initial);
    const extrinsic = fromHex(`05${call}`);
    const opaque = Uint8Array.of(extrinsic.length << 2, ...extrinsic);
    expect(toHex(validate(chain, opaque))).toBe(validity);
    expect(toHex(chain.runtime.callApi(chain.x, 'BlockBuilder_apply_extrinsic', opaque)!)).toBe(applied);
  });

  it('are applied without a trace', () => {
    const chain = chainOn(initial);
    const apply = (name: string) =>
      decode(ApplyExtrinsicResult, chain.runtime.callApi(chain.x, 'BlockBuilder_apply_extrinsic', extrinsicOf(name))!);
    expect(apply('ok remark')).toEqual({ type: 'Ok', value: { type: 'Ok', value: undefined } });
    expect(apply('add_stake bad subnet')).toMatchObject({ type: 'Ok', value: { type: 'Err' } });
    expect(apply('wrong signer')).toMatchObject({ type: 'Err' });
    expect(chain.x.changes()).toEqual([]);
    expect(chain.x.phase).toEqual({ type: 'Initialization' });
  });
});

describe('what other APIs read', () => {
  it('of keys and consensus', () => {
    const { call } = chainOn();
    const keys = new Uint8Array(64).fill(1);
    const decoded = decode(
      option(vec(tuple(bytes, fixedBytes(4)))),
      call('SessionKeys_decode_session_keys', arg(bytes, keys)),
    )!;
    expect(decoded.map(([key, type]) => [key.length, utf8.decode(fromHex(type))])).toEqual([
      [32, 'aura'],
      [32, 'gran'],
    ]);
    expect(call('SessionKeys_decode_session_keys', arg(bytes, keys.slice(1)))).toEqual(Uint8Array.of(0));
    expect(decode(u64, call('AuraApi_slot_duration'))).toBe(12_000n);
    expect(decode(vec(AccountId32), call('AuraApi_authorities'))).toHaveLength(1);
    expect(decode(vec(tuple(AccountId32, u64)), call('GrandpaApi_grandpa_authorities'))).toHaveLength(1);
    expect(decode(u64, call('BabeApi_current_epoch_start'))).toBe(0n);
  });

  it('of the EVM: balances in eighteen decimals under the address’s account', () => {
    const chain = chainOn();
    const address = '00112233445566778899aabbccddeeff00112233';
    const account = toHex(blake2_256(new Uint8Array(Buffer.concat([utf8.encode('evm:'), fromHex(address)]))));
    deposit(chain.x, account, 3_000_000_000n, 'BestEffort');
    const basic = chain.call('EthereumRuntimeRPCApi_account_basic', arg(fixedBytes(20), address));
    const number = (at: number) => BigInt(`0x${toHex(basic.slice(at, at + 32).reverse())}`);
    expect(number(0)).toBeGreaterThan(0n);
    expect(number(0) % 10n ** 9n).toBe(0n);
    expect(number(0)).toBeLessThanOrEqual(3n * 10n ** 18n);
    expect(number(32)).toBe(0n);
    expect(decode(u64, chain.call('EthereumRuntimeRPCApi_chain_id'))).toBe(42n);
    expect(chain.call('EthereumRuntimeRPCApi_current_block')[0]).toBe(1);
  });

  it('of the shield: whether a key is the pending one', () => {
    const { x, call } = chainOn();
    const ask = (hash: string) => call('ShieldApi_is_shielded_using_current_key', arg(fixedBytes(16), hash))[0];
    expect(ask('00'.repeat(16))).toBe(0);
    PendingKey.put(x, utf8.encode('abc'));
    // twox128 of "abc", from the reference implementation of xxHash64 with seeds 0 and 1.
    expect(ask('990977adf52cbc440889329981caa9be')).toBe(1);
  });
});
