import { fstatSync } from 'node:fs';

/**
 * Whether an open file belongs to the user and nobody else may write it: what a cache holds is run or believed. Asked of the
 * descriptor, so that the file cannot be exchanged before it is read. True where a system has no users by number.
 */
export function isOwnFile(descriptor: number): boolean {
  if (process.geteuid === undefined) return true;
  const { uid, mode } = fstatSync(descriptor);
  return uid === process.geteuid() && (mode & 0o022) === 0;
}
