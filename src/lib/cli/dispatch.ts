import { CliError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { onlyInBtcli } from './btcli-commands.ts';
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
  const unknown = beforeDashes(rest).filter((token) => !token.startsWith('-'));
  if (id === undefined && unknown.length > 0) throw unknownCommand(words, unknown, index);
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
      throw unknownCommand(words.slice(0, length - 1), words.slice(length - 1), index);
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

/** @param unknown the word that leads nowhere, and what follows it: more of the command, arguments, values of options */
function unknownCommand(words: readonly string[], unknown: readonly string[], index: CommandIndex): CliError {
  const topic = canonicalWords(words).join(' ');
  const typed = [...words, unknown[0]!].join(' ').slice(0, 80);
  const choices = wordsAfter(topic, index);
  const foreign = onlyInBtcli(canonicalWords([...words, ...unknown]));
  if (foreign !== undefined && !leadsSomewhere(foreign.command.split(' '), commandNames(index))) {
    return new CliError('UNKNOWN_COMMAND', `btcli has "${foreign.command}", btcli-ts does not.`, {
      hints: [...(foreign.instead ? [foreign.instead] : []), whatThereIs(topic, index)],
      data: { command: typed, choices },
    });
  }
  const namesakes = topic === '' ? commandsEndingWith(unknown[0]!, index) : [];
  const suggestion = namesakes.length > 0 ? only(namesakes) : nearestCommand(topic, unknown, index);
  // Where the nearest is a topic, what it has says more than all topics.
  const near = suggestion ?? topic;
  const has = near === '' || near in index.commands ? topic : near;
  return new CliError('UNKNOWN_COMMAND', `There is no command called "${typed}".`, {
    hints: [
      ...(suggestion ? [`Did you mean btcli-ts ${suggestion}?`] : []),
      ...(namesakes.length > 1 ? [`There are: ${namesakes.join(', ')}.`] : []),
      whatThereIs(has, index),
    ],
    data: { command: typed, ...(suggestion ? { suggestion } : {}), choices },
  });
}

function whatThereIs(topic: string, index: CommandIndex): string {
  if (topic === '') return 'btcli-ts --help lists all commands.';
  return `btcli-ts ${topic} has: ${wordsAfter(topic, index).join(', ')}.`;
}

/** As much of the command that was meant as the words resolve to: "walet creat" to "wallet create". */
function nearestCommand(topic: string, unknown: readonly string[], index: CommandIndex): string | undefined {
  const names = commandNames(index);
  const aliases = TOPIC_ALIAS_NAMES.filter((alias) => leadsSomewhere([alias], names));
  let found = topic;
  for (const word of unknown) {
    const choices = wordsAfter(found, index);
    const near = nearest(word.replaceAll('_', '-'), found === '' ? [...choices, ...aliases] : choices);
    if (near === undefined) break;
    found = canonicalWords([...found.split(' ').filter(Boolean), near]).join(' ');
  }
  return found === topic ? undefined : (names.get(found) ?? found);
}

/** Commands whose topic was left out: "balance" is "wallet balance". */
function commandsEndingWith(word: string, index: CommandIndex): string[] {
  const found = [...commandNames(index)].filter(([name]) => name.endsWith(` ${word}`)).map(([, id]) => id);
  return [...new Set(found)].filter((id) => !index.commands[id]!.hidden).sort();
}

const only = (ids: readonly string[]): string | undefined => (ids.length === 1 ? ids[0] : undefined);

/** What can follow these words, sorted. */
function wordsAfter(topic: string, index: CommandIndex): string[] {
  const prefix = topic === '' ? '' : `${topic} `;
  const next = new Set<string>();
  for (const [id, { aliases, hidden }] of Object.entries(index.commands)) {
    if (hidden) continue;
    for (const name of [id, ...aliases]) {
      if (name.startsWith(prefix)) next.add(name.slice(prefix.length).split(' ')[0]!);
    }
  }
  return [...next].sort();
}
