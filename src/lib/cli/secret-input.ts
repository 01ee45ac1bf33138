import { open } from 'node:fs/promises';
import { CliError } from '../errors.ts';
import { readSecretFile } from '../wallet/index.ts';
import type { CommandContext } from './context.ts';

/**
 * Secrets that an option points to: a file, `-` for stdin, or `fd:3` (as /dev/fd/3) for a descriptor that the parent
 * opened. They come as bytes, so that they can be wiped.
 */

const MAX_BYTES = 64 * 1024;
const DESCRIPTOR = /^(?:fd:|\/dev\/fd\/|\/proc\/self\/fd\/)(\d{1,4})$/;

/** What has been read from stdin or a descriptor, since these can be read only once. */
const cached = new WeakMap<CommandContext, Map<string, Uint8Array>>();

/**
 * Reads what the option names; the caller wipes it.
 * @param flag the option, for messages
 * @param protectedBySelf the file is encrypted itself, so that others may read it
 */
export async function readSecretInput(
  context: CommandContext,
  flag: string,
  source: string,
  protectedBySelf = false,
): Promise<Uint8Array> {
  const descriptor = source === '-' ? 0 : Number(DESCRIPTOR.exec(source)?.[1] ?? Number.NaN);
  if (Number.isNaN(descriptor)) return readSecretFile(source, protectedBySelf);
  let kept = cached.get(context);
  if (!kept) {
    kept = new Map();
    cached.set(context, kept);
    const all = kept;
    context.defer(() => {
      for (const bytes of all.values()) bytes.fill(0);
    });
  }
  let bytes = kept.get(source);
  if (!bytes) {
    bytes = source === '-' ? await readStdin(context, flag) : await readDescriptor(descriptor, flag);
    kept.set(source, bytes);
  }
  return Uint8Array.from(bytes);
}

/** Reads a secret of one line; its end is not part of it. */
export async function readSecretLine(context: CommandContext, flag: string, source: string): Promise<Uint8Array> {
  const bytes = await readSecretInput(context, flag, source);
  let end = bytes.length;
  if (bytes[end - 1] === 10) end--;
  if (bytes[end - 1] === 13) end--;
  const line = new Uint8Array(new ArrayBuffer(end));
  line.set(bytes.subarray(0, end));
  bytes.fill(0);
  return line;
}

async function readStdin({ output }: CommandContext, flag: string): Promise<Uint8Array> {
  const { stdin } = output.io;
  if (stdin.isTTY === true) {
    throw new CliError('USAGE', `--${flag} - reads from a pipe, and stdin is a terminal, where typing would show.`, {
      hints: ['Leave the option out to be asked without echo.'],
    });
  }
  return gather(stdin, flag);
}

async function readDescriptor(descriptor: number, flag: string): Promise<Uint8Array> {
  try {
    const handle = await open(`/dev/fd/${descriptor}`);
    try {
      return await gather(handle.createReadStream({ autoClose: false }), flag);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw new CliError('FILE_NOT_FOUND', `--${flag}: the descriptor ${descriptor} is not open for reading.`, { cause });
  }
}

async function gather(stream: AsyncIterable<unknown>, flag: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    chunks.push(bytes);
    length += bytes.length;
    if (length > MAX_BYTES) {
      throw new CliError('FILE_TOO_LARGE', `--${flag}: more than ${MAX_BYTES} bytes are no secret of this kind.`);
    }
  }
  const all = new Uint8Array(new ArrayBuffer(length));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
    chunk.fill(0);
  }
  return all;
}
