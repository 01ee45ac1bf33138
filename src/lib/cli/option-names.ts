/**
 * Names of options, without any library, because the dispatcher needs them before a command is loaded.
 * Long options are bittensor 11's; btcli 9's names lead to them.
 */

/** Global options that take a value, by their own name. */
const GLOBAL_WITH_VALUE = ['network', 'wallet-name', 'wallet-path', 'hotkey', 'timeout', 'wait'] as const;

/** Global options that stand alone. */
const GLOBAL_SWITCHES = ['json', 'yes', 'no', 'dry-run', 'quiet', 'verbose', 'no-color', 'help', 'version'] as const;

export const GLOBAL_OPTIONS: readonly string[] = [...GLOBAL_WITH_VALUE, ...GLOBAL_SWITCHES];

/** One-letter forms of global options. */
export const GLOBAL_LETTERS: Readonly<Record<string, string>> = {
  n: 'network',
  w: 'wallet-name',
  p: 'wallet-path',
  H: 'hotkey',
  y: 'yes',
  q: 'quiet',
  v: 'verbose',
  h: 'help',
};

/** Other names of long options. A command that has an option of the name on the left keeps it. */
const SYNONYMS: Readonly<Record<string, string>> = {
  chain: 'network',
  'subtensor-network': 'network',
  'subtensor-chain-endpoint': 'network',
  wallet: 'wallet-name',
  name: 'wallet-name',
  'wallet-hotkey': 'hotkey',
  'json-output': 'json',
  'json-out': 'json',
  'no-prompt': 'yes',
  decline: 'no',
  'rate-tolerance': 'tolerance',
  limit: 'tolerance',
  'safe-staking': 'safe',
  'slippage-protection': 'safe',
  'no-safe-staking': 'no-safe',
  'no-slippage-protection': 'no-safe',
  unsafe: 'no-safe',
  'safe-register': 'safe',
  'unsafe-register': 'no-safe',
  'allow-partial-stake': 'partial',
  'allow-partial': 'partial',
  allow: 'partial',
  'no-allow-partial-stake': 'no-partial',
  'not-allow': 'no-partial',
  'not-partial': 'no-partial',
  'mev-protection': 'mev-shield',
  proxy: 'proxy-for',
  era: 'period',
  'sort-by': 'sort',
};

/** btcli 9's options of one dash and two letters. */
const TWO_LETTERS: Readonly<Record<string, string>> = { '-in': '--include-hotkeys', '-ex': '--exclude-hotkeys' };

/** Options that ask for what happens anyway: questions on a terminal, passwords from the keychain. */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'prompt',
  'keychain-password',
  'interactive',
  'no-mev-shield',
  'no-mev-protection',
  'no-overwrite',
  'no-use-hotkey',
  'no-all-netuids',
  'no-all-hotkeys',
  'no-announce-only',
  'no-claim',
  // Everything is shown, however small, and prices are the present ones.
  'dust',
  'empty',
  'current',
]);

/** A long option's name and the value after an equals sign; names may have been typed with `_` or `.` for `-`. */
export function splitLong(token: string): { name: string; value: string | undefined } {
  const equals = token.indexOf('=');
  const raw = equals === -1 ? token.slice(2) : token.slice(2, equals);
  return { name: raw.replaceAll(/[_.]/g, '-'), value: equals === -1 ? undefined : token.slice(equals + 1) };
}

/** The name that a global option goes by. */
export function canonicalName(name: string): string {
  return SYNONYMS[name] ?? name;
}

/** The name that a long option goes by, given the names that the command itself declares; a stranger keeps its name. */
function declaredName(name: string, declared: ReadonlySet<string>): string {
  const other = SYNONYMS[name];
  return declared.has(name) || other === undefined || !declared.has(other) ? name : other;
}

/** A global option that takes its value from the next word. */
export function takesValue(name: string): boolean {
  return (GLOBAL_WITH_VALUE as readonly string[]).includes(name);
}

/** Rewrites btcli's spellings to the names that the command declares; values and words after `--` stay. */
export function normalizeOptions(argv: readonly string[], declared: ReadonlySet<string>): string[] {
  const result: string[] = [];
  for (const [position, token] of argv.entries()) {
    if (token === '--') return [...result, ...argv.slice(position)];
    if (MAY_BEGIN_WITH_DASH.has(result.at(-1) ?? '') && /^-(\d|\w{2})/.test(token)) {
      const option = result.pop();
      result.push(`${option}=${option === '--sort' ? descending(token) : token}`);
      continue;
    }
    const long = TWO_LETTERS[token] ?? token;
    if (!long.startsWith('--')) {
      result.push(token);
      continue;
    }
    const { name, value } = splitLong(long);
    if (WITHOUT_EFFECT.has(name) && !declared.has(name)) {
      takeBack(result, name);
      continue;
    }
    const canonical = declaredName(name, declared);
    result.push(
      value === undefined ? `--${canonical}` : `--${canonical}=${canonical === 'sort' ? descending(value) : value}`,
    );
  }
  return result;
}

/** `--no-overwrite` after `--overwrite`: the last word counts. */
function takeBack(tokens: string[], name: string): void {
  const earlier = name.startsWith('no-') ? tokens.indexOf(`--${name.slice('no-'.length)}`) : -1;
  if (earlier !== -1) tokens.splice(earlier, 1);
}

/** oclif takes a value that begins with a short option's letter for that option: a descending column goes as `column:desc`. */
const descending = (value: string): string => (/^-[A-Za-z]\w*$/.test(value) ? `${value.slice(1)}:desc` : value);

/** Options whose value may begin with a dash: a descending column, an amount that is then refused as negative. */
const MAY_BEGIN_WITH_DASH: ReadonlySet<string> = new Set(['--sort', '--amount', '--tao', '--alpha']);

/** Whether the command line asks for JSON, known before anything else, since errors must be JSON too. */
export function wantsJson(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): boolean {
  if (isTruthy(env.BTCLI_JSON)) return true;
  return beforeDashes(argv).some((token) => {
    if (!token.startsWith('--')) return false;
    const { name, value } = splitLong(token);
    return value === undefined && canonicalName(name) === 'json';
  });
}

/** The words before a bare `--`, which ends the options. */
export function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

/** How environment variables say yes. */
export function isTruthy(value: string | undefined): boolean {
  return value !== undefined && ['1', 'true', 'yes', 'on'].includes(value.toLowerCase());
}
