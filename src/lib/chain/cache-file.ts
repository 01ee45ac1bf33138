import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

/** A file of a cache, undefined where there is none or it cannot be read. */
export async function readCache(folder: string | undefined, name: string): Promise<Uint8Array | undefined> {
  if (folder === undefined) return undefined;
  const bytes = await readFile(join(folder, name)).catch(() => undefined);
  return bytes && new Uint8Array(bytes);
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
