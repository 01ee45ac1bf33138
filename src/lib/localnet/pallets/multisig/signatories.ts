import { blake2_256 } from '../../frame/hashing.ts';
import { concatBytes, toHex, utf8 } from '../../scale/bytes.ts';
import { vec } from '../../scale/compound.ts';
import { u16 } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';
import { type AccountId, AccountId32 } from '../../scale/well-known.ts';
import { constants, errors } from './spec.ts';

// Who a multisig account is (pallet-multisig 41, src/lib.rs).

const MAX_SIGNATORIES = constants.MaxSignatories.value as number;
const Accounts = vec(AccountId32);

/** The account of sorted signatories and a threshold. */
export function multiAccountId(signatories: readonly AccountId[], threshold: number): AccountId {
  return toHex(
    blake2_256(concatBytes(utf8.encode('modlpy/utilisuba'), encode(Accounts, signatories), encode(u16, threshold))),
  );
}

/**
 * The others and the sender in order.
 * @throws Multisig.TooFewSignatories, TooManySignatories, SignatoriesOutOfOrder, SenderInSignatories
 */
export function signatoriesOf(others: readonly AccountId[], sender: AccountId): readonly AccountId[] {
  if (others.length === 0) throw errors.TooFewSignatories;
  if (others.length >= MAX_SIGNATORIES) throw errors.TooManySignatories;
  let before = 0;
  for (const [index, account] of others.entries()) {
    if (index > 0 && others[index - 1]! >= account) throw errors.SignatoriesOutOfOrder;
    if (account === sender) throw errors.SenderInSignatories;
    if (account < sender) before += 1;
  }
  return [...others.slice(0, before), sender, ...others.slice(before)];
}
