import { CliError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { CommandIndex } from './command-index.ts';
import {
  beforeDashes,
  canonicalName,
  GLOBAL_LETTERS,
  GLOBAL_OPTIONS,
  splitLong,
  takesValue,
  WITHOUT_EFFECT,
} from './option-names.ts';
import { canonicalWords, TOPIC_ALIAS_NAMES } from './topics.ts';

/** What a command line asks for. */
export type Dispatch =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly path: string }
  | { readonly kind: 'command'; readonly id: string; readonly argv: readonly string[] };

/** Finds the command, moving global options that stand before or within its words behind it. */
export function dispatch(argv: readonly string[], index: CommandIndex): Dispatch {
  const names = commandNames(index);
  const moved: string[] = [];
  const words: string[] = [];
  let position = 0;
  for (; position < argv.length; position++) {
    const token = argv[position]!;
    if (token === '--') break;
    if (token.startsWith('-') && token !== '-') {
      if (names.has(canonicalWords(words).join(' '))) break;
      const width = globalOptionWidth(token, words);
      moved.push(...argv.slice(position, position + width));
      position += width - 1;
      continue;
    }
    if (words[0] !== 'help' && !leadsSomewhere([...words, token], names)) break;
    words.push(token);
  }
  const rest = argv.slice(position);
  const path = canonicalWords(words).join(' ');
  const options = beforeDashes([...moved, ...rest]);
  if (options.includes('--version') && words.length === 0) return { kind: 'version' };
  if (words[0] === 'help') return { kind: 'help', path: helpPath(words.slice(1), names, index) };
  const id = names.get(path);
  const wantsHelp = options.includes('--help') || options.includes('-h');
  const word = rest.find((token) => !token.startsWith('-'));
  if (id === undefined && rest.length > 0 && word !== undefined) throw unknownCommand(words, word, index);
  if (wantsHelp || id === undefined) return { kind: 'help', path: id ?? path };
  return { kind: 'command', id, argv: [...moved, ...rest] };
}

/** Every full name that calls a command, aliases included, and the id behind it. */
function commandNames(index: CommandIndex): Map<string, string> {
  const names = new Map<string, string>();
  for (const [id, entry] of Object.entries(index.commands)) {
    for (const alias of entry.aliases) names.set(alias, id);
  }
  for (const id of Object.keys(index.commands)) names.set(id, id);
  return names;
}

function leadsSomewhere(words: readonly string[], names: ReadonlyMap<string, string>): boolean {
  if (words.length === 1 && words[0] === 'help') return true;
  const path = canonicalWords(words).join(' ');
  if (names.has(path)) return true;
  const prefix = `${path} `;
  for (const name of names.keys()) if (name.startsWith(prefix)) return true;
  return false;
}

function helpPath(words: readonly string[], names: ReadonlyMap<string, string>, index: CommandIndex): string {
  for (let length = 1; length <= words.length; length++) {
    if (!leadsSomewhere(words.slice(0, length), names)) {
      throw unknownCommand(words.slice(0, length - 1), words[length - 1]!, index);
    }
  }
  const path = canonicalWords(words).join(' ');
  return names.get(path) ?? path;
}

/** How many words a global option takes; anything else before the command is an error. */
function globalOptionWidth(token: string, words: readonly string[]): number {
  if (token.startsWith('--')) {
    const { name, value } = splitLong(token);
    const canonical = canonicalName(name);
    if (WITHOUT_EFFECT.has(canonical) || GLOBAL_OPTIONS.includes(canonical)) {
      return takesValue(canonical) && value === undefined ? 2 : 1;
    }
    throw unknownGlobal(token, nearest(name, GLOBAL_OPTIONS), words);
  }
  for (let letter = 1; letter < token.length; letter++) {
    const name = GLOBAL_LETTERS[token[letter]!];
    if (name === undefined) throw unknownGlobal(`-${token[letter]}`, undefined, words);
    if (takesValue(name)) return letter === token.length - 1 ? 2 : 1;
  }
  return 1;
}

function unknownGlobal(token: string, suggestion: string | undefined, words: readonly string[]): CliError {
  const option = token.split('=')[0]!.slice(0, 60);
  return new CliError('UNKNOWN_OPTION', `${option} is not an option that can stand before the command.`, {
    hints: [
      ...(suggestion ? [`Did you mean --${suggestion}?`] : []),
      `Options of a command follow it: btcli-ts ${[...words, 'COMMAND'].join(' ')} ${option}`,
    ],
    data: { option, ...(suggestion ? { suggestion: `--${suggestion}` } : {}) },
  });
}

function unknownCommand(words: readonly string[], word: string, index: CommandIndex): CliError {
  const topic = canonicalWords(words).join(' ');
  const typed = [...words, word].join(' ').slice(0, 80);
  const ids = Object.entries(index.commands).filter(([, entry]) => !entry.hidden);
  const prefix = topic === '' ? '' : `${topic} `;
  const next = new Set<string>();
  for (const name of ids.flatMap(([id, entry]) => [id, ...entry.aliases])) {
    if (name.startsWith(prefix)) next.add(name.slice(prefix.length).split(' ')[0]!);
  }
  const choices = [...next].sort();
  const near = nearest(word, topic === '' ? [...choices, ...TOPIC_ALIAS_NAMES] : choices);
  const suggestion = near === undefined ? undefined : canonicalWords([...canonicalWords(words), near]).join(' ');
  return new CliError('UNKNOWN_COMMAND', `There is no command called "${typed}".`, {
    hints: [
      ...(suggestion ? [`Did you mean btcli-ts ${suggestion}?`] : []),
      topic === '' ? 'btcli-ts --help lists all commands.' : `btcli-ts ${topic} has: ${choices.join(', ')}.`,
    ],
    data: { command: typed, ...(suggestion ? { suggestion } : {}), choices },
  });
}
