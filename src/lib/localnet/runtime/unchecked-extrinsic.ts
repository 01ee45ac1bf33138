import { MultiAddress } from '../frame/multi-address.ts';
import { MultiSignature } from '../frame/multi-signature.ts';
import { RuntimeCall } from '../frame/runtime-types.ts';
import type { TransactionExtension } from '../frame/transaction-extension.ts';
import { tuple } from '../scale/compound.ts';
import { bytes, compactBigint, u64 } from '../scale/primitives.ts';
import { newtype, type Type } from '../scale/type.ts';

const untyped = <T>(type: Type<T>): Type<unknown> => type as Type<unknown>;
const params = [{ name: 'T' }];

/** The fee's extension as Rust nests it; its own metadata entry names the inner one. */
const chargeWrapper = newtype(
  'node_subtensor_runtime::transaction_payment_wrapper::ChargeTransactionPaymentWrapper',
  newtype('pallet_transaction_payment::ChargeTransactionPayment', compactBigint(u64), {
    params,
    typeName: 'BalanceOf<T>',
  }),
  { params, fieldName: 'inner', typeName: 'ChargeTransactionPayment<T>' },
);

/** The extensions' values as one type: three nested tuples, as the runtime groups them (runtime/src/lib.rs, TxExtension). */
export function extraType(extensions: readonly TransactionExtension[]): Type<unknown> {
  const types = extensions.map(({ identifier, type }) =>
    identifier === 'ChargeTransactionPayment' ? untyped(chargeWrapper) : type,
  );
  return untyped(tuple(untyped(tuple(...types.slice(0, 7))), untyped(tuple(...types.slice(7, 12))), types[12]!));
}

/** An extrinsic as an argument or result of runtime APIs: the bytes behind its length prefix. */
export function uncheckedExtrinsicType(extensions: readonly TransactionExtension[]): Type<Uint8Array> {
  const extra = extraType(extensions);
  const common = [
    { name: 'Address', type: untyped(MultiAddress) },
    { name: 'Call', type: untyped(RuntimeCall) },
    { name: 'Signature', type: untyped(MultiSignature) },
  ];
  const generic = newtype('sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic', bytes, {
    params: [...common, { name: 'Extra', type: extra }],
  });
  return newtype('fp_self_contained::unchecked_extrinsic::UncheckedExtrinsic', generic, {
    params: [...common, { name: 'Extension', type: extra }],
    typeName: 'generic::UncheckedExtrinsic<Address, Call, Signature, Extension>',
  });
}
