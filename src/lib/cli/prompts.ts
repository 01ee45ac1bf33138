import type { Io } from './io.ts';
import type { Keyboard } from './keyboard.ts';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
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
  return input(
    {
      message,
      ...(options.default === undefined ? {} : { default: options.default }),
      validate: async (text) => (await check?.(text)) ?? true,
    },
    streams(asking),
  );
}

/** Asks for a secret; nothing of it is shown, nor what is typed until the keyboard is released or something else asks. */
export async function askSecret(asking: Asking, message: string): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  const secret = await password({ message, mask: false }, streams(asking, true));
  asking.keyboard.hold();
  return secret;
}

export async function askConfirm(asking: Asking, message: string, preset = false): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: preset }, streams(asking));
}

/** Lets a person choose; long lists can be narrowed by typing. */
export async function askChoice<T>(asking: Asking, message: string, choices: readonly Choice<T>[]): Promise<T> {
  const { select } = await import('@inquirer/prompts');
  // The question, a description, the keys and a line to spare.
  const pageSize = Math.max(3, Math.min(PAGE, (asking.io.stderr.rows ?? 24) - 5));
  if (choices.length < SEARCHABLE) return select({ message, choices: [...choices], pageSize }, streams(asking));
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
  const chosen = await search(
    {
      message,
      pageSize,
      theme: { style: { keysHelpTip: () => 'type to narrow • ↑↓ navigate • ⏎ select' } },
      source: (term) => {
        wanted = (term ?? '').toLowerCase();
        return choices.filter(isWanted);
      },
    },
    streams(asking),
  );
  // Enter that came in one piece with the letters took from the list as it was before them.
  if (choices.some((choice) => choice.value === chosen && isWanted(choice))) return chosen;
  return searchChoice(asking, `${message} (again: that came faster than the list)`, choices, pageSize);
}

/** Questions appear on stderr, since stdout carries the answer. */
function streams(
  { io, signal, keyboard }: Asking,
  isSecret = false,
): { input: NodeJS.ReadStream; output: NodeJS.WriteStream; signal: AbortSignal } {
  keyboard.handOver(isSecret);
  return { input: io.stdin, output: io.stderr, signal };
}
