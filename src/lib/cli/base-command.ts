import { Command, type Interfaces } from '@oclif/core';
import { readConfig } from '../config.ts';
import { CliError } from '../errors.ts';
import { resolvePaths } from '../paths.ts';
import { type ResolvedSettings, resolveSettings } from '../settings.ts';
import { CommandContext, type Program } from './context.ts';
import { equivalentCommand } from './equivalent.ts';
import { globalFlags, listFlags } from './flags.ts';
import type { Interrupt } from './interrupt.ts';
import { isTruthy, normalizeOptions } from './option-names.ts';
import type { Output } from './output.ts';
import { renderCsv } from './render/csv.ts';
import { arrangeRows, chooseColumns, type ListOptions } from './render/list.ts';
import type { Column } from './render/table.ts';
import { Ui } from './render/ui.ts';
import type { ResultOf, ResultSpec } from './schema/schema.ts';

export type AnyResult = ResultSpec<unknown>;

/** What a command class declares besides oclif's statics. */
export interface CommandClass {
  new (argv: string[], config: Interfaces.Config): BaseCommand<CommandClass>;
  flags: Interfaces.FlagInput;
  args: Interfaces.ArgInput;
  result: AnyResult;
}

type Declared = { flags: Interfaces.FlagInput; args: Interfaces.ArgInput; result: AnyResult };

/** The context of a command: `Context<typeof StakeAdd>`. */
export type Context<C> = C extends { flags: infer F; args: infer A }
  ? CommandContext<
      Interfaces.InferredFlags<F> & Interfaces.InferredFlags<typeof globalFlags>,
      Interfaces.InferredArgs<A>
    >
  : never;

/** What a command resolves with: `Result<typeof StakeAdd>`. */
export type Result<C> = C extends { result: infer R } ? ResultOf<R> : never;

/** What a command runs in; handed over by the entry point, or by a test. */
export interface Surroundings {
  readonly output: Output;
  readonly interrupt: Interrupt;
  readonly program: Program;
}

/**
 * The base of every command. A command declares `flags`, `args` and `result`, does its work in `execute` and says how
 * a person sees the result in `render`; it never prints, never exits, and throws `CliError`.
 */
export abstract class BaseCommand<C> extends Command {
  static override flags: Interfaces.FlagInput = {};
  static override args: Interfaces.ArgInput = {};
  static override baseFlags: Interfaces.FlagInput = globalFlags;
  static result: AnyResult;
  /** A command that repairs the configuration must run with a broken one. */
  static ignoresBrokenConfig = false;

  abstract execute(context: Context<C>): Promise<Result<C>>;

  abstract render(result: Result<C>, ui: Ui, context: Context<C>): void;

  /** Parses, resolves settings, executes and prints. Failures are thrown, for the entry point to report. */
  async invoke({ output, interrupt, program }: Surroundings): Promise<void> {
    const declared = this.constructor as unknown as Declared & { ignoresBrokenConfig: boolean; strict: boolean };
    const argv = normalizeOptions(this.argv, new Set(this.declaredOptions()));
    const parsed = await this.parse(
      {
        flags: declared.flags,
        args: withoutStdin(declared.args),
        baseFlags: this.baseFlags(),
        strict: declared.strict,
      },
      argv,
    );
    const { flags, args } = parsed;
    this.prepare(output, flags);
    const settings = this.settings(flags, output, declared.ignoresBrokenConfig);
    const context = new CommandContext({
      id: this.id ?? '',
      flags,
      args,
      settings,
      output,
      interrupt,
      program,
      words: parsed.argv.map(String),
      yes: flags.yes === true || isTruthy(output.io.env.BTCLI_YES),
      decline: flags.no === true,
      dryRun: flags['dry-run'] === true || isTruthy(output.io.env.BTCLI_DRY_RUN),
    }) as unknown as Context<C> & CommandContext;
    try {
      const result = this.arrange(await this.execute(context), context);
      context.progress.stop();
      await output.succeed(declared.result.id, result, this.present(result, context));
    } catch (error) {
      if (isWorthRepeating(error)) this.noteEquivalent(context, argv);
      throw error;
    } finally {
      await context.close();
    }
    this.noteEquivalent(context, argv);
  }

  /** After questions: the command line that would not have asked them. */
  private noteEquivalent({ answers, implied, output }: CommandContext, argv: readonly string[]): void {
    if (answers.size === 0) return;
    const command = equivalentCommand(this.words, argv, new Map([...implied, ...answers]));
    output.note(output.noteColors.dim(`Same without questions: ${command}`));
  }

  async run(): Promise<never> {
    throw new Error('a command runs through invoke');
  }

  /** Hook of list commands: filters and sorts rows. */
  protected arrange(result: Result<C>, _context: CommandContext): Result<C> {
    return result;
  }

  /** The text for stdout when it is not JSON. */
  protected present(result: Result<C>, context: Context<C> & CommandContext): string {
    const { output } = context;
    if (output.mode === 'json') return '';
    const ui = new Ui(output.colors, output.io.stdout.isTTY === true ? output.io.stdout.columns : undefined);
    this.render(result, ui, context);
    return ui.text;
  }

  protected baseFlags(): Interfaces.FlagInput {
    return (this.constructor as typeof BaseCommand).baseFlags;
  }

  private get words(): string {
    return (this.id ?? '').replaceAll(':', ' ');
  }

  private declaredOptions(): string[] {
    const { flags } = this.constructor as unknown as Declared;
    return Object.entries({ ...this.baseFlags(), ...flags }).flatMap(([name, flag]) => [
      name,
      ...(flag.aliases ?? []),
      ...(flag.type === 'boolean' && flag.allowNo ? [`no-${name}`] : []),
    ]);
  }

  private prepare(output: Output, flags: Record<string, unknown>): void {
    const { env } = output.io;
    output.quiet = flags.quiet === true || isTruthy(env.BTCLI_QUIET);
    output.verbose = flags.verbose === true || isTruthy(env.BTCLI_VERBOSE);
    output.noColor = flags['no-color'] === true;
    refuseTogether(flags, 'json', 'csv');
    refuseTogether(flags, 'quiet', 'verbose');
    refuseTogether(flags, 'yes', 'no');
    if (flags.csv === true && output.mode !== 'json') output.mode = 'csv';
  }

  private settings(flags: Record<string, unknown>, output: Output, lenient: boolean): ResolvedSettings {
    const { env } = output.io;
    const options = Object.fromEntries(
      Object.entries(flags).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)] as const] : [],
      ),
    );
    if (lenient) return resolveSettings({ options, env: {}, config: {} });
    return resolveSettings({ options, env, config: readConfig(resolvePaths(env).configFile) });
  }
}

/** A command whose result holds rows under one field; it gains --csv, --columns, --sort and --filter. */
export abstract class ListCommand<C, R> extends BaseCommand<C> {
  static override baseFlags: Interfaces.FlagInput = { ...globalFlags, ...listFlags };
  static list = true;

  /** The field of the result that holds the rows. */
  protected abstract readonly rowsField: string & keyof Result<C>;
  protected abstract readonly columns: readonly Column<R>[];
  /** Said in place of an empty table. */
  protected readonly empty: string = 'Nothing to show.';

  render(result: Result<C>, ui: Ui, context: Context<C>): void {
    ui.table(chooseColumns(this.columns, listOptions(context).columns), this.rows(result), this.empty);
    this.footer(result, ui, context);
  }

  /** Lines below the table. */
  protected footer(_result: Result<C>, _ui: Ui, _context: Context<C>): void {}

  protected override arrange(result: Result<C>, context: CommandContext): Result<C> {
    const options = listOptions(context);
    chooseColumns(this.columns, options.columns);
    return {
      ...(result as object),
      [this.rowsField]: arrangeRows(this.columns, this.rows(result), options),
    } as Result<C>;
  }

  protected override present(result: Result<C>, context: Context<C> & CommandContext): string {
    if (context.output.mode !== 'csv') return super.present(result, context);
    return renderCsv(chooseColumns(this.columns, listOptions(context).columns), this.rows(result));
  }

  private rows(result: Result<C>): R[] {
    return (result as Record<string, unknown>)[this.rowsField] as R[];
  }
}

/** Whether the same command may do better the next time: the network or the chain was in the way, not the answers. */
function isWorthRepeating(error: unknown): boolean {
  return error instanceof CliError && [10, 11, 13, 15].includes(error.exit);
}

/** Two options that contradict each other. */
function refuseTogether(flags: Record<string, unknown>, one: string, other: string): void {
  if (flags[one] !== true || flags[other] !== true) return;
  throw new CliError('USAGE', `--${one} and --${other} exclude each other.`, { hints: [`Choose one of them.`] });
}

function listOptions(context: unknown): ListOptions {
  const { flags } = context as CommandContext & { flags: ListOptions & { 'sort-order'?: string } };
  return { columns: flags.columns, sort: flags.sort, sortOrder: flags['sort-order'], filter: flags.filter };
}

/** oclif would otherwise read a missing argument from whatever stdin is. */
function withoutStdin(args: Interfaces.ArgInput): Interfaces.ArgInput {
  return Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, { ...arg, ignoreStdin: true }]));
}
