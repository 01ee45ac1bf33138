import { closeSync, openSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { isOwnFile } from '../own-file.ts';

/**
 * A file of a cache, undefined where there is none, where it cannot be read, or where another user could have written it.
 * Read at once rather than in turns with other work: a start has nothing else to do.
 */
export function readCache(folder: string | undefined, name: string): Uint8Array | undefined {
  if (folder === undefined) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(folder, name), 'r');
    return isOwnFile(descriptor) ? new Uint8Array(readFileSync(descriptor)) : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Keeps bytes in a cache. A cache that cannot be written costs time, nothing else. */
export async function writeCache(folder: string | undefined, name: string, bytes: Uint8Array): Promise<void> {
  if (folder === undefined) return;
  const file = join(folder, name);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    makeFolder(folder);
    await writeFile(temporary, bytes, { mode: 0o600 });
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** Drops a file of a cache; one that is not there, or cannot go, is no error. */
export async function dropCache(folder: string | undefined, name: string): Promise<void> {
  if (folder !== undefined) await rm(join(folder, name), { force: true }).catch(() => undefined);
}
