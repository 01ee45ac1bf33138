import { CliError, type ErrorCode } from './errors.ts';

const CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ['FILE_NOT_FOUND', 'it does not exist'],
  EEXIST: ['FILE_EXISTS', 'it exists already'],
  EACCES: ['FILE_ACCESS_DENIED', 'access is denied'],
  EPERM: ['FILE_ACCESS_DENIED', 'access is denied'],
  ENOSPC: ['FILE_DISK_FULL', 'the disk is full'],
  EDQUOT: ['FILE_DISK_FULL', 'the disk quota is used up'],
  EROFS: ['FILE_READ_ONLY', 'the file system is read-only'],
  EISDIR: ['FILE_NOT_REGULAR', 'it is a folder'],
  ENOTDIR: ['FILE_NOT_REGULAR', 'a part of the path is not a folder'],
  ELOOP: ['FILE_SYMLINK', 'it is a symbolic link'],
};

/** Names a failed file operation by code: `fileError(error, 'The config file cannot be read', path)`. */
export function fileError(error: unknown, what: string, path: string): CliError {
  if (error instanceof CliError) return error;
  const errno = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const [code, why] = CODES[errno] ?? (['FILE_FAILED', errno || 'unknown cause'] as const);
  const hints = what.includes(path) ? [] : [`Path: ${path}`];
  return new CliError(code, `${what}: ${why}.`, { hints, data: { path }, cause: error });
}
