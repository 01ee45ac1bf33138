import { existsSync } from 'node:fs';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class ConfigPath extends BaseCommand<typeof ConfigPath> {
  static override summary = 'Show where settings, data and cache are kept.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override result = result(
    'config.path/v1',
    s.object({
      configFile: s.string(),
      exists: s.boolean('whether the config file exists'),
      configFolder: s.string(),
      dataFolder: s.string(),
      cacheFolder: s.string(),
    }),
  );
  static override ignoresBrokenConfig = true;

  async execute({ paths }: Context<typeof ConfigPath>): Promise<Result<typeof ConfigPath>> {
    return {
      configFile: paths.configFile,
      exists: existsSync(paths.configFile),
      configFolder: paths.config,
      dataFolder: paths.data,
      cacheFolder: paths.cache,
    };
  }

  render(found: Result<typeof ConfigPath>, ui: Ui): void {
    ui.fields([
      ['config file', found.exists ? found.configFile : `${found.configFile} ${ui.colors.dim('(does not exist yet)')}`],
      ['data', found.dataFolder],
      ['cache', found.cacheFolder],
    ]);
  }
}
