import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { localDataFolder } from '../../lib/cli/chain.ts';
import { requireLocal } from '../../lib/cli/localnet-access.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { stopLocal } from '../../lib/domain/localnet/stop.ts';

export default class LocalnetStop extends BaseCommand<typeof LocalnetStop> {
  static override summary = 'End the bundled chain that `localnet start` serves; what it holds stays.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override result = result(
    'localnet.stop/v1',
    s.object({
      stopped: s.boolean('false: it did not run, or --dry-run'),
      planned: s.boolean('--dry-run: what runs was left alone'),
      pid: s.optional(s.integer()),
      block: s.optional(s.block()),
    }),
  );

  async execute(context: Context<typeof LocalnetStop>): Promise<Result<typeof LocalnetStop>> {
    requireLocal(context);
    const { dryRun: planned } = context;
    if (!planned) context.progress.say('Stopping');
    const found = await stopLocal(localDataFolder(context.paths.data), context.settings.timeout, planned);
    return { stopped: found !== undefined && !planned, planned, ...found };
  }

  render({ stopped, planned, pid, block }: Result<typeof LocalnetStop>, ui: Ui): void {
    if (stopped) ui.done(`Process ${pid} has ended; the local chain rests at block ${block}.`);
    else if (planned && pid !== undefined) ui.line(`Dry run: process ${pid} would be ended, at block ${block}.`);
    else ui.line('The local chain does not run.');
  }
}
