import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { presetFlags } from '../../lib/cli/localnet-flags.ts';
import { startLocal } from '../../lib/cli/localnet-start.ts';
import { renderStart, startSchema } from '../../lib/cli/localnet-start-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';

export default class LocalnetStart extends BaseCommand<typeof LocalnetStart> {
  static override summary = 'Serve the bundled chain over WebSocket and HTTP, for any Substrate client.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --block-time 12s --port 9944',
    '<%= config.bin %> <%= command.id %> --preset subtensor --fast --seal interval --detach',
  ];
  static override flags = {
    port: Flags.string({ default: '9944', helpValue: 'PORT', summary: 'where to listen; 0 lets the system choose' }),
    host: Flags.string({ default: '127.0.0.1', helpValue: 'ADDRESS', summary: 'the address to listen on' }),
    seal: Flags.string({
      options: ['instant', 'interval', 'manual'],
      helpValue: 'MODE',
      summary: 'instant (default): a block for each transaction; interval: by the clock; manual: engine_createBlock',
    }),
    'block-time': Flags.string({
      helpValue: 'TIME',
      summary: 'seal a block every so often, empty ones too: 12s, 250ms',
    }),
    ...presetFlags,
    fast: Flags.boolean({ summary: 'fast blocks: 250 ms and short tempos (a chain of its own)' }),
    durable: Flags.boolean({ summary: 'wait for the disk at each block' }),
    detach: Flags.boolean({ char: 'D', summary: 'run on in the background' }),
    ephemeral: Flags.boolean({ aliases: ['fresh'], summary: 'a new chain in memory that is gone at the end' }),
  };
  static override result = result('localnet.start/v1', startSchema);

  async execute(context: Context<typeof LocalnetStart>): Promise<Result<typeof LocalnetStart>> {
    return startLocal(context, context.flags);
  }

  render(started: Result<typeof LocalnetStart>, ui: Ui): void {
    renderStart(started, ui);
  }
}
