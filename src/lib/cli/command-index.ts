/** What the dispatcher and help know of every command without loading it; written by the build. */
export interface CommandIndex {
  readonly version: string;
  /** By id: the words that call the command, joined by a space. */
  readonly commands: Readonly<Record<string, CommandEntry>>;
}

export interface CommandEntry {
  readonly summary: string;
  /** Other full names, words joined by a space. */
  readonly aliases: readonly string[];
  readonly hidden: boolean;
  /** The name of the result's schema, such as "stake.add/v1". */
  readonly schema: string;
  /** Whether the output is a list (CSV, columns, sort, filter). */
  readonly list: boolean;
}

/** Ids of the commands below a topic, sorted. */
export function commandsUnder(index: CommandIndex, topic: string): string[] {
  return Object.keys(index.commands)
    .filter((id) => id.startsWith(`${topic} `) && !index.commands[id]!.hidden)
    .sort();
}

/** First words of all visible commands, sorted. */
export function rootTopics(index: CommandIndex): string[] {
  const ids = Object.entries(index.commands).filter(([, entry]) => !entry.hidden);
  return [...new Set(ids.map(([id]) => id.split(' ')[0]!))].sort();
}
