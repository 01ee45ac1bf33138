import { fixedBytes, str } from './primitives.ts';
import { newtype, type Type } from './type.ts';

/** An account's public key: 64 hex digits without 0x. */
export type AccountId = string;

export const AccountId32 = newtype<AccountId>('sp_core::crypto::AccountId32', fixedBytes(32), { typeName: '[u8; 32]' });
export const H256 = newtype('primitive_types::H256', fixedBytes(32), { typeName: '[u8; 32]' });
export const H160 = newtype('primitive_types::H160', fixedBytes(20), { typeName: '[u8; 20]' });

/** `Cow<T>`: the value, borrowed or not. */
export const cow = <T>(inner: Type<T>): Type<T> =>
  newtype('Cow', inner, { params: [{ name: 'T', type: inner as Type<unknown> }] });
export const cowStr = cow(str);

/** The account of thirty-two zero bytes: genesis' owner of subnet 1 and FRAME's default account. */
export const ZERO_ACCOUNT: AccountId = '0'.repeat(64);
