/**
 * The one table of error codes and the exit code of each (0 done, 1 unexpected, 2 usage, 10 network, 11 password or
 * keychain, 12 validation before anything was sent, 13 rejected by the chain, 14 cancelled, 15 timeout, 16 files,
 * 70 a bug of ours, 130 interrupted).
 */
export const ERROR_EXIT_CODES = {
  UNEXPECTED: 1,
  USAGE: 2,
  INPUT_REQUIRED: 2,
  SECRET_IN_ARGV: 2,
  UNKNOWN_NETWORK: 2,
  UNKNOWN_COMMAND: 2,
  UNKNOWN_OPTION: 2,
  UNKNOWN_SETTING: 2,
  SETTING_INVALID: 2,
  NETWORK_UNREACHABLE: 10,
  CONNECTION_LOST: 10,
  WRONG_GENESIS: 10,
  NODE_ERROR: 10,
  PORT_IN_USE: 10,
  PASSWORD_WRONG: 11,
  PASSWORD_FILE_UNREADABLE: 11,
  PASSWORD_WEAK: 11,
  PASSWORD_MISMATCH: 11,
  KEYCHAIN_UNAVAILABLE: 11,
  KEYCHAIN_LOCKED: 11,
  KEYCHAIN_DENIED: 11,
  KEYCHAIN_FAILED: 11,
  KEYCHAIN_NO_ENTRY: 11,
  VALIDATION: 12,
  ADDRESS_INVALID: 12,
  NAME_INVALID: 12,
  MNEMONIC_INVALID: 12,
  SEED_INVALID: 12,
  PRIVATE_KEY_INVALID: 12,
  KEY_URI_INVALID: 12,
  DERIVATION_UNSUPPORTED: 12,
  SIGNATURE_MALFORMED: 12,
  SIGNATURE_INVALID: 12,
  SCHEME_UNSUPPORTED: 12,
  MESSAGE_UNDECRYPTABLE: 12,
  POLKADOT_JSON_INVALID: 12,
  POLKADOT_JSON_UNENCRYPTED: 12,
  ADDRESS_BOOK_DUPLICATE: 12,
  ADDRESS_BOOK_UNKNOWN: 12,
  SIGNER_DISPOSED: 70,
  INSUFFICIENT_BALANCE: 12,
  INSUFFICIENT_STAKE: 12,
  AMOUNT_INVALID: 12,
  AMOUNT_TOO_SMALL: 12,
  AMOUNT_TOO_LARGE: 12,
  SLIPPAGE_EXCEEDED: 12,
  NETUID_INVALID: 12,
  UNKNOWN_SUBNET: 12,
  SUBTOKEN_DISABLED: 12,
  HOTKEY_UNKNOWN: 12,
  METADATA_UNCHECKED: 12,
  CHAIN_REJECTED: 13,
  DISPATCH_ERROR: 13,
  CANCELLED: 14,
  CONFIRMATION_REQUIRED: 14,
  TIMEOUT: 15,
  WALLET_NOT_FOUND: 16,
  WALLET_EXISTS: 16,
  KEYFILE_NOT_FOUND: 16,
  KEYFILE_EXISTS: 16,
  KEYFILE_EMPTY: 16,
  KEYFILE_TRUNCATED: 16,
  KEYFILE_CORRUPT: 16,
  KEYFILE_UNKNOWN_FORMAT: 16,
  KEYFILE_NO_KEY: 16,
  KEYFILE_PUBLIC_ONLY: 16,
  KEYFILE_INCONSISTENT: 16,
  KEYFILE_NOT_ENCRYPTED: 16,
  KEYFILE_ALREADY_ENCRYPTED: 16,
  FILE_SYMLINK: 16,
  FILE_FOREIGN_OWNER: 16,
  FILE_EXPOSED: 16,
  FILE_NOT_REGULAR: 16,
  FILE_TOO_LARGE: 16,
  FILE_EXISTS: 16,
  FILE_NOT_FOUND: 16,
  FILE_ACCESS_DENIED: 16,
  FILE_DISK_FULL: 16,
  FILE_READ_ONLY: 16,
  FILE_LOCKED: 16,
  FILE_NEWER_VERSION: 16,
  CONFIG_INVALID: 16,
  FILE_FAILED: 16,
  ADDRESS_BOOK_CORRUPT: 16,
  BUG: 70,
  INTERRUPTED: 130,
} as const;

export type ErrorCode = keyof typeof ERROR_EXIT_CODES;

export interface CliErrorOptions {
  /** What the user can do next, one sentence each. */
  hints?: string[];
  /** Facts for scripts; never a secret. */
  data?: Record<string, unknown>;
  cause?: unknown;
  /** Overrides the exit code of the table. */
  exit?: number;
}

/** An error that names its cause by code; commands turn it into a message or into JSON, and into an exit code. */
export class CliError extends Error {
  readonly code: ErrorCode;
  readonly exit: number;
  readonly hints: string[];
  readonly data: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: CliErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.code = code;
    this.exit = options.exit ?? ERROR_EXIT_CODES[code];
    this.hints = options.hints ?? [];
    this.data = options.data ?? {};
  }
}
