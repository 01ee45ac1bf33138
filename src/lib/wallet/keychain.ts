import { toHex } from './bytes.ts';

/** The name under which the operating system's keychain lists our entries. */
export const KEYCHAIN_SERVICE = 'btcli-ts';

/** Which password: that of the key file at a path, as long as the file holds this key. */
export interface KeychainEntryId {
  /** Absolute path of the key file. */
  keyPath: string;
  /** 32 bytes */
  publicKey: Uint8Array;
}

/**
 * The operating system's keychain. It holds passwords of key files, never keys. Every method fails with
 * KEYCHAIN_UNAVAILABLE (there is none), KEYCHAIN_LOCKED, KEYCHAIN_DENIED or KEYCHAIN_FAILED; nothing else takes its place.
 */
export interface KeychainPort {
  /** What the user calls it: `Secret Service`, `macOS Keychain`, `Windows Credential Manager`, `keytar`. */
  readonly name: string;
  save(id: KeychainEntryId, password: Uint8Array): Promise<void>;
  /** The password (UTF-8, the caller wipes it), or `undefined` when there is no entry. */
  read(id: KeychainEntryId): Promise<Uint8Array | undefined>;
  /** False when there was no entry. */
  delete(id: KeychainEntryId): Promise<boolean>;
}

/** The account name of an entry. */
export function keychainAccount(id: KeychainEntryId): string {
  return `${id.keyPath}#0x${toHex(id.publicKey)}`;
}
