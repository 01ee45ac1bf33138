import type { Io } from './io.ts';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  /** One more line about it, shown while it is selected. */
  readonly description?: string;
}

export interface Asking {
  readonly io: Io;
  readonly signal: AbortSignal;
}

/** From here on a list of choices can be searched by typing. */
const SEARCHABLE = 8;

/** Asks for text; `check` returns a sentence when the answer cannot be used. */
export async function askText(
  asking: Asking,
  message: string,
  options: { default?: string; check?: (text: string) => string | undefined } = {},
): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  const { check } = options;
  return input(
    {
      message,
      ...(options.default === undefined ? {} : { default: options.default }),
      validate: (text) => check?.(text) ?? true,
    },
    streams(asking),
  );
}

/** Asks for a secret; nothing of it is shown. */
export async function askSecret(asking: Asking, message: string): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  return password({ message, mask: false }, streams(asking));
}

export async function askConfirm(asking: Asking, message: string, preset = false): Promise<boolean> {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: preset }, streams(asking));
}

/** Lets a person choose; long lists can be narrowed by typing. */
export async function askChoice<T>(asking: Asking, message: string, choices: readonly Choice<T>[]): Promise<T> {
  const { search, select } = await import('@inquirer/prompts');
  if (choices.length < SEARCHABLE) return select({ message, choices: [...choices] }, streams(asking));
  return search(
    {
      message,
      source: (term) => {
        const wanted = (term ?? '').toLowerCase();
        return choices.filter((choice) => choice.name.toLowerCase().includes(wanted));
      },
    },
    streams(asking),
  );
}

/** Questions appear on stderr, since stdout carries the answer. */
function streams({ io, signal }: Asking): {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  signal: AbortSignal;
} {
  return { input: io.stdin, output: io.stderr, signal };
}
