import { join } from 'node:path';
import { CliError } from './errors.ts';
import { nearest } from './nearest.ts';
import { parseNetwork } from './networks.ts';
import { type Environment, expandHome, homeOf } from './paths.ts';
import { formatTolerance, parseTolerance, type Tolerance } from './units.ts';

/** How long a command waits for its extrinsic before it reports. */
export type WaitFor = 'in-block' | 'finalized' | 'none';

/** Everything that may come from an option, the environment or the config file. */
export interface Settings {
  readonly network: string;
  readonly walletName: string;
  readonly hotkey: string;
  readonly walletPath: string;
  /** How far a price may move against the user before the chain refuses. */
  readonly tolerance: Tolerance;
  /** Send stake and swap calls with a price limit. */
  readonly safe: boolean;
  /** Let a limited call execute in part. */
  readonly partial: boolean;
  /** Mortality of an extrinsic in blocks. */
  readonly period: number;
  readonly wait: WaitFor;
  /** Milliseconds to wait for the network; 0 waits for ever. */
  readonly timeout: number;
  /** The keychain that passwords are looked up in: `system`, `none`, `keytar`, or `keytar:FOLDER` that has it installed. */
  readonly keychain: string;
}

export type SettingSource = 'option' | 'environment' | 'config' | 'default';

export interface SettingSpec<T> {
  /** The name in the config file and, with two dashes, on the command line. */
  readonly key: string;
  /** Variables that set it, the first one that is set wins. */
  readonly env: readonly string[];
  readonly summary: string;
  parse(text: string, env: Environment): T;
  format(value: T): string;
  fallback(env: Environment): T;
}

/** The one table of settings. */
export const SETTINGS: { readonly [K in keyof Settings]: SettingSpec<Settings[K]> } = {
  network: {
    key: 'network',
    env: ['BTCLI_NETWORK', 'BT_NETWORK'],
    summary: 'local, finney, test, archive, or a ws:// or wss:// address',
    parse: parseNetwork,
    format: String,
    fallback: () => 'local',
  },
  walletName: {
    key: 'wallet-name',
    env: ['BTCLI_WALLET_NAME', 'BTCLI_WALLET', 'BT_WALLET'],
    summary: 'the wallet to use',
    parse: (text) => parseName(text, 'wallet'),
    format: String,
    fallback: () => 'default',
  },
  hotkey: {
    key: 'hotkey',
    env: ['BTCLI_HOTKEY', 'BTCLI_WALLET_HOTKEY', 'BT_WALLET_HOTKEY'],
    summary: "the wallet's hotkey to use",
    parse: (text) => parseName(text, 'hotkey'),
    format: String,
    fallback: () => 'default',
  },
  walletPath: {
    key: 'wallet-path',
    env: ['BTCLI_WALLET_PATH', 'BT_WALLET_PATH'],
    summary: 'the folder that holds the wallets',
    parse: parsePath,
    format: String,
    fallback: (env) => join(homeOf(env), '.bittensor', 'wallets'),
  },
  tolerance: {
    key: 'tolerance',
    env: ['BTCLI_TOLERANCE'],
    summary: 'how far a price may move against you: 0.5%, or a fraction such as 0.005',
    parse: parseTolerance,
    format: formatTolerance,
    fallback: () => 5_000_000n as Tolerance,
  },
  safe: {
    key: 'safe',
    env: ['BTCLI_SAFE'],
    summary: 'protect stake and swap calls with a price limit',
    parse: (text) => parseBoolean(text, 'safe'),
    format: String,
    fallback: () => true,
  },
  partial: {
    key: 'partial',
    env: ['BTCLI_PARTIAL'],
    summary: 'allow a limited call to execute in part',
    parse: (text) => parseBoolean(text, 'partial'),
    format: String,
    fallback: () => false,
  },
  period: {
    key: 'period',
    env: ['BTCLI_PERIOD'],
    summary: 'blocks during which an extrinsic is valid (a power of two, 4 to 65536)',
    parse: parsePeriod,
    format: String,
    fallback: () => 64,
  },
  wait: {
    key: 'wait',
    env: ['BTCLI_WAIT'],
    summary: 'wait until the extrinsic is in-block or finalized, or not at all (none)',
    parse: parseWait,
    format: String,
    fallback: () => 'in-block',
  },
  timeout: {
    key: 'timeout',
    env: ['BTCLI_TIMEOUT'],
    summary: 'how long to wait for the network: 90s, 2m, 500ms; a bare number is seconds; 0 waits for ever',
    parse: parseDuration,
    format: formatDuration,
    fallback: () => 120_000,
  },
  keychain: {
    key: 'keychain',
    env: ['BTCLI_KEYCHAIN'],
    summary: 'where saved passwords are: system, none, keytar, or keytar:FOLDER that has it installed',
    parse: parseKeychain,
    format: String,
    fallback: () => 'system',
  },
};

export interface ResolvedSettings {
  readonly values: Settings;
  readonly sources: { readonly [K in keyof Settings]: SettingSource };
}

/** Options by setting key as typed, and what the config file holds. */
export interface SettingInputs {
  readonly options: Readonly<Record<string, string | undefined>>;
  readonly env: Environment;
  readonly config: Readonly<Record<string, string>>;
}

/** Option before environment before config file before default; an invalid value names where it came from. */
export function resolveSettings(inputs: SettingInputs): ResolvedSettings {
  const values: Record<string, unknown> = {};
  const sources: Record<string, SettingSource> = {};
  for (const [field, spec] of Object.entries<SettingSpec<unknown>>(SETTINGS)) {
    const [source, text, place] = lookUp(spec, inputs);
    sources[field] = source;
    values[field] = text === undefined ? spec.fallback(inputs.env) : parseFrom(spec, text, inputs.env, place);
  }
  return { values: values as unknown as Settings, sources: sources as ResolvedSettings['sources'] };
}

/** The setting that a key of the config file names. */
export function settingByKey(key: string): SettingSpec<unknown> {
  const wanted = key.trim().toLowerCase().replaceAll(/[_.]/g, '-');
  const specs = Object.values<SettingSpec<unknown>>(SETTINGS);
  const found = specs.find((spec) => spec.key === wanted);
  if (found) return found;
  const keys = specs.map((spec) => spec.key);
  const suggestion = nearest(wanted, keys);
  throw new CliError('UNKNOWN_SETTING', `There is no setting called "${key.slice(0, 60)}".`, {
    hints: [...(suggestion ? [`Did you mean ${suggestion}?`] : []), `Settings: ${keys.join(', ')}.`],
    data: { key: key.slice(0, 60), settings: keys, ...(suggestion ? { suggestion } : {}) },
  });
}

function lookUp(
  spec: SettingSpec<unknown>,
  { options, env, config }: SettingInputs,
): [source: SettingSource, text: string | undefined, place: string] {
  const option = options[spec.key];
  if (option !== undefined) return ['option', option, `--${spec.key}`];
  for (const name of spec.env) {
    const value = env[name];
    if (value !== undefined && value !== '') return ['environment', value, name];
  }
  const configured = config[spec.key];
  if (configured !== undefined) return ['config', configured, `"${spec.key}" in the config file`];
  return ['default', undefined, ''];
}

function parseFrom(spec: SettingSpec<unknown>, text: string, env: Environment, place: string): unknown {
  try {
    return spec.parse(text, env);
  } catch (error) {
    if (!(error instanceof CliError) || place.startsWith('--')) throw error;
    throw new CliError(error.code, error.message, {
      hints: [...error.hints, `The value comes from ${place}.`],
      data: { ...error.data, source: place },
      cause: error,
    });
  }
}

function invalid(message: string, hint: string): CliError {
  return new CliError('SETTING_INVALID', message, { hints: [hint] });
}

function parseName(text: string, what: string): string {
  const value = text.trim();
  // A name becomes a file's or a folder's name, so it must not leave its place.
  if (value === '' || value.length > 255 || value.startsWith('.') || /[/\\\0]/.test(value)) {
    throw new CliError('NAME_INVALID', `"${value.slice(0, 60)}" cannot be the name of a ${what}.`, {
      hints: ['A name has no slash and does not start with a dot.'],
    });
  }
  return value;
}

function parsePath(text: string, env: Environment): string {
  if (text.trim() === '' || text.includes('\0')) throw invalid('The wallet path is empty.', 'Give a folder.');
  return expandHome(text.trim(), env);
}

function parseBoolean(text: string, key: string): boolean {
  const value = text.trim().toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(value)) return true;
  if (['false', 'no', 'off', '0'].includes(value)) return false;
  throw invalid(`"${text.slice(0, 40)}" is neither true nor false (${key}).`, 'Write true or false.');
}

function parsePeriod(text: string): number {
  const value = Number(text);
  const isPowerOfTwo = Number.isInteger(value) && (value & (value - 1)) === 0;
  if (!/^\d{1,5}$/.test(text.trim()) || value < 4 || value > 65_536 || !isPowerOfTwo) {
    throw invalid(`"${text.slice(0, 40)}" is not a period.`, 'A period is a power of two from 4 to 65536 blocks.');
  }
  return value;
}

function parseWait(text: string): WaitFor {
  const value = text.trim();
  if (value === 'in-block' || value === 'finalized' || value === 'none') return value;
  const suggestion = nearest(value, ['in-block', 'finalized', 'none']);
  throw invalid(
    `"${value.slice(0, 40)}" is not something to wait for.`,
    suggestion
      ? `Did you mean ${suggestion}? Choices: in-block, finalized, none.`
      : 'Choices: in-block, finalized, none.',
  );
}

function parseKeychain(text: string): string {
  const value = text.trim();
  if (['system', 'none', 'keytar'].includes(value) || /^keytar:./.test(value)) return value;
  throw invalid(`"${value.slice(0, 40)}" is not a keychain.`, 'Choices: system, none, keytar, keytar:FOLDER.');
}

const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds from "500ms", "12s", "2m", "1h" or a bare number of seconds; at most a day. */
function parseDuration(text: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?\s*(ms|s|m|h)?$/.exec(text.trim());
  const scale = DURATION_UNITS[match?.[3] ?? 's'] ?? 1000;
  const thousandths = match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')) : Number.NaN;
  const milliseconds = (thousandths * scale) / 1000;
  if (!Number.isInteger(milliseconds) || milliseconds > 86_400_000) {
    throw invalid(`"${text.slice(0, 40)}" is not a duration.`, 'Examples: 90s, 2m, 500ms; at most 24h.');
  }
  return milliseconds;
}

/** The shortest exact form that `parseDuration` reads back. */
function formatDuration(milliseconds: number): string {
  for (const [name, scale] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const) {
    if (milliseconds !== 0 && milliseconds % scale === 0) return `${milliseconds / scale}${name}`;
  }
  return milliseconds === 0 ? '0' : `${milliseconds}ms`;
}
