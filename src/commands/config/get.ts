import { Args } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { settingRows, settingSchema } from '../../lib/cli/config-values.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { settingByKey } from '../../lib/settings.ts';

export default class ConfigGet extends BaseCommand<typeof ConfigGet> {
  static override summary = 'Show a setting, or all of them.';
  static override examples = ['<%= config.bin %> <%= command.id %> network'];
  static override args = { key: Args.string({ description: 'the setting' }) };
  static override result = result('config.get/v1', s.object({ settings: s.array(settingSchema) }));
  static override ignoresBrokenConfig = true;

  async execute({ args, env, paths }: Context<typeof ConfigGet>): Promise<Result<typeof ConfigGet>> {
    const rows = settingRows(env, paths.configFile);
    if (args.key === undefined) return { settings: rows };
    const { key } = settingByKey(args.key);
    return { settings: rows.filter((row) => row.key === key) };
  }

  render({ settings }: Result<typeof ConfigGet>, ui: Ui): void {
    const [only] = settings;
    if (settings.length === 1 && only) ui.line(only.value);
    else ui.fields(settings.map(({ key, value, source }) => [key, `${value} ${ui.colors.dim(`(${source})`)}`]));
  }
}
