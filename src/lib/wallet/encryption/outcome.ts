import { CliError } from '../../errors.ts';

/**
 * Tells damaged key files from wrong passwords: a wrong key turns cipher text into noise (37 % of the byte values are
 * printable), the right one into text.
 */
export function looksLikeKeyfile(plain: Uint8Array): boolean {
  if (plain.length === 0) return false;
  let printable = 0;
  for (const byte of plain) if (byte >= 32 && byte < 127) printable++;
  if (plain.length < 24) return plain[0] === 123 && printable === plain.length;
  return printable / plain.length > 0.75;
}

export function wrongPassword(label: string, cause?: unknown): CliError {
  return new CliError('PASSWORD_WRONG', `The password does not open ${label}`, { data: { file: label }, cause });
}

export function truncatedFile(label: string, bytes: number): CliError {
  return new CliError('KEYFILE_TRUNCATED', `${label} is cut off after ${bytes} bytes; no password can open it`, {
    hints: ['Restore the file from a backup, or regenerate the key from its mnemonic'],
    data: { file: label, bytes },
  });
}
