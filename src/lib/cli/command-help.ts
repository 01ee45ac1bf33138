import { type Command, CommandHelp, Config, Help } from '@oclif/core';
import type { PackageFacts } from './package-facts.ts';

type Flags = Command.Flag.Any[];

/** oclif's layout, with a short usage line and what every command has at the end. */
class Layout extends CommandHelp {
  protected override defaultUsage(): string {
    const args = Object.values(this.command.args ?? {}).map((arg) => this.arg(arg));
    return [this.command.id, ...args, '[OPTIONS]'].join(' ');
  }

  protected override groupFlags(flags: Flags): { flagGroups: Record<string, Flags>; mainFlags: Flags } {
    const { flagGroups, mainFlags } = super.groupFlags(flags);
    const { GLOBAL, ...groups } = flagGroups;
    return { flagGroups: GLOBAL === undefined ? groups : { ...groups, GLOBAL }, mainFlags };
  }

  protected override sections(): ReturnType<CommandHelp['sections']> {
    return super
      .sections()
      .map((section) => (section.header === 'FLAGS' ? { ...section, header: 'OPTIONS' } : section));
  }
}

class CommandText extends Help {
  protected override CommandHelpClass = Layout;

  of(id: string): string {
    return this.formatCommand(this.config.findCommand(id, { must: true }));
  }
}

/** oclif's configuration with the manifest of all commands; only help and completion need it. */
export async function loadOclif(facts: PackageFacts): Promise<Config> {
  const config = new Config({ root: facts.root, pjson: facts.pjson as never });
  await config.load();
  return config;
}

/** Help for one command, from the manifest: the command itself is not loaded. */
export async function commandHelp(facts: PackageFacts, id: string, color: boolean): Promise<string> {
  const config = await loadOclif(facts);
  return `${new CommandText(config, { stripAnsi: !color }).of(id.replaceAll(' ', ':'))}\n`;
}
