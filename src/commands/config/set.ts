import { Args } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { changed } from '../../lib/cli/config-values.ts';
import type { CommandContext } from '../../lib/cli/context.ts';
import { priceFlags, transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { readConfig, writeConfig } from '../../lib/config.ts';
import { CliError } from '../../lib/errors.ts';
import { SETTINGS, settingByKey } from '../../lib/settings.ts';

/** Which setting; the answer to the next question names it in the equivalent command. */
async function askSetting(context: CommandContext): Promise<string> {
  const settings = Object.values(SETTINGS);
  const width = Math.max(...settings.map(({ key }) => key.length));
  return context.choose(
    'Which setting?',
    settings.map(({ key, summary }) => ({ value: key, name: key.padEnd(width), description: summary })),
  );
}

export default class ConfigSet extends BaseCommand<typeof ConfigSet> {
  static override summary = 'Keep a setting, so that commands fall back on it.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> network finney',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --tolerance 1%',
  ];
  static override args = {
    key: Args.string({ description: 'the setting' }),
    value: Args.string({ description: 'its value' }),
  };
  static override flags = { ...priceFlags, period: transactionFlags.period };
  static override result = result(
    'config.set/v1',
    s.object({ file: s.string(), written: s.boolean('false under --dry-run'), settings: s.record(s.string()) }),
  );
  static override ignoresBrokenConfig = true;

  async execute(context: Context<typeof ConfigSet>): Promise<Result<typeof ConfigSet>> {
    const { args, env, paths, dryRun } = context;
    const given = new Map<string, string>();
    for (const { key } of Object.values(SETTINGS)) {
      const value = (context.flags as Record<string, unknown>)[key];
      if (typeof value === 'string' || typeof value === 'boolean') given.set(key, String(value));
    }
    const named = args.key ?? (given.size === 0 && context.interactive ? await askSetting(context) : undefined);
    if (named !== undefined) {
      const { key, summary, parse } = settingByKey(named);
      const message = `Value of ${key} (${summary}):`;
      const check = (text: string): unknown => parse(text, env);
      given.set(
        key,
        await context.need({ flag: key, type: 'setting', message, value: args.value, parse: String, check }),
      );
    }
    if (given.size === 0) {
      throw new CliError('INPUT_REQUIRED', 'Missing: the setting to keep.', {
        hints: ['Write config set KEY VALUE, or give options: config set --network finney.'],
        data: { needs: [{ argument: 'key', type: 'setting', choices: Object.values(SETTINGS).map(({ key }) => key) }] },
      });
    }
    const settings = Object.fromEntries(
      [...given].map(([key, value]) => {
        const spec = settingByKey(key);
        return [key, spec.format(spec.parse(value, env) as never)];
      }),
    );
    if (!dryRun) writeConfig(paths.configFile, changed(readConfig(paths.configFile), settings));
    return { file: paths.configFile, written: !dryRun, settings };
  }

  render({ file, written, settings }: Result<typeof ConfigSet>, ui: Ui): void {
    for (const [key, value] of Object.entries(settings)) ui.done(`${key} = ${value}`);
    ui.line(ui.colors.dim(written ? file : 'Dry run: nothing was written.'));
  }
}
