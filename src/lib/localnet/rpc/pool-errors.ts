import type { TransactionValidityError } from '../frame/transaction-validity.ts';
import { PoolError } from '../node/pool/pool-error.ts';
import { RpcError } from './rpc-error.ts';

// Codes and words of a real node (sc-rpc-api, author; sp-runtime, transaction_validity): clients match on them.

const INVALID: Readonly<Record<string, string>> = {
  Call: 'Transaction call is not expected',
  Future: 'Transaction will be valid in the future',
  Stale: 'Transaction is outdated',
  BadProof: 'Transaction has a bad signature',
  AncientBirthBlock: 'Transaction has an ancient birth block',
  ExhaustsResources: 'Transaction would exhaust the block limits',
  Payment: 'Inability to pay some fees (e.g. account balance too low)',
  BadMandatory: 'A call was labelled as mandatory, but resulted in an Error.',
  MandatoryValidation: 'Transaction dispatch is mandatory; transactions must not be validated.',
  BadSigner: 'Invalid signing address',
  IndeterminateImplicit: 'The implicit data was unable to be calculated',
  UnknownOrigin: 'The transaction extension did not authorize any origin',
};

function validityError({ value }: TransactionValidityError): RpcError {
  const reason = value.value;
  if (value.type === 'Unknown') {
    const data = reason.type === 'Custom' ? `Custom(${reason.value})` : reason.type;
    return new RpcError(1011, 'Unknown Transaction Validity', data);
  }
  const data = reason.type === 'Custom' ? `Custom error: ${reason.value}` : INVALID[reason.type];
  return new RpcError(1010, 'Invalid Transaction', data);
}

/** The answer of a real node to a transaction that the pool does not take. */
export function poolRpcError(error: PoolError): RpcError {
  const { refusal } = error;
  switch (refusal.type) {
    case 'invalid':
      return validityError(refusal.error);
    case 'banned':
      return new RpcError(1012, 'Transaction is temporarily banned');
    case 'already-imported':
      return new RpcError(1013, 'Transaction Already Imported', `0x${refusal.hash}`);
    case 'too-low-priority':
      return new RpcError(
        1014,
        `Priority is too low: (${refusal.old} vs ${refusal.new})`,
        'The transaction has too low priority to replace another transaction already in the pool.',
      );
    case 'cycle':
      return new RpcError(1015, 'Cycle Detected');
    case 'immediately-dropped':
      return new RpcError(1016, 'Immediately Dropped', "The transaction couldn't enter the pool because of the limit");
    case 'no-tags':
      return new RpcError(
        1019,
        'No tags provided',
        "Transaction does not provide any tags, so the pool can't identify it",
      );
  }
}

/** Runs `body` and puts what the pool says into JSON-RPC's words. */
export function withPoolErrors<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof PoolError) throw poolRpcError(error);
    throw error;
  }
}
