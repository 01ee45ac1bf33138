/**
 * What can be wrong with stored chain data:
 * - `not-found`: there is no chain in this place; `exists`: there is one already
 * - `full`: no space left, or a quota is used up; `read-only`: no right to write, or a read-only file system
 * - `locked`: another process holds the data and cannot be reached
 * - `newer-version`: written by a newer version of this program; `corrupt`: not what this program wrote
 * - `unknown-block`: no such block (any more); `pruned`: the block's state is not kept
 * - `closed`: used after `close`; `io`: any other failure of the file system
 */
export type StoreErrorCode =
  | 'not-found'
  | 'exists'
  | 'full'
  | 'read-only'
  | 'locked'
  | 'newer-version'
  | 'corrupt'
  | 'unknown-block'
  | 'pruned'
  | 'closed'
  | 'io';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** The file or directory that it is about, where there is one. */
  readonly path: string | undefined;

  constructor(code: StoreErrorCode, message: string, options: { path?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path;
  }
}

const BY_ERRNO: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOENT: 'not-found',
};

/** LMDB reports the system's errors as text, its own by name. */
const BY_TEXT: readonly (readonly [RegExp, StoreErrorCode])[] = [
  [/no space left|disk quota|file too large|MDB_MAP_FULL|not enough space/i, 'full'],
  [/read-only file system|permission denied|access is denied|not permitted/i, 'read-only'],
  [/MDB_(CORRUPTED|PAGE_NOTFOUND|INVALID|PANIC|VERSION_MISMATCH)|not an LMDB file|corrupt/i, 'corrupt'],
];

/** The typed form of what a file operation threw. */
export function toStoreError(error: unknown, what: string, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const found =
    (typeof code === 'string' ? BY_ERRNO[code] : undefined) ??
    BY_TEXT.find(([pattern]) => pattern.test(String(message)))?.[1] ??
    'io';
  return new StoreError(found, `${what}: ${message}`, { path, cause: error });
}

/** Runs a file operation and gives what it throws its type. */
export function guarded<T>(what: string, path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw toStoreError(error, what, path);
  }
}
