import { EraType, eraBirth, eraDeath } from '../../frame/era.ts';
import type { Ext } from '../../frame/ext.ts';
import { emptyExtension } from '../../frame/metadata.ts';
import type { TransactionExtension } from '../../frame/transaction-extension.ts';
import { invalid, type ValidTransaction } from '../../frame/transaction-validity.ts';
import { blockNumber } from '../../pallets/system/block.ts';
import { Account, BlockHash, constants } from '../../pallets/system/spec.ts';
import type { RuntimeVersion } from '../../pallets/system/types.ts';
import { concatBytes, fromHex } from '../../scale/bytes.ts';
import { compactNumber, u32, unit } from '../../scale/primitives.ts';
import { encode, newtype, type Type, type ValueOf } from '../../scale/type.ts';
import { type AccountId, H256, ZERO_ACCOUNT } from '../../scale/well-known.ts';

// The extensions that frame_system and the runtime itself bring (frame-system 41 src/extensions, runtime/src/check_*.rs).

export const version = constants.Version.value as ValueOf<typeof RuntimeVersion>;

const none = unit as Type<unknown>;
const frameSystem = (file: string, name: string): Type<unknown> =>
  newtypeOfNothing(`frame_system::extensions::${file}::${name}`);

/** A struct without fields and with the type parameter `T`, as extensions have. */
function newtypeOfNothing(path: string): Type<unknown> {
  const inner = emptyExtension(path);
  return { ...inner, shape: () => ({ ...inner.shape(), params: [{ name: 'T' }] }) };
}

/** A struct of one unnamed field and with the type parameter `T`. */
function wrapper<T>(path: string, inner: Type<T>, typeName: string): Type<unknown> {
  return newtype(path, inner, { params: [{ name: 'T' }], typeName }) as Type<unknown>;
}

export const checkNonZeroSender: TransactionExtension = {
  identifier: 'CheckNonZeroSender',
  type: frameSystem('check_non_zero_sender', 'CheckNonZeroSender'),
  additionalSigned: none,
  validate: (_, { origin }) => {
    if (origin.type === 'Signed' && origin.account === ZERO_ACCOUNT) throw invalid('BadSigner');
    return {};
  },
};

export const checkSpecVersion: TransactionExtension = {
  identifier: 'CheckSpecVersion',
  type: frameSystem('check_spec_version', 'CheckSpecVersion'),
  additionalSigned: u32 as Type<unknown>,
  implicit: (_, __, out) => u32.encode(out, version.spec_version),
};

export const checkTxVersion: TransactionExtension = {
  identifier: 'CheckTxVersion',
  type: frameSystem('check_tx_version', 'CheckTxVersion'),
  additionalSigned: u32 as Type<unknown>,
  implicit: (_, __, out) => u32.encode(out, version.transaction_version),
};

export const checkGenesis: TransactionExtension = {
  identifier: 'CheckGenesis',
  type: frameSystem('check_genesis', 'CheckGenesis'),
  additionalSigned: H256 as Type<unknown>,
  implicit: (x, _, out) => H256.encode(out, BlockHash.get(x, 0)),
};

/** Longest life of a shielded transaction, in blocks (runtime/src/check_mortality.rs). */
const MAX_SHIELDED_PERIOD = 8;

export const checkMortality: TransactionExtension = {
  identifier: 'CheckMortality',
  type: wrapper('node_subtensor_runtime::check_mortality::CheckMortality', EraType, 'Era'),
  additionalSigned: H256 as Type<unknown>,
  implicit: (x, { era }, out) => {
    const hash = BlockHash.tryGet(x, eraBirth(era, blockNumber(x)));
    if (hash === undefined) throw invalid('AncientBirthBlock');
    H256.encode(out, hash);
  },
  validate: (x, { call, extra: { era } }) => {
    if (call.type === 'MevShield' && call.value.type === 'submit_encrypted') {
      if (era.type === 'Immortal' || era.period > MAX_SHIELDED_PERIOD) throw invalid('Stale');
    }
    const current = BigInt(blockNumber(x));
    const death = eraDeath(era, Number(current));
    return { validity: { longevity: death > current ? death - current : 0n } };
  },
};

const tag = (who: AccountId, nonce: number): Uint8Array => concatBytes(fromHex(who), encode(u32, nonce));

function nonceTags(x: Ext, who: AccountId, nonce: number): Partial<ValidTransaction> {
  const current = Account.get(x, who).nonce;
  return {
    provides: [tag(who, nonce)],
    requires: current < nonce ? [tag(who, nonce - 1)] : [],
  };
}

export const checkNonce: TransactionExtension<{ readonly who: AccountId; readonly nonce: number } | undefined> = {
  identifier: 'CheckNonce',
  type: wrapper('node_subtensor_runtime::check_nonce::CheckNonce', compactNumber(u32), 'T::Nonce'),
  additionalSigned: none,
  validate: (x, { origin, info, extra }) => {
    if (origin.type !== 'Signed') return {};
    const who = origin.account;
    const account = Account.get(x, who);
    if (info.pays === 'Yes' && account.providers === 0 && account.sufficients === 0) throw invalid('Payment');
    if (extra.nonce < account.nonce) throw invalid('Stale');
    return { validity: nonceTags(x, who, extra.nonce), val: { who, nonce: account.nonce } };
  },
  prepare: (x, { extra }, val) => {
    if (!val) return;
    if (extra.nonce > val.nonce) throw invalid('Future');
    Account.mutate(x, val.who, (account) => ({ ...account, nonce: val.nonce + 1 }));
  },
};
