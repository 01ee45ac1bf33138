import { type ArgsOf, type CallDef, call } from '../../frame/pallet.ts';
import type { DispatchInfo } from '../../frame/weight.ts';
import { boundedBytes, option, vec } from '../../scale/compound.ts';
import { I64F64Type, I96F32Type, U64F64Type } from '../../scale/fixed-types.ts';
import { bool, bytes, i16, u8, u16, u32, u64, u128 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import { AccountId32, H160, H256 } from '../../scale/well-known.ts';

// Argument types of calls, each with the name that the chain's source gives it: metadata shows both.

const namesOfTypes = new Map<Type<unknown>, string>();

/** The same type under the name that an argument's metadata shows. */
export function named<T>(type: Type<T>, name: string): Type<T> {
  const alias = { ...type };
  namesOfTypes.set(alias as Type<unknown>, name);
  return alias;
}

const remember = <T>(type: Type<T>, name: string): void => {
  namesOfTypes.set(type as Type<unknown>, name);
};
remember(bool, 'bool');
remember(u8, 'u8');
remember(u16, 'u16');
remember(i16, 'i16');
remember(u32, 'u32');
remember(u64, 'u64');
remember(u128, 'u128');
remember(bytes, 'Vec<u8>');
remember(H160, 'H160');
remember(H256, 'H256');
remember(I64F64Type, 'I64F64');
remember(I96F32Type, 'I96F32');
remember(U64F64Type, 'U64F64');

export const NetUid = named(u16, 'NetUid');
export const MechId = named(u8, 'MechId');
/** Rao of TAO. */
export const TaoBalance = named(u64, 'TaoBalance');
/** Rao of alpha. */
export const AlphaBalance = named(u64, 'AlphaBalance');
export const Account = named(AccountId32, 'T::AccountId');
export const BlockNumber = named(u32, 'BlockNumberFor<T>');
export const OptionNetUid = named(option(u16), 'Option<NetUid>');
export const U16s = named(vec(u16), 'Vec<u16>');
export const TimelockedCommit = named(boundedBytes(5000), 'BoundedVec<u8, ConstU32<MAX_CRV3_COMMIT_SIZE_BYTES>>');

type Args = Readonly<Record<string, unknown>>;

/** Declares a call whose arguments' type names follow from their types. */
export function callWithNames<const A extends Args>(
  index: number,
  args: A,
  info: DispatchInfo | ((args: ArgsOf<A>) => DispatchInfo),
  run: Parameters<typeof call<A>>[3],
): CallDef {
  const typeNames: Record<string, string> = {};
  for (const [argument, type] of Object.entries(args)) {
    const name = namesOfTypes.get(type as Type<unknown>);
    if (name === undefined) throw new Error(`argument ${argument} of call ${index}: its type has no name`);
    typeNames[argument] = name;
  }
  return call(index, args, info, run, typeNames as Partial<Record<keyof A & string, string>>);
}
