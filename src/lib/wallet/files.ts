import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CliError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { allocate } from './bytes.ts';

/** The calls that change or read the disk; tests hand in ones that fail, or that stop in the middle like a crash. */
export interface FileSystem {
  open: (path: string, flags: number, mode?: number) => Promise<FileHandle>;
  link: (existing: string, created: string) => Promise<void>;
  rename: (from: string, to: string) => Promise<void>;
  unlink: (path: string) => Promise<void>;
  removeTree: (path: string) => Promise<void>;
  mkdir: (path: string, mode: number) => Promise<void>;
  lstat: (path: string) => Promise<Stats>;
}

export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) => open(path, flags, mode),
  link,
  rename,
  unlink,
  removeTree: (path) => rm(path, { recursive: true, force: true }),
  mkdir: (path, mode) => mkdir(path, { mode }),
  lstat: (path) => lstat(path),
};

/** Something about a file that did not stop the work but that the user should know. */
export interface FileWarning {
  code: 'FILE_EXPOSED' | 'FILE_FOREIGN_OWNER' | 'PUBLIC_FILE_MISSING' | 'PUBLIC_FILE_RESTORED';
  message: string;
  path: string;
}

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;
const NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const NONBLOCK = constants.O_NONBLOCK ?? 0;

export function errno(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns a system error into one of ours that names the path. */
export function pathError(error: unknown, path: string): CliError {
  return fileError(error, `${path} cannot be used`, path);
}

function userId(): number | undefined {
  return process.geteuid?.();
}

/** Refuses what another user could have planted; root reading another user's file is told, not refused. */
function checkOwner(stats: Stats, path: string): FileWarning[] {
  const uid = userId();
  if (uid === undefined || stats.uid === uid || stats.uid === 0) return [];
  if (uid !== 0)
    throw new CliError('FILE_FOREIGN_OWNER', `${path} belongs to another user (uid ${stats.uid})`, {
      hints: [`If it is yours: chown ${uid} ${path}`],
      data: { path, owner: stats.uid },
    });
  return [{ code: 'FILE_FOREIGN_OWNER', message: `${path} belongs to another user (uid ${stats.uid})`, path }];
}

export interface ReadOptions {
  maxBytes: number;
  /** Whether the bytes would be a secret for whoever reads them; decides how file modes are judged. */
  isSecret?: (bytes: Uint8Array) => boolean;
  files?: FileSystem;
}

/**
 * Reads a regular file without following a link at its end, and judges its owner and mode.
 * @throws CliError FILE_NOT_FOUND, FILE_SYMLINK, FILE_NOT_REGULAR, FILE_TOO_LARGE, FILE_FOREIGN_OWNER, FILE_ACCESS_DENIED;
 *   FILE_EXPOSED when others can change it, or can read a secret in it
 */
export async function readGuarded(
  path: string,
  options: ReadOptions,
): Promise<{ bytes: Uint8Array; warnings: FileWarning[] }> {
  const files = options.files ?? nodeFileSystem;
  let handle: FileHandle | undefined;
  try {
    handle = await files.open(path, constants.O_RDONLY | NOFOLLOW | NONBLOCK);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new CliError('FILE_NOT_REGULAR', `${path} is not a regular file`, { data: { path } });
    if (stats.size > options.maxBytes)
      throw new CliError(
        'FILE_TOO_LARGE',
        `${path} has ${stats.size} bytes; nothing of this kind has more than ${options.maxBytes}`,
        {
          data: { path, bytes: stats.size },
        },
      );
    const warnings = checkOwner(stats, path);
    const bytes = await readAll(handle, stats.size);
    const exposed = userId() === undefined ? 0 : stats.mode & 0o077;
    const secret = options.isSecret?.(bytes) ?? false;
    if ((exposed & 0o022) !== 0 || (secret && exposed !== 0)) {
      bytes.fill(0);
      const who = (exposed & 0o022) !== 0 ? 'changed' : 'read';
      throw new CliError(
        'FILE_EXPOSED',
        `${path} can be ${who} by other users (mode ${(stats.mode & 0o777).toString(8)})`,
        {
          hints: [`chmod 600 ${path}`],
          data: { path, mode: (stats.mode & 0o777).toString(8) },
        },
      );
    }
    return { bytes, warnings };
  } catch (error) {
    throw pathError(error, path);
  } finally {
    await handle?.close();
  }
}

/** Reads without the intermediate buffers of `readFile`, which could not be wiped. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = allocate(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await handle.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

/** True when something (a dangling link too) is at the path. */
export async function exists(path: string, files: FileSystem = nodeFileSystem): Promise<boolean> {
  try {
    await files.lstat(path);
    return true;
  } catch (error) {
    if (errno(error) === 'ENOENT' || errno(error) === 'ENOTDIR') return false;
    throw pathError(error, path);
  }
}

/** Refuses a folder that is a link, belongs to someone else, or that everyone may write into. */
export async function checkDirectory(path: string, files: FileSystem = nodeFileSystem): Promise<void> {
  try {
    const stats = await files.lstat(path);
    if (stats.isSymbolicLink())
      throw new CliError('FILE_SYMLINK', `${path} is a symbolic link, which could lead anywhere`, { data: { path } });
    if (!stats.isDirectory()) throw new CliError('FILE_NOT_REGULAR', `${path} is not a folder`, { data: { path } });
    checkOwner(stats, path);
    if (userId() !== undefined && (stats.mode & 0o002) !== 0)
      throw new CliError('FILE_EXPOSED', `Every user can write into ${path}`, {
        hints: [`chmod 700 ${path}`],
        data: { path },
      });
  } catch (error) {
    throw pathError(error, path);
  }
}

/** Creates a private folder (0700 whatever the umask) or checks the one that is there. Parents are not created. */
export async function ensureDirectory(path: string, files: FileSystem = nodeFileSystem): Promise<void> {
  try {
    await files.mkdir(path, DIRECTORY_MODE);
  } catch (error) {
    if (errno(error) !== 'EEXIST') throw pathError(error, path);
    await checkDirectory(path, files);
  }
}

/** Creates the folder that holds wallets, with missing parents, all 0700. The path itself may run through links. */
export async function ensureRoot(path: string, files: FileSystem = nodeFileSystem): Promise<void> {
  try {
    await files.mkdir(path, DIRECTORY_MODE);
  } catch (error) {
    if (errno(error) === 'EEXIST') return;
    if (errno(error) !== 'ENOENT' || dirname(path) === path) throw pathError(error, path);
    await ensureRoot(dirname(path), files);
    await ensureDirectory(path, files);
  }
}

/** Makes a rename or link in a folder survive a power cut, where the system can do that. */
export async function syncDirectory(path: string, files: FileSystem = nodeFileSystem): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await files.open(path, constants.O_RDONLY);
    await handle.sync();
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'EBADF', 'EACCES', 'ENOTSUP'].includes(errno(error) ?? ''))
      throw pathError(error, path);
  } finally {
    await handle?.close();
  }
}

async function writeHandle(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  await handle.chmod(FILE_MODE);
  let offset = 0;
  while (offset < bytes.length) offset += (await handle.write(bytes, offset, bytes.length - offset)).bytesWritten;
  await handle.sync();
}

const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NOFOLLOW;

/** A complete, synced file 0600 under a temporary name beside `path`. */
async function writeTemporary(path: string, bytes: Uint8Array, files: FileSystem): Promise<string> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await files.open(temporary, CREATE, FILE_MODE);
  try {
    await writeHandle(handle, bytes);
  } catch (error) {
    await handle.close().catch(() => {});
    await files.unlink(temporary).catch(() => {});
    throw error;
  }
  await handle.close();
  return temporary;
}

/** File systems without hard links (FAT, some network mounts) answer with these. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Creates a file 0600 that appears complete or not at all, and never over an existing one: of two processes one wins.
 * @throws CliError FILE_EXISTS, FILE_DISK_FULL, FILE_ACCESS_DENIED …
 */
export async function writeNew(path: string, bytes: Uint8Array, files: FileSystem = nodeFileSystem): Promise<void> {
  try {
    const temporary = await writeTemporary(path, bytes, files);
    try {
      await files.link(temporary, path);
    } catch (error) {
      if (!NO_LINKS.includes(errno(error) ?? '')) throw error;
      await createExclusively(path, bytes, files);
    } finally {
      await files.unlink(temporary).catch(() => {});
    }
    try {
      await syncDirectory(dirname(path), files);
    } catch (error) {
      // Reported as not created, so it must not be there.
      await files.unlink(path).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw pathError(error, path);
  }
}

async function createExclusively(path: string, bytes: Uint8Array, files: FileSystem): Promise<void> {
  const handle = await files.open(path, CREATE, FILE_MODE);
  try {
    await writeHandle(handle, bytes);
  } catch (error) {
    await files.unlink(path).catch(() => {});
    throw error;
  } finally {
    await handle.close();
  }
}

/** Replaces a file (or creates it) in one step: readers see the old or the new content, also after a crash. */
export async function replaceFile(path: string, bytes: Uint8Array, files: FileSystem = nodeFileSystem): Promise<void> {
  try {
    const temporary = await writeTemporary(path, bytes, files);
    try {
      await files.rename(temporary, path);
    } catch (error) {
      await files.unlink(temporary).catch(() => {});
      throw error;
    }
    await syncDirectory(dirname(path), files);
  } catch (error) {
    throw pathError(error, path);
  }
}
