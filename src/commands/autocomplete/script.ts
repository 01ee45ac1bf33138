import { Args } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { chooseShell, SHELLS, setupScript, writeCompletions } from '../../lib/cli/completion.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class AutocompleteScript extends BaseCommand<typeof AutocompleteScript> {
  static override summary = 'Print what your shell has to run to complete commands and options.';
  static override examples = ['eval "$(<%= config.bin %> <%= command.id %> bash)"'];
  static override args = { shell: Args.string({ description: 'bash, zsh or powershell' }) };
  static override result = result('autocomplete.script/v1', s.object({ shell: s.choice(SHELLS), script: s.string() }));
  static override ignoresBrokenConfig = true;

  async execute(context: Context<typeof AutocompleteScript>): Promise<Result<typeof AutocompleteScript>> {
    const { args, env, paths, program } = context;
    const shell = chooseShell(args.shell, env.SHELL);
    await writeCompletions(program.facts, paths.cache);
    return { shell, script: setupScript(shell, paths.cache) };
  }

  render({ script }: Result<typeof AutocompleteScript>, ui: Ui): void {
    ui.verbatim(script.trimEnd());
  }
}
