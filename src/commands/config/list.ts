import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { type SettingRow, settingRows, settingSchema } from '../../lib/cli/config-values.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class ConfigList extends ListCommand<typeof ConfigList, SettingRow> {
  static override summary = 'List all settings, their values and where these come from.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --csv'];
  static override result = result('config.list/v1', s.object({ settings: s.array(settingSchema) }));
  static override ignoresBrokenConfig = true;

  protected readonly rowsField = 'settings';
  protected readonly columns = [
    { key: 'key', header: 'Setting' },
    { key: 'value', header: 'Value' },
    { key: 'source', header: 'From' },
    { key: 'summary', header: 'Meaning', shrink: 'wrap' as const },
  ];

  async execute({ env, paths }: Context<typeof ConfigList>): Promise<Result<typeof ConfigList>> {
    return { settings: settingRows(env, paths.configFile) };
  }
}
