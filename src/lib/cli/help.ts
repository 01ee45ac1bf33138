import { type CommandIndex, commandsUnder, rootTopics } from './command-index.ts';
import type { Palette } from './render/palette.ts';
import { pad, wrap } from './render/width.ts';
import { TOPIC_SUMMARIES } from './topics.ts';

/** One line of help: a topic or a command below another. */
export interface HelpEntry {
  readonly name: string;
  readonly summary: string;
}

/** What `--help` says under `--json`. */
export interface HelpData {
  readonly path: string;
  readonly topics: readonly HelpEntry[];
  readonly commands: readonly HelpEntry[];
}

/** What stands directly below a topic; the empty path is the program. */
export function helpData(index: CommandIndex, path: string): HelpData {
  const names = path === '' ? rootTopics(index) : nextWords(index, path);
  const full = names.map((name) => (path === '' ? name : `${path} ${name}`));
  const topics = full.filter((name) => commandsUnder(index, name).length > 0 && index.commands[name] === undefined);
  const commands = full.filter((name) => index.commands[name] !== undefined);
  return {
    path,
    topics: topics.map((name) => ({ name, summary: TOPIC_SUMMARIES[name] ?? '' })),
    commands: commands.map((name) => ({ name, summary: index.commands[name]!.summary })),
  };
}

/**
 * Help for the program or a topic, from the index alone: no command is loaded for it.
 * @param columns of the terminal, to break lines at spaces; undefined for a pipe
 */
export function helpText(
  index: CommandIndex,
  path: string,
  { bold, dim }: Palette,
  columns = Number.POSITIVE_INFINITY,
): string {
  const { topics, commands } = helpData(index, path);
  const width = Math.max(...[...topics, ...commands].map(({ name }) => name.length));
  const list = (title: string, entries: readonly HelpEntry[]): string[] =>
    entries.length === 0
      ? []
      : [
          '',
          bold(title),
          ...entries.flatMap(({ name, summary }) => described(pad(name, width), summary, columns, dim)),
        ];
  const name = path === '' ? 'btcli-ts' : `btcli-ts ${path}`;
  const intro =
    path === ''
      ? 'A wallet and staking tool for Bittensor, with the chain itself as a local network.'
      : TOPIC_SUMMARIES[path];
  return [
    ...(intro ? [...wrap(intro, columns), ''] : []),
    bold('USAGE'),
    `  $ ${name} COMMAND [OPTIONS]`,
    ...list('TOPICS', topics),
    ...list('COMMANDS', commands),
    '',
    bold('GLOBAL OPTIONS'),
    ...GLOBAL_OPTIONS.flatMap(([option, meaning]) => described(option, meaning, columns)),
    ...wrap(OTHER_OPTIONS, columns - 2).map((line) => `  ${line}`),
    '',
    ...wrap(`${name} COMMAND --help tells more.`, columns),
    '',
  ].join('\n');
}

/** What something is called, and behind it what it is; the lines of a long text stand below each other. */
function described(name: string, text: string, columns: number, style = (line: string) => line): string[] {
  const indent = name.length + 4;
  const [first = '', ...more] = wrap(text, Math.max(20, columns - indent));
  return [`  ${name}  ${style(first)}`, ...more.map((line) => ' '.repeat(indent) + style(line))];
}

const GLOBAL_OPTIONS = [
  ['-n, --network NETWORK   ', 'local (default), finney, test, archive, or a ws:// or wss:// address'],
  ['-w, --wallet-name NAME  ', 'the wallet to use'],
  ['-H, --hotkey NAME       ', 'its hotkey'],
  ['-p, --wallet-path FOLDER', 'the folder that holds the wallets'],
  ['    --json              ', 'print one JSON document'],
  ['-y, --yes               ', 'ask nothing'],
  ['    --dry-run           ', 'plan and print, send nothing'],
] as const;
const OTHER_OPTIONS = '-q, --quiet  -v, --verbose  --no-color  --timeout TIME  --wait STATE';

function nextWords(index: CommandIndex, path: string): string[] {
  const depth = path.split(' ').length;
  return [...new Set(commandsUnder(index, path).map((id) => id.split(' ')[depth]!))].sort();
}
