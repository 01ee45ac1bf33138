import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { saturatingSub } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../../scale/bytes.ts';
import { fixedBytes, u64 } from '../../../scale/primitives.ts';
import { encode } from '../../../scale/type.ts';
import { type AccountId, H160, ZERO_ACCOUNT } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, NetUid, named } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { AssociatedEvmAddress, Owner } from '../storage.ts';
import { getUidForNetAndHotkey } from '../subnets/uids.ts';

/** Ethereum addresses of neurons. Source: pallets/subtensor utils/evm.rs. */

const MESSAGE_PREFIX = '\u0019Ethereum Signed Message:\n';
/** Older wallets add 27 to the recovery id. */
const RECOVERY_ID_OFFSET = 27;
const RECOVERY_ID_AT = 64;
const ADDRESS_LENGTH = 20;

/** The hash that a wallet signs for a message (EIP-191, version 0x45). */
export function hashMessageEip191(message: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(utf8.encode(`${MESSAGE_PREFIX}${message.length}`), message));
}

/** The message with which a key binds itself to a hotkey as of a block. */
export function evmAssociationMessage(hotkey: AccountId, block: bigint): Uint8Array {
  return concatBytes(fromHex(hotkey), keccak_256(encode(u64, block)));
}

/** Address of who signed a hash, undefined for a signature that is none. High values of s are refused, as on the chain. */
function recoverAddress(hash: Uint8Array, signature: Uint8Array): string | undefined {
  const given = signature[RECOVERY_ID_AT]!;
  const recoveryId = given >= RECOVERY_ID_OFFSET ? given - RECOVERY_ID_OFFSET : given;
  try {
    const parsed = secp256k1.Signature.fromBytes(signature.subarray(0, RECOVERY_ID_AT), 'compact');
    if (parsed.hasHighS()) return undefined;
    const point = parsed.addRecoveryBit(recoveryId).recoverPublicKey(hash);
    return toHex(keccak_256(point.toBytes(false).subarray(1)).subarray(-ADDRESS_LENGTH));
  } catch {
    return undefined;
  }
}

/** Blocks between two associations of one neuron (runtime/src/lib.rs, EvmKeyAssociateRateLimit). */
export const evmKeyAssociateRateLimit = (x: Ext): bigint => (x.params.fast ? 1n : 7200n);

/** @throws DispatchError in the chain's order of checks */
function doAssociateEvmKey(
  x: Ext,
  origin: Origin,
  netuid: number,
  key: string,
  block: bigint,
  signature: Uint8Array,
): void {
  const hotkey = ensureSigned(origin);
  if (Owner.get(x, hotkey) === ZERO_ACCOUNT) throw errors.NonAssociatedColdKey;
  const uid = getUidForNetAndHotkey(x, netuid, hotkey);
  const now = currentBlock(x);
  const last = AssociatedEvmAddress.get(x, netuid, uid)?.[1] ?? 0n;
  if (saturatingSub(now, last) < evmKeyAssociateRateLimit(x)) throw errors.EvmKeyAssociateRateLimitExceeded;
  const address = recoverAddress(hashMessageEip191(evmAssociationMessage(hotkey, block)), signature);
  if (address === undefined) throw errors.InvalidIdentity;
  if (address !== key) throw errors.InvalidRecoveredPublicKey;
  AssociatedEvmAddress.insert(x, netuid, uid, [key, now]);
  events.deposit(x, 'EvmKeyAssociated', { netuid, hotkey, evm_key: key, block_associated: now });
}

/** Neurons of a subnet, among its first `limit` associations, that have this address, oldest association first. */
export function uidLookup(x: Ext, netuid: number, key: string, limit: number): readonly (readonly [number, bigint])[] {
  return [...AssociatedEvmAddress.iterPrefix(x, netuid)]
    .slice(0, limit)
    .filter(([, [address]]) => address === key)
    .map(([uid, [, block]]) => [uid, block] as const)
    .sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Call 93. */
export const evmCalls = {
  associate_evm_key: callWithNames(
    93,
    { netuid: NetUid, evm_key: H160, block_number: u64, signature: named(fixedBytes(65), 'Signature') },
    costs(859_242_000n, 4415n, 'No'),
    (x, origin, { netuid, evm_key, block_number, signature }) =>
      doAssociateEvmKey(x, origin, netuid, evm_key, block_number, fromHex(signature)),
  ),
};
