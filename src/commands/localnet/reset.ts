import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { presetFlags } from '../../lib/cli/localnet-flags.ts';
import { resetLocal } from '../../lib/cli/localnet-reset.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class LocalnetReset extends BaseCommand<typeof LocalnetReset> {
  static override summary = 'Delete the bundled chain and begin anew.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --preset subtensor --fast --yes',
  ];
  static override flags = { ...presetFlags, fast: Flags.boolean({ summary: 'fast blocks: 250 ms, short tempos' }) };
  static override result = result(
    'localnet.reset/v1',
    s.object({
      directory: s.string(),
      preset: s.choice(['playground', 'subtensor']),
      fast: s.boolean(),
      existed: s.boolean('there was a chain before'),
      planned: s.boolean('--dry-run: nothing was deleted'),
      genesisHash: s.optional(s.hash()),
      block: s.optional(s.block()),
    }),
  );

  async execute(context: Context<typeof LocalnetReset>): Promise<Result<typeof LocalnetReset>> {
    return resetLocal(context, context.flags);
  }

  render({ directory, preset, fast, planned, block }: Result<typeof LocalnetReset>, ui: Ui): void {
    const kind = `${preset}${fast ? ' with fast blocks' : ''}`;
    if (planned) ui.line(`Dry run: the chain in ${directory} would be deleted and made anew as ${kind}.`);
    else ui.done(`The local chain is new: preset ${kind}, at block ${block}.`);
  }
}
