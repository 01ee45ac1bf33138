import { CliError } from '../errors.ts';
import { type Environment, type Paths, resolvePaths } from '../paths.ts';
import type { ResolvedSettings, SettingSource, Settings } from '../settings.ts';
import type { Interrupt, InterruptHandler } from './interrupt.ts';
import { isInteractive } from './io.ts';
import { Keyboard } from './keyboard.ts';
import { askFor, inputRequired, type Need } from './needs.ts';
import type { Meta, Output } from './output.ts';
import type { PackageFacts } from './package-facts.ts';
import { Progress } from './progress.ts';
import { type Asking, askChoice, askConfirm, askSecret, askText, type Choice } from './prompts.ts';
import type { ResultSpec } from './schema/schema.ts';
import { complaintOf } from './sentence.ts';

/** The program itself, for the few commands that are about it. */
export interface Program {
  readonly facts: PackageFacts;
  readonly load: (id: string) => Promise<{ readonly result: ResultSpec<unknown> }>;
}

export interface ContextParts<F, A> {
  readonly id: string;
  readonly flags: F;
  readonly args: A;
  readonly settings: ResolvedSettings;
  readonly output: Output;
  readonly interrupt: Interrupt;
  readonly program: Program;
  readonly words: readonly string[];
  readonly yes: boolean;
  readonly decline: boolean;
  readonly dryRun: boolean;
}

type Values<N> = { [K in keyof N]: N[K] extends Need<infer T> ? T : never };

/** Everything a command gets; it reaches for nothing else of the outside world. */
export class CommandContext<F = Record<string, unknown>, A = Record<string, unknown>> {
  /** The command's own options. */
  readonly flags: F;
  readonly args: A;
  /** All words after the command that are no options, for commands with any number of them. */
  readonly words: readonly string[];
  readonly program: Program;
  /** Options, environment, config file and defaults, resolved and checked. */
  readonly settings: Settings;
  readonly paths: Paths;
  readonly env: Environment;
  /** `--yes`: ask nothing. */
  readonly yes: boolean;
  /** `--dry-run`: plan, print, and send nothing. */
  readonly dryRun: boolean;
  /** Where questions can be asked. */
  readonly interactive: boolean;
  /** Facts beside the answer in JSON; a command that used a network sets it here. */
  readonly meta: Meta;
  readonly progress: Progress;
  /** Answers given at prompts, by option (undefined: it stands alone), for the equivalent command. */
  readonly answers = new Map<string, string | undefined>();
  /** What was settled without a question (the only wallet there is, a yes to a question), for the equivalent command too. */
  readonly implied = new Map<string, string | undefined>();
  readonly output: Output;
  private readonly parts: ContextParts<F, A>;
  private readonly keyboard: Keyboard;
  private readonly deferred: (() => unknown)[] = [];

  constructor(parts: ContextParts<F, A>) {
    this.parts = parts;
    this.flags = parts.flags;
    this.args = parts.args;
    this.words = parts.words;
    this.program = parts.program;
    this.settings = parts.settings.values;
    this.output = parts.output;
    this.env = parts.output.io.env;
    this.paths = resolvePaths(this.env);
    this.yes = parts.yes;
    this.dryRun = parts.dryRun;
    this.interactive = !parts.yes && isInteractive(parts.output.io);
    this.meta = parts.output.meta;
    this.progress = new Progress(parts.output);
    this.keyboard = new Keyboard(parts.output.io, () => parts.interrupt.raise());
  }

  /** Aborted on Ctrl-C. */
  get signal(): AbortSignal {
    return this.parts.interrupt.signal;
  }

  /** Where a setting's value came from. */
  sourceOf(setting: keyof Settings): SettingSource {
    return this.parts.settings.sources[setting];
  }

  /** Something that the user must see. */
  warn(text: string): void {
    this.progress.stop();
    this.output.warn(text);
  }

  /** A line of progress. */
  note(text: string): void {
    this.progress.stop();
    this.output.note(text);
  }

  /** Says why an answer cannot be used, where the question comes again. */
  complain(error: CliError): void {
    this.progress.stop();
    this.output.complain(complaintOf(error));
  }

  debug(text: string): void {
    this.output.debug(text);
  }

  /** One input: what was given, else asked for, else `INPUT_REQUIRED`. */
  async need<T>(need: Need<T>): Promise<T> {
    if (need.value !== undefined) return need.value;
    if (!this.interactive) throw await inputRequired([need], isInteractive(this.output.io));
    return this.ask(need);
  }

  /** Several inputs, asked one by one; without a terminal the error names all that are missing. */
  async needs<N extends Record<string, Need<unknown>>>(needs: N): Promise<Values<N>> {
    const missing = Object.values<Need<unknown>>(needs as Record<string, Need<unknown>>).filter(
      (need) => need.value === undefined,
    );
    if (missing.length > 0 && !this.interactive) {
      throw await inputRequired(missing, isInteractive(this.output.io));
    }
    const values: Record<string, unknown> = {};
    for (const [name, need] of Object.entries<Need<unknown>>(needs as Record<string, Need<unknown>>)) {
      values[name] = need.value === undefined ? await this.ask(need) : need.value;
    }
    return values as Values<N>;
  }

  /** A question on the way to an input, whose answer stands in no option of its own; only where questions can be asked. */
  async choose<T>(message: string, choices: readonly Choice<T>[]): Promise<T> {
    this.progress.stop();
    return askChoice(this.asking, message, choices);
  }

  /**
   * Returns when the user agrees (or said `--yes`). Throws CANCELLED when not, CONFIRMATION_REQUIRED when nobody can
   * be asked. `typed` asks for a word to be typed instead, for what cannot be undone.
   */
  async confirm(message: string, options: { typed?: string; preset?: boolean } = {}): Promise<void> {
    this.progress.stop();
    if (this.parts.decline) throw cancelled();
    if (this.yes) return;
    if (!this.interactive) {
      throw new CliError('CONFIRMATION_REQUIRED', `Confirmation is needed: ${message}`, {
        hints: ['Add --yes to confirm, or run the command on a terminal.'],
        data: { question: message },
      });
    }
    const { typed } = options;
    const agreed =
      typed === undefined
        ? await askConfirm(this.asking, message, options.preset)
        : (await askText(this.asking, `${message} Type ${typed} to go on:`)) === typed;
    if (!agreed) throw cancelled();
    this.implied.set('yes', undefined);
  }

  /**
   * A password or another secret, typed without echo; without a terminal INPUT_REQUIRED that names `flag`. Afterwards the
   * terminal shows nothing that is typed until something else is asked, `secretsDone` is called or the command ends.
   * `joinLines`: a pasted text of several lines is one answer.
   */
  async secret(message: string, flag: string, { joinLines = false } = {}): Promise<string> {
    this.progress.stop();
    if (!this.interactive) {
      throw await inputRequired([{ flag, type: 'file' }], isInteractive(this.output.io));
    }
    return askSecret(this.asking, message, joinLines);
  }

  /** The secret was used, and no other one will be asked for: the terminal is as usual while the command goes on. */
  secretsDone(): void {
    this.keyboard.release();
  }

  /**
   * Shows a recovery phrase once and asks two words back. Only where someone can read it: without a terminal nothing is
   * shown and the answer is false, since a phrase goes neither into JSON nor into a pipe.
   */
  async showPhrase(phrase: Uint8Array, title?: string): Promise<boolean> {
    this.progress.stop();
    if (!this.interactive) return false;
    const { showPhrase } = await import('./secret-screen.ts');
    await showPhrase(this.asking, phrase, title);
    return true;
  }

  /** Registers what to say, or to finish, when the user interrupts; returns its undo. */
  onInterrupt(handler: InterruptHandler, options: { grace?: number } = {}): () => void {
    return this.parts.interrupt.on(handler, options);
  }

  /** Runs when the command ends, however it ends, the last one first: closing connections and files. */
  defer(cleanup: () => unknown): void {
    this.deferred.push(cleanup);
  }

  /** For the base: runs what was deferred. */
  async close(): Promise<void> {
    this.progress.stop();
    this.keyboard.release();
    for (let cleanup = this.deferred.pop(); cleanup; cleanup = this.deferred.pop()) await cleanup();
  }

  private get asking(): Asking {
    return { io: this.output.io, signal: this.signal, keyboard: this.keyboard };
  }

  private async ask<T>(need: Need<T>): Promise<T> {
    this.progress.stop();
    const value = await askFor(this.asking, need);
    const alone = need.switchFor?.(value);
    if (alone !== undefined) this.answers.set(alone, undefined);
    else this.answers.set(need.flag, (need.format ?? String)(value));
    return value;
  }
}

function cancelled(): CliError {
  return new CliError('CANCELLED', 'Cancelled. Nothing was changed.');
}
