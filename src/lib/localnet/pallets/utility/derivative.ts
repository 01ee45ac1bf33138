import { blake2_256 } from '../../frame/hashing.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../scale/bytes.ts';
import { u16 } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';

/** The account that `as_derivative` acts for: one for each account and index. */
export function derivativeAccountId(who: AccountId, index: number): AccountId {
  return toHex(blake2_256(concatBytes(utf8.encode('modlpy/utilisuba'), fromHex(who), encode(u16, index))));
}
