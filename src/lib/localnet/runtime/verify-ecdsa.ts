import { secp256k1 } from '@noble/curves/secp256k1.js';
import { blake2_256 } from '../frame/hashing.ts';
import { fromHex, toHex } from '../scale/bytes.ts';
import type { AccountId } from '../scale/well-known.ts';

/** r ‖ s before v. */
const COMPACT_LENGTH = 64;
/** Ethereum's way of counting recovery ids, which the chain takes too. */
const ETHEREUM_OFFSET = 27;

/**
 * ECDSA over secp256k1 as `MultiSignature::verify` has it (`substrate/primitives/runtime/src/lib.rs`): the key is recovered
 * from the blake2-256 hash of the message (`secp256k1_ecdsa_recover_compressed`, version 2, in
 * `substrate/primitives/io/src/lib.rs`), and an account is the blake2-256 hash of its compressed key. A high s is no fault.
 * @param signature hex of 65 bytes: r, s, and v of 0 to 3 or 27 to 30
 */
export function verifyEcdsa(signature: string, message: Uint8Array, signer: AccountId): boolean {
  const bytes = fromHex(signature);
  const v = bytes[COMPACT_LENGTH]!;
  const recovery = v >= ETHEREUM_OFFSET ? v - ETHEREUM_OFFSET : v;
  try {
    const recovered = Uint8Array.from([recovery, ...bytes.subarray(0, COMPACT_LENGTH)]);
    const key = secp256k1.recoverPublicKey(recovered, blake2_256(message), { prehash: false });
    return toHex(blake2_256(key)) === signer;
  } catch {
    return false;
  }
}
