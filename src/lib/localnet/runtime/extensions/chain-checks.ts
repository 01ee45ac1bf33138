import { asDispatchError, type DispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { RuntimeType } from '../../frame/outer-types.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import type { TransactionExtension } from '../../frame/transaction-extension.ts';
import { invalid, invalidCustom, unknownTransaction } from '../../frame/transaction-validity.ts';
import { Key as SudoKey } from '../../pallets/sudo/spec.ts';
import { option, plainEnum, struct } from '../../scale/compound.ts';
import { fixedBytes, unit } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';

// The extensions that the chain's own pallets bring.

const none = unit as Type<unknown>;
const ofRuntime = (path: string): Type<unknown> =>
  struct(path, {}, { params: [{ name: 'T', type: RuntimeType }] }) as Type<unknown>;

/** runtime/src/sudo_wrapper.rs: only the sudo key may send calls of Sudo. */
export const sudoTransactionExtension: TransactionExtension = {
  identifier: 'SudoTransactionExtension',
  type: ofRuntime('node_subtensor_runtime::sudo_wrapper::SudoTransactionExtension'),
  additionalSigned: none,
  validate: (x, { origin, call }) => {
    if (origin.type === 'Signed' && call.type === 'Sudo' && SudoKey.get(x) !== origin.account) {
      throw invalid('BadSigner');
    }
    return {};
  },
};

const KEY_HASH = 16;
const NONCE = 24;
const FAILED_SHIELDED_TX_PARSING = 23;

/** Whether bytes have the form of a shielded transaction (pallets/shield/src/lib.rs, ShieldedTransaction::parse). */
function isShieldedTransaction(ciphertext: Uint8Array): boolean {
  const lengthAt = KEY_HASH;
  if (ciphertext.length < lengthAt + 2) return false;
  const kemLength = ciphertext[lengthAt]! | (ciphertext[lengthAt + 1]! << 8);
  return ciphertext.length >= lengthAt + 2 + kemLength + NONCE;
}

/** pallets/shield/src/extension.rs: a shielded transaction must at least be one by its form. */
export const checkShieldedTxValidity: TransactionExtension = {
  identifier: 'CheckShieldedTxValidity',
  type: ofRuntime('pallet_shield::extension::CheckShieldedTxValidity'),
  additionalSigned: none,
  validate: (_, { origin, call }) => {
    if (origin.type === 'Signed' && call.type === 'MevShield' && call.value.type === 'submit_encrypted') {
      const { ciphertext } = call.value.value as { readonly ciphertext: Uint8Array };
      if (!isShieldedTransaction(ciphertext)) throw invalidCustom(FAILED_SHIELDED_TX_PARSING);
    }
    return {};
  },
};

/** Checks that run before a signed call, in the pool and again at each dispatch. @throws DispatchError */
export type Guard = (x: Ext, who: AccountId, call: RuntimeCallValue) => void;

/** pallets/subtensor/src/extensions/subtensor.rs: the guards, with their errors as custom codes. */
export function subtensorTransactionExtension(
  guard: Guard,
  codeOf: (error: DispatchError) => number,
): TransactionExtension {
  return {
    identifier: 'SubtensorTransactionExtension',
    type: ofRuntime('pallet_subtensor::extensions::subtensor::SubtensorTransactionExtension'),
    additionalSigned: none,
    validate: (x, { origin, call }) => {
      if (origin.type !== 'Signed') return {};
      try {
        guard(x, origin.account, call);
      } catch (thrown) {
        const error = asDispatchError(thrown);
        if (!error) throw thrown;
        throw invalidCustom(codeOf(error));
      }
      return {};
    },
  };
}

const DRAND_PRIORITY = 10_000n;

/** pallets/drand/src/drand_priority.rs. */
export const drandPriority: TransactionExtension = {
  identifier: 'DrandPriority',
  type: ofRuntime('pallet_drand::drand_priority::DrandPriority'),
  additionalSigned: none,
  validate: (_, { call }) =>
    call.type === 'Drand' && call.value.type === 'write_pulse' ? { validity: { priority: DRAND_PRIORITY } } : {},
};

const MODE = plainEnum('frame_metadata_hash_extension::Mode', ['Disabled', 'Enabled']);
const MetadataHash = option(fixedBytes(32));

/** The hash of this runtime's metadata (RFC-0078), hex; undefined where it is not known. */
export type MetadataHashPort = () => string | undefined;

/** frame_metadata_hash_extension: mode 1 signs the metadata's hash; it is refused while the hash is not known. */
export function checkMetadataHash(metadataHash: MetadataHashPort): TransactionExtension {
  return {
    identifier: 'CheckMetadataHash',
    type: struct(
      'frame_metadata_hash_extension::CheckMetadataHash',
      { mode: MODE },
      {
        params: [{ name: 'T' }],
        typeNames: { mode: 'Mode' },
      },
    ) as Type<unknown>,
    additionalSigned: MetadataHash as Type<unknown>,
    implicit: (_, extra, out) => {
      if (extra.metadataHash === 'Disabled') {
        MetadataHash.encode(out, undefined);
        return;
      }
      const hash = metadataHash();
      if (hash === undefined) throw unknownTransaction('CannotLookup');
      MetadataHash.encode(out, hash);
    },
  };
}
