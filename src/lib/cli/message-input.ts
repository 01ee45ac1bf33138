import { readFile } from 'node:fs/promises';
import { Flags } from '@oclif/core';
import { CliError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import type { CommandContext } from './context.ts';
import { readSecretInput } from './secret-input.ts';

/** A message to sign, verify or encrypt: text from an option, or the bytes of a file. */
export const messageFlags = {
  message: Flags.string({ char: 'm', helpValue: 'TEXT', summary: 'the message' }),
  'message-file': Flags.string({ helpValue: 'FILE|-', summary: 'a file with the message, byte for byte' }),
};

const LARGEST = 16 * 1024 * 1024;

/** @throws CliError INPUT_REQUIRED, USAGE, FILE_* */
export async function needMessage(
  context: CommandContext,
  flags: { readonly message?: string | undefined; readonly 'message-file'?: string | undefined },
): Promise<Uint8Array> {
  const { message, 'message-file': file } = flags;
  if (file === undefined) {
    const text = await context.need({
      flag: 'message',
      type: 'text',
      message: 'Message:',
      value: message,
      parse: String,
    });
    return new TextEncoder().encode(text);
  }
  if (message !== undefined) throw new CliError('USAGE', 'Give --message or --message-file, not both.');
  if (file === '-') return readSecretInput(context, 'message-file', file);
  try {
    const bytes = await readFile(file);
    if (bytes.length <= LARGEST) return bytes;
  } catch (error) {
    throw fileError(error, 'The message cannot be read', file);
  }
  throw new CliError('FILE_TOO_LARGE', `${file} is larger than ${LARGEST} bytes.`, { data: { path: file } });
}
