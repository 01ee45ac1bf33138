import { asDispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { lookup, type MultiAddressValue } from '../../frame/multi-address.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import type { TransactionExtension } from '../../frame/transaction-extension.ts';
import {
  type AlphaFees,
  canWithdrawFee,
  correctAndDepositFee,
  type WithdrawnFee,
  withdrawFee,
} from '../../pallets/transaction-payment/charge.ts';
import { computeActualFee, computeFee } from '../../pallets/transaction-payment/fee.ts';
import { events } from '../../pallets/transaction-payment/spec.ts';
import { compactBigint, u64, unit } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';

// Fees with the chain's wrapper (runtime/src/transaction_payment_wrapper.rs): fixed priorities by class, and the account
// behind a proxy pays when it has agreed to.

const PRIORITY = { Normal: 1n, Mandatory: 1n, Operational: 10_000_000_000n } as const;

/** Whether `real` pays the fees of calls that `delegate` makes for it (Proxy.RealPaysFee). */
export type RealPaysFee = (x: Ext, real: AccountId, delegate: AccountId) => boolean;

interface ProxyCall {
  readonly real: AccountId;
  readonly call: RuntimeCallValue;
}

function proxyCall(call: RuntimeCallValue): ProxyCall | undefined {
  if (call.type !== 'Proxy' || call.value.type !== 'proxy') return undefined;
  const args = call.value.value as { readonly real: MultiAddressValue; readonly call: RuntimeCallValue };
  try {
    return { real: lookup(args.real), call: args.call };
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return undefined;
  }
}

const BATCHES = new Set(['batch', 'batch_all', 'force_batch']);

/** The common payer of a batch that holds nothing but proxy calls for one account. */
function batchPayer(x: Ext, call: RuntimeCallValue, delegate: AccountId, pays: RealPaysFee): AccountId | undefined {
  if (call.type !== 'Utility' || !BATCHES.has(call.value.type)) return undefined;
  const { calls } = call.value.value as { readonly calls: readonly RuntimeCallValue[] };
  let common: AccountId | undefined;
  for (const item of calls) {
    const inner = proxyCall(item);
    if (!inner) return undefined;
    if (common === undefined) {
      if (!pays(x, inner.real, delegate)) return undefined;
      common = inner.real;
    } else if (common !== inner.real) return undefined;
  }
  return common;
}

/** Who pays in place of the signer, two proxies deep at most. */
function realFeePayer(x: Ext, call: RuntimeCallValue, signer: AccountId, pays: RealPaysFee): AccountId | undefined {
  const outer = proxyCall(call);
  if (!outer || !pays(x, outer.real, signer)) return undefined;
  const inner = proxyCall(outer.call);
  if (inner && pays(x, inner.real, outer.real)) return inner.real;
  return batchPayer(x, outer.call, outer.real, pays) ?? outer.real;
}

type Val = { readonly who: AccountId; readonly fee: bigint } | undefined;
type Pre = { readonly who: AccountId; readonly withdrawn: WithdrawnFee } | undefined;

/** The fee extension; what other pallets contribute comes as ports. */
export function chargeTransactionPayment(ports: {
  readonly alphaFees?: AlphaFees | undefined;
  readonly realPaysFee?: RealPaysFee | undefined;
}): TransactionExtension<Val, Pre> {
  const { alphaFees, realPaysFee = () => false } = ports;
  return {
    identifier: 'ChargeTransactionPayment',
    type: newtype('pallet_transaction_payment::ChargeTransactionPayment', compactBigint(u64), {
      params: [{ name: 'T' }],
      typeName: 'BalanceOf<T>',
    }) as Type<unknown>,
    additionalSigned: unit as Type<unknown>,
    validate: (x, { origin, call, info, length, extra }) => {
      const priority = PRIORITY[info.class];
      if (origin.type !== 'Signed') return { validity: { priority } };
      const who = realFeePayer(x, call, origin.account, realPaysFee) ?? origin.account;
      const fee = computeFee(x, length, info, extra.tip);
      canWithdrawFee(x, who, call, fee, alphaFees);
      return { validity: { priority }, val: { who, fee } };
    },
    prepare: (x, { call }, val) =>
      val && { who: val.who, withdrawn: withdrawFee(x, val.who, call, val.fee, alphaFees) },
    postDispatch: (x, { info, length, extra }, pre, postInfo) => {
      if (!pre) return;
      const { who, withdrawn } = pre;
      const actual_fee = computeActualFee(x, length, info, postInfo, extra.tip);
      correctAndDepositFee(x, who, actual_fee, withdrawn, alphaFees);
      events.deposit(x, 'TransactionFeePaid', { who, actual_fee, tip: extra.tip });
    },
  };
}
