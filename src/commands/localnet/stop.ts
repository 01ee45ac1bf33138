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
      stopped: s.boolean('false: it did not run'),
      pid: s.optional(s.integer()),
      block: s.optional(s.block()),
    }),
  );

  async execute(context: Context<typeof LocalnetStop>): Promise<Result<typeof LocalnetStop>> {
    requireLocal(context);
    context.progress.say('Stopping');
    const stopped = await stopLocal(localDataFolder(context.paths.data), context.settings.timeout);
    return stopped ? { stopped: true, ...stopped } : { stopped: false };
  }

  render({ stopped, pid, block }: Result<typeof LocalnetStop>, ui: Ui): void {
    if (stopped) ui.done(`Process ${pid} has ended; the local chain rests at block ${block}.`);
    else ui.line('The local chain does not run.');
  }
}
