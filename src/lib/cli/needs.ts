import { CliError } from '../errors.ts';
import { type Asking, askChoice, askText, type Choice } from './prompts.ts';
import { complaintOf } from './sentence.ts';

/** An input that is asked for after another one, and depends on it. */
export interface LaterNeed {
  readonly flag: string;
  readonly type: string;
  readonly value?: unknown;
}

/** An input that a command cannot do without. */
export interface Need<T> {
  /** The option's name without dashes. */
  readonly flag: string;
  /** The type that `data.needs` names for scripts: netuid, tao, address, name … */
  readonly type: string;
  /** The question. */
  readonly message: string;
  /** What was given already. */
  readonly value?: T | undefined;
  /** Reads typed text; throws a `CliError` that says what is wrong with it. */
  readonly parse: (text: string) => T;
  /** Looks further at what was typed at the prompt (is there such an account?); throws a `CliError` as `parse` does. */
  check?(value: T): unknown;
  /** What to choose from, such as subnets with their prices; asked only if the value is missing. */
  readonly choices?: () => readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  /** Suggested at the prompt. */
  readonly preset?: string;
  /** How the value is written in the equivalent command; `String` by default. */
  format?(value: T): string;
  /** What is asked for next: where nobody can be asked, the error names it in the same breath. */
  readonly followedBy?: readonly LaterNeed[];
  /** The option that stands alone for a value: --all for everything. */
  switchFor?(value: T): string | undefined;
}

/** Time that gathering choices may take when they only go into an error. */
const CHOICES_FOR_ERROR = 2_000;
const CHOICES_IN_ERROR = 50;

/** Asks for one missing input on the terminal. */
export async function askFor<T>(asking: Asking, need: Need<T>): Promise<T> {
  const choices = (await need.choices?.()) ?? [];
  if (choices.length > 0) return askChoice(asking, need.message, choices);
  const text = await askText(asking, need.message, {
    ...(need.preset === undefined ? {} : { default: need.preset }),
    check: (typed) => complaint(need, typed),
  });
  return need.parse(text);
}

type Missing = Pick<Need<unknown>, 'flag' | 'type' | 'choices' | 'format' | 'followedBy'>;

/** The error that names all missing inputs at once, for scripts and for `--yes`. */
export async function inputRequired(needs: readonly Missing[], askable: boolean): Promise<CliError> {
  const later = needs.flatMap(({ followedBy = [] }) => followedBy.filter(({ value }) => value === undefined));
  const described = await Promise.all([...needs, ...later].map(describe));
  const flags = described.map(({ flag }) => flag).join(', ');
  return new CliError('INPUT_REQUIRED', `Missing: ${flags}.`, {
    hints: [
      `Give ${flags}.`,
      ...(askable ? ['Without --yes you would be asked for it.'] : ['On a terminal you would be asked for it.']),
    ],
    data: { needs: described },
  });
}

interface DescribedNeed {
  flag: string;
  type: string;
  choices?: { value: string; name: string }[];
}

async function describe(need: Missing): Promise<DescribedNeed> {
  const found = await within(CHOICES_FOR_ERROR, async () => need.choices?.() ?? []);
  const format = need.format ?? String;
  return {
    flag: `--${need.flag}`,
    type: need.type,
    ...(found === undefined || found.length === 0
      ? {}
      : { choices: found.slice(0, CHOICES_IN_ERROR).map(({ value, name }) => ({ value: format(value), name })) }),
  };
}

/** The choices help, but their absence must not hide the error, nor delay it. */
async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function complaint<T>(need: Need<T>, typed: string): Promise<string | undefined> {
  try {
    const value = need.parse(typed);
    await need.check?.(value);
    return undefined;
  } catch (error) {
    if (error instanceof CliError) return complaintOf(error);
    throw error;
  }
}
