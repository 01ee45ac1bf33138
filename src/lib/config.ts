import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { CliError } from './errors.ts';
import { fileError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';

/** Longest config file that is read; a real one has a few hundred bytes. */
const MAX_BYTES = 64 * 1024;

/** The config file's values by key, as text; keys that this version does not know stay among them. */
export type ConfigValues = Readonly<Record<string, string>>;

/** Reads the config file: a flat JSON object of strings, numbers and booleans. A missing file is an empty one. */
export function readConfig(file: string): ConfigValues {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw fileError(error, 'The config file cannot be read', file);
  }
  if (text.length > MAX_BYTES) throw invalidConfig(file, `it is larger than ${MAX_BYTES} bytes`);
  if (text.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalidConfig(file, 'it is not valid JSON', error);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalidConfig(file, 'it does not hold a JSON object');
  }
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        throw invalidConfig(file, `"${key.slice(0, 60)}" is neither text, number nor boolean`);
      }
      return [key, String(value)];
    }),
  );
}

/** Replaces the config file in one step, so that a crash leaves the old one or the new one. */
export function writeConfig(file: string, values: ConfigValues): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const sorted = Object.fromEntries(Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1)));
  try {
    makeFolder(dirname(file));
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(handle, `${JSON.stringify(sorted, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(error, 'The config file cannot be written', file);
  }
}

function invalidConfig(file: string, why: string, cause?: unknown): CliError {
  return new CliError('CONFIG_INVALID', `The config file cannot be used: ${why}.`, {
    hints: [`Repair or remove ${file}.`],
    data: { file },
    cause,
  });
}
