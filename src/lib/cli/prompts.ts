import type { Io } from './io.ts';
import type { Keyboard } from './keyboard.ts';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** What stands behind the question once it is chosen, where the name is long; the name by default. */
  readonly short?: string;
  /** One more line about it, shown while it is selected. */
  readonly description?: string;
}

export interface Asking {
  readonly io: Io;
  readonly signal: AbortSignal;
  readonly keyboard: Keyboard;
}

/** From here on a list of choices can be searched by typing. */
const SEARCHABLE = 8;
/** Lines of a list that are shown at once, where the terminal has room. */
const PAGE = 12;

/** Asks for text; `check` returns a sentence when the answer cannot be used. */
export async function askText(
  asking: Asking,
  message: string,
  options: { default?: string; check?: (text: string) => Promise<string | undefined> } = {},
): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  const { check } = options;
  const config = {
    message,
    ...(options.default === undefined ? {} : { default: options.default }),
    validate: async (text: string) => (await check?.(text)) ?? true,
  };
  return visibly(asking, (streams) => input(config, streams));
}

/**
 * Asks for a secret; nothing of it is shown, nor what is typed until the keyboard is released or something else asks.
 * @param joinLines a pasted text of several lines is one answer
 */
export async function askSecret(asking: Asking, message: string, joinLines = false): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  const { keyboard, io, signal } = asking;
  const theme = { style: { help: () => '(not shown)' } };
  try {
    return await password(
      { message, mask: false, theme },
      { input: keyboard.ask(joinLines), output: io.stderr, signal },
    );
  } finally {
    keyboard.hold();
  }
}

/** Asks for a yes or a no. Anything else (an amount that was meant for another question, say) is neither. */
export async function askConfirm(asking: Asking, message: string, preset = false): Promise<boolean> {
  const { input } = await import('@inquirer/prompts');
  const config = {
    message: `${message} (${preset ? 'Y/n' : 'y/N'})`,
    validate: (text: string) => agreement(text, preset) !== undefined || 'Answer y or n.',
    transformer: (text: string, { isFinal }: { isFinal: boolean }) =>
      isFinal ? (agreement(text, preset) ? 'Yes' : 'No') : text,
  };
  return agreement(await visibly(asking, (streams) => input(config, streams)), preset) === true;
}

function agreement(text: string, preset: boolean): boolean | undefined {
  const answer = text.trim().toLowerCase();
  if (answer === '') return preset;
  return /^y(es)?$/.test(answer) ? true : /^no?$/.test(answer) ? false : undefined;
}

/** Lets a person choose; long lists can be narrowed by typing. */
export async function askChoice<T>(asking: Asking, message: string, choices: readonly Choice<T>[]): Promise<T> {
  const { select } = await import('@inquirer/prompts');
  // The question, a description, the keys and a line to spare.
  const pageSize = Math.max(3, Math.min(PAGE, (asking.io.stderr.rows ?? 24) - 5));
  if (choices.length < SEARCHABLE) {
    return visibly(asking, (streams) => select({ message, choices: [...choices], pageSize }, streams));
  }
  return searchChoice(asking, message, choices, pageSize);
}

async function searchChoice<T>(
  asking: Asking,
  message: string,
  choices: readonly Choice<T>[],
  pageSize: number,
): Promise<T> {
  const { search } = await import('@inquirer/prompts');
  let wanted = '';
  const isWanted = ({ name }: Choice<T>): boolean => name.toLowerCase().includes(wanted);
  const config = {
    message,
    pageSize,
    theme: { style: { keysHelpTip: () => 'type to narrow • ↑↓ navigate • ⏎ select' } },
    source: (term: string | undefined) => {
      wanted = (term ?? '').toLowerCase();
      return choices.filter(isWanted);
    },
  };
  const chosen = await visibly(asking, (streams) => search(config, streams));
  // Enter that came in one piece with the letters took from the list as it was before them.
  if (choices.some((choice) => choice.value === chosen && isWanted(choice))) return chosen;
  return searchChoice(asking, `${message} (again: that came faster than the list)`, choices, pageSize);
}

interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/** Runs a question whose answer may be seen. Questions appear on stderr, since stdout carries the answer. */
async function visibly<T>({ io, signal, keyboard }: Asking, ask: (streams: Streams) => Promise<T>): Promise<T> {
  keyboard.release();
  // When the program goes on after Ctrl-Z, readline takes the terminal again, but does not listen.
  const listen = (): unknown => setImmediate(() => io.stdin.resume());
  process.on('SIGCONT', listen);
  try {
    return await ask({ input: io.stdin, output: io.stderr, signal });
  } finally {
    process.off('SIGCONT', listen);
  }
}
