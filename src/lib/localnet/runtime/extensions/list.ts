import type { DispatchError } from '../../frame/dispatch-error.ts';
import type { TransactionExtension } from '../../frame/transaction-extension.ts';
import type { AlphaFees } from '../../pallets/transaction-payment/charge.ts';
import {
  checkMetadataHash,
  checkShieldedTxValidity,
  drandPriority,
  type Guard,
  type MetadataHashPort,
  subtensorTransactionExtension,
  sudoTransactionExtension,
} from './chain-checks.ts';
import { chargeTransactionPayment, type RealPaysFee } from './charge-transaction-payment.ts';
import { checkWeight } from './check-weight.ts';
import {
  checkGenesis,
  checkMortality,
  checkNonce,
  checkNonZeroSender,
  checkSpecVersion,
  checkTxVersion,
} from './system-checks.ts';

/** The thirteen extensions of the chain in their order (runtime/src/lib.rs, TxExtension). */
export function transactionExtensions(ports: {
  readonly guard: Guard;
  readonly guardErrorCode: (error: DispatchError) => number;
  readonly alphaFees?: AlphaFees | undefined;
  readonly realPaysFee?: RealPaysFee | undefined;
  readonly metadataHash: MetadataHashPort;
}): readonly TransactionExtension[] {
  return [
    checkNonZeroSender,
    checkSpecVersion,
    checkTxVersion,
    checkGenesis,
    checkMortality,
    checkNonce as TransactionExtension,
    checkWeight as TransactionExtension,
    chargeTransactionPayment(ports) as TransactionExtension,
    sudoTransactionExtension,
    checkShieldedTxValidity,
    subtensorTransactionExtension(ports.guard, ports.guardErrorCode),
    drandPriority,
    checkMetadataHash(ports.metadataHash),
  ];
}
