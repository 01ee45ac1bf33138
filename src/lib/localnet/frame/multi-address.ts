import { enumeration } from '../scale/compound.ts';
import { bytes, fixedBytes, unit } from '../scale/primitives.ts';
import { anonymous, makeType, type Type, type ValueOf } from '../scale/type.ts';
import { type AccountId, AccountId32 } from '../scale/well-known.ts';
import { CannotLookup } from './dispatch-error.ts';

const CompactUnit: Type<undefined> = makeType(
  () => {},
  () => undefined,
  () => anonymous({ kind: 'compact', item: unit as Type<unknown> }),
);

/** `MultiAddress<AccountId, ()>`: how extrinsics name accounts. Only `Id` can be looked up on this chain. */
export const MultiAddress = enumeration(
  'sp_runtime::multiaddress::MultiAddress',
  { Id: AccountId32, Index: CompactUnit, Raw: bytes, Address32: fixedBytes(32), Address20: fixedBytes(20) },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'AccountIndex', type: unit as Type<unknown> },
    ],
  },
);
export type MultiAddressValue = ValueOf<typeof MultiAddress>;

export const addressOf = (account: AccountId): MultiAddressValue => ({ type: 'Id', value: account });

/** `AccountIdLookup`. @throws CannotLookup */
export function lookup(address: MultiAddressValue): AccountId {
  if (address.type !== 'Id') throw CannotLookup;
  return address.value;
}
