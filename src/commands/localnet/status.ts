import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { localOptions } from '../../lib/cli/chain.ts';
import { requireLocal } from '../../lib/cli/localnet-access.ts';
import { describeStatus, renderStatus, statusSchema } from '../../lib/cli/localnet-status.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { localStatus } from '../../lib/domain/localnet/status.ts';

export default class LocalnetStatus extends BaseCommand<typeof LocalnetStatus> {
  static override summary = 'Show the bundled chain: whether it runs, who has it open, its block, its size.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override result = result('localnet.status/v1', statusSchema);

  async execute(context: Context<typeof LocalnetStatus>): Promise<Result<typeof LocalnetStatus>> {
    requireLocal(context);
    const status = await localStatus(localOptions(context));
    context.meta.network = 'local';
    if (status.chain) context.meta.block = status.chain.block;
    return describeStatus(status);
  }

  render(status: Result<typeof LocalnetStatus>, ui: Ui): void {
    renderStatus(status, ui);
  }
}
