import { readGuarded } from './files.ts';

/** Phrases, seeds, private keys and backups of one account are far smaller. */
const MAX_SECRET_FILE_BYTES = 64 * 1024;

/**
 * Reads a file that a user names as the source of a secret; the caller wipes the bytes.
 * @param protectedBySelf the file is encrypted, so that others may read it
 * @throws CliError FILE_NOT_FOUND, FILE_SYMLINK, FILE_FOREIGN_OWNER, FILE_TOO_LARGE, FILE_EXPOSED …
 */
export async function readSecretFile(path: string, protectedBySelf = false): Promise<Uint8Array> {
  const { bytes } = await readGuarded(path, { maxBytes: MAX_SECRET_FILE_BYTES, isSecret: () => !protectedBySelf });
  return bytes;
}
