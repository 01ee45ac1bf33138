import { Args } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { chooseShell, SHELLS, writeCompletions } from '../../lib/cli/completion.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

const START_FILES = { bash: '~/.bashrc', zsh: '~/.zshrc', powershell: '$PROFILE' };

export default class Autocomplete extends BaseCommand<typeof Autocomplete> {
  static override summary = 'Prepare completion for your shell and say how to switch it on.';
  static override examples = ['<%= config.bin %> <%= command.id %> zsh'];
  static override args = { shell: Args.string({ description: 'bash, zsh or powershell' }) };
  static override result = result(
    'autocomplete/v1',
    s.object({ shell: s.choice(SHELLS), folder: s.string(), startFile: s.string(), line: s.string() }),
  );
  static override ignoresBrokenConfig = true;

  async execute({ args, env, paths, program }: Context<typeof Autocomplete>): Promise<Result<typeof Autocomplete>> {
    const shell = chooseShell(args.shell, env.SHELL);
    await writeCompletions(program.facts, paths.cache);
    const line =
      shell === 'powershell'
        ? 'btcli-ts autocomplete script powershell | Out-String | Invoke-Expression'
        : `eval "$(btcli-ts autocomplete script ${shell})"`;
    return { shell, folder: paths.cache, startFile: START_FILES[shell], line };
  }

  render({ line, startFile }: Result<typeof Autocomplete>, ui: Ui): void {
    ui.line(`Add this line to ${startFile} and open a new shell:`);
    ui.line();
    ui.verbatim(`  ${ui.colors.bold(line)}`);
  }
}
