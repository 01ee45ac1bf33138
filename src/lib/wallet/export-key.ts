import { wipe } from './bytes.ts';
import { type FileSystem, nodeFileSystem, writeNew } from './files.ts';
import { wipeKeyPair } from './key.ts';
import type { UnlockRequest } from './open-keyfile.ts';
import { checkPasswordStrength } from './password-strength.ts';
import { createPolkadotJson, type PolkadotJson, serializePolkadotJson } from './polkadot-json.ts';
import { unlockKeyPair } from './unlock.ts';

export interface ExportRequest extends UnlockRequest {
  /** The backup's own password, UTF-8. */
  exportPassword: Uint8Array;
  /** Name of the account in Polkadot-JS. */
  name: string;
  now: () => Date;
}

/**
 * A key as Polkadot-JS backup.
 * @throws CliError PASSWORD_WEAK (a backup without a good password is not made), and as `unlockKeyPair`
 */
export async function exportPolkadotJson(request: ExportRequest): Promise<PolkadotJson> {
  checkPasswordStrength(request.exportPassword);
  const { value: pair } = await unlockKeyPair(request);
  try {
    return await createPolkadotJson(pair, request.exportPassword, {
      name: request.name,
      whenCreated: request.now().getTime(),
    });
  } finally {
    wipeKeyPair(pair);
  }
}

/** Writes a backup to a new file, 0600; an existing file is never written over. */
export async function writePolkadotJson(
  path: string,
  json: PolkadotJson,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  const bytes = serializePolkadotJson(json);
  await writeNew(path, bytes, files);
  wipe(bytes);
}

/**
 * Writes a mnemonic to a new file, 0600 (for `--mnemonic-file`). The caller wipes the phrase.
 * @throws CliError FILE_EXISTS …
 */
export async function writeMnemonicFile(
  path: string,
  phrase: Uint8Array,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  const bytes = new Uint8Array(phrase.length + 1);
  bytes.set(phrase);
  bytes[phrase.length] = 10;
  try {
    await writeNew(path, bytes, files);
  } finally {
    wipe(bytes);
  }
}
