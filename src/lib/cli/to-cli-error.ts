import { CliError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { nearest } from '../nearest.ts';
import { reasonWithout } from './btcli-options.ts';

/** Failures of the network that a user can do something about, by errno. */
const NETWORK_ERRNOS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const FILE_ERRNOS: ReadonlySet<string> = new Set(['ENOSPC', 'EROFS', 'EACCES', 'EPERM', 'EDQUOT']);

/** oclif's parse errors, told by their fields: importing their classes would load oclif for every failure. */
interface ParseFailure extends Error {
  readonly oclif: unknown;
  readonly flags?: readonly string[];
  readonly args?: readonly (string | { readonly name: string })[];
  readonly parse?: { readonly input: { readonly flags: Readonly<Record<string, { readonly hidden?: boolean }>> } };
}

/** Every failure as a `CliError`, or undefined for what can only be a bug of ours. */
export function toCliError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return withoutParserPrefix(error);
  if (!(error instanceof Error)) return undefined;
  if ('oclif' in error) return fromParser(error as ParseFailure);
  if (error.name === 'ExitPromptError' || error.name === 'AbortPromptError') {
    return new CliError('INTERRUPTED', 'Interrupted.', { cause: error });
  }
  if (error.name === 'AbortError' && error.cause instanceof CliError) return error.cause;
  const { code, path } = error as NodeJS.ErrnoException;
  if (path === undefined && (code === 'ENOSPC' || code === 'EDQUOT')) {
    return new CliError('FILE_DISK_FULL', 'The disk is full.', {
      hints: ['Free some space; `btcli-ts config path` lists the folders that are written to.'],
      cause: error,
    });
  }
  if (code !== undefined && FILE_ERRNOS.has(code)) {
    return fileError(error, 'A file cannot be used', path ?? 'unknown; `btcli-ts config path` lists the folders');
  }
  if (code !== undefined && NETWORK_ERRNOS.has(code)) {
    return new CliError('NETWORK_UNREACHABLE', `The network cannot be reached (${code}).`, {
      hints: ['Check the address and your connection, or choose another network with --network.'],
      cause: error,
    });
  }
  return undefined;
}

function fromParser(error: ParseFailure): CliError {
  const { flags, args } = error;
  if (flags !== undefined && Array.isArray(flags)) return unknownOption(String(flags[0]), error);
  const first = args?.[0];
  if (typeof first === 'string') {
    // A word that stands in the wrong place may be a part of a phrase, so it is not repeated.
    return new CliError('USAGE', `The command takes fewer arguments (${args?.length} too many).`, {
      hints: [
        ...(isNetuid(first) && 'netuid' in optionsOf(error) ? [`Did you mean --netuid ${first}?`] : []),
        'Put values with spaces into quotes. --help shows the usage.',
      ],
      cause: error,
    });
  }
  if (first !== undefined) {
    const needs = (args as readonly { name: string }[]).map(({ name }) => ({ argument: name, type: 'text' }));
    return new CliError('INPUT_REQUIRED', `Missing: ${needs.map((need) => need.argument.toUpperCase()).join(', ')}.`, {
      hints: ['--help shows the usage.'],
      data: { needs },
      cause: error,
    });
  }
  const lines = error.message.replaceAll(/\s*See more help with --help/g, '').split('\n');
  const message = lines.map((line) => line.trim()).join(' ');
  return new CliError('USAGE', sentence(message.replaceAll(/\bFlag (?=--)/g, 'Option ')), {
    hints: ['--help shows the options.'],
    cause: error,
  });
}

function unknownOption(token: string, error: ParseFailure): CliError {
  const option = token.split('=')[0]!.slice(0, 60);
  const reason = reasonWithout(option.replace(/^-+/, ''));
  if (reason !== undefined) {
    return new CliError('UNKNOWN_OPTION', `${option} of btcli is not supported here.`, {
      hints: [reason],
      data: { option },
      cause: error,
    });
  }
  const known = Object.entries(optionsOf(error)).filter(([, flag]) => flag.hidden !== true);
  const suggestion = nearest(
    option.replace(/^-+/, ''),
    known.map(([name]) => name),
  );
  return new CliError('UNKNOWN_OPTION', `The command has no option ${option}.`, {
    hints: [...(suggestion ? [`Did you mean --${suggestion}?`] : []), '--help shows the options.'],
    data: { option, ...(suggestion ? { suggestion: `--${suggestion}` } : {}) },
    cause: error,
  });
}

const isNetuid = (word: string): boolean => /^\d{1,5}$/.test(word);

const optionsOf = (error: ParseFailure): Readonly<Record<string, { readonly hidden?: boolean }>> =>
  error.parse?.input.flags ?? {};

/** oclif puts "Parsing --amount" before the message of an error that an option's own parser threw. */
function withoutParserPrefix(error: CliError): CliError {
  const match = /^Parsing (--[\w-]+)\s+(.*)\s+See more help with --help$/s.exec(error.message);
  if (!match) return error;
  const { code, hints, data, exit } = error;
  return new CliError(code, `${match[1]}: ${match[2]!.trim()}`, {
    hints,
    data: { ...data, option: match[1]! },
    exit,
    cause: error,
  });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
