import { Args, Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { changed } from '../../lib/cli/config-values.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { readConfig, writeConfig } from '../../lib/config.ts';
import { CliError } from '../../lib/errors.ts';
import { settingByKey } from '../../lib/settings.ts';

export default class ConfigUnset extends BaseCommand<typeof ConfigUnset> {
  static override summary = 'Forget a setting, or all of them.';
  static override aliases = ['config clear'];
  static override examples = [
    '<%= config.bin %> <%= command.id %> network',
    '<%= config.bin %> <%= command.id %> --all',
  ];
  static override args = { key: Args.string({ description: 'the setting' }) };
  static override flags = { all: Flags.boolean({ summary: 'forget every setting' }) };
  static override result = result(
    'config.unset/v1',
    s.object({ file: s.string(), written: s.boolean('false under --dry-run'), removed: s.array(s.string()) }),
  );
  static override ignoresBrokenConfig = true;

  async execute(context: Context<typeof ConfigUnset>): Promise<Result<typeof ConfigUnset>> {
    const { args, dryRun, flags, paths } = context;
    const values = readConfig(paths.configFile);
    const kept = Object.entries(values);
    const named =
      args.key ??
      (flags.all || !context.interactive || kept.length === 0
        ? undefined
        : await context.choose(
            'Forget which setting?',
            kept.map(([key, value]) => ({ value: key, name: `${key} = ${value}` })),
          ));
    if ((named === undefined) === !flags.all && (kept.length > 0 || !context.interactive)) {
      throw new CliError('USAGE', 'Name one setting, or say --all.', {
        hints: ['`btcli-ts config list` shows the settings.'],
      });
    }
    const wanted = named === undefined ? Object.keys(values) : [settingByKey(named).key];
    const removed = wanted.filter((key) => key in values);
    if (removed.length > 0 && !dryRun) {
      if (flags.all) await context.confirm(`Forget ${removed.join(', ')}?`);
      const gone = Object.fromEntries(removed.map((key) => [key, undefined]));
      writeConfig(paths.configFile, changed(values, gone));
    }
    return { file: paths.configFile, written: removed.length > 0 && !dryRun, removed };
  }

  render({ removed, written }: Result<typeof ConfigUnset>, ui: Ui): void {
    if (removed.length === 0) ui.line('Nothing was set.');
    else if (written) ui.done(`Forgot ${removed.join(', ')}.`);
    else ui.line(`Dry run: ${removed.join(', ')} would be forgotten.`);
  }
}
