import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { utf8 } from './bytes.ts';
import { type FileSystem, nodeFileSystem, readGuarded, writeNew } from './files.ts';
import { type WalletRef, walletDirectory } from './layout.ts';

const MAX_LOCK_BYTES = 1024;

interface LockOwner {
  pid: number;
  host: string;
}

function parseOwner(bytes: Uint8Array): LockOwner | undefined {
  const match = /^([0-9]{1,10}) (\S+)$/.exec(Buffer.from(bytes).toString('utf8').trim());
  return match === null ? undefined : { pid: Number(match[1]), host: match[2] as string };
}

function isAlive(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function readOwner(path: string, files: FileSystem): Promise<LockOwner | undefined> {
  try {
    return parseOwner((await readGuarded(path, { maxBytes: MAX_LOCK_BYTES, files })).bytes);
  } catch (error) {
    if (error instanceof CliError && error.code === 'FILE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function claim(path: string, files: FileSystem): Promise<boolean> {
  try {
    await writeNew(path, utf8(`${process.pid} ${hostname()}\n`), files);
    return true;
  } catch (error) {
    if (error instanceof CliError && error.code === 'FILE_EXISTS') return false;
    throw error;
  }
}

/** Moves the lock of a dead process aside; of several who try, the rename lets one succeed. */
async function clearStale(path: string, owner: LockOwner, files: FileSystem): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  await files.rename(path, aside).catch(() => {});
  const moved = await readOwner(aside, files);
  // A quicker process may have replaced the stale lock with its own: give it back.
  if (moved !== undefined && (moved.pid !== owner.pid || moved.host !== owner.host))
    await files.link(aside, path).catch(() => {});
  await files.unlink(aside).catch(() => {});
}

export interface LockOptions {
  /** How errors name what is locked: `wallet "W"`. */
  what: string;
  /** How long to wait for another process; not at all unless told. */
  waitMilliseconds?: number;
  files?: FileSystem;
}

const POLL_MILLISECONDS = 20;
const MAX_TAKEOVERS = 3;

/**
 * Runs `work` while this process holds the lock file; the lock of a process that has died is taken over.
 * @throws CliError FILE_LOCKED
 */
export async function withFileLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const files = options.files ?? nodeFileSystem;
  const deadline = Date.now() + (options.waitMilliseconds ?? 0);
  for (let tries = 1; !(await claim(path, files)); tries++) {
    const owner = await readOwner(path, files);
    if (tries <= MAX_TAKEOVERS && owner === undefined) continue;
    if (tries <= MAX_TAKEOVERS && owner !== undefined && !isAlive(owner)) await clearStale(path, owner, files);
    else if (Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    else
      throw new CliError('FILE_LOCKED', `Another process is changing ${options.what}`, {
        hints: [`If none is running, delete ${path}`],
        data: { path, ...(owner === undefined ? {} : { pid: owner.pid, host: owner.host }) },
      });
  }
  try {
    return await work();
  } finally {
    // A renamed wallet takes its lock with it; the rename removes it there.
    await files.unlink(path).catch(() => {});
  }
}

/** Keeps other processes of ours from replacing, renaming or re-encrypting keys of a wallet meanwhile. New keys need no lock. */
export function withWalletLock<T>(
  wallet: WalletRef,
  work: () => Promise<T>,
  files: FileSystem = nodeFileSystem,
): Promise<T> {
  return withFileLock(join(walletDirectory(wallet), '.lock'), { what: `wallet "${wallet.name}"`, files }, work);
}
