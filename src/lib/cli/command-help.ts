import { Config, Help } from '@oclif/core';
import type { PackageFacts } from './package-facts.ts';

class CommandText extends Help {
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
export async function commandHelp(facts: PackageFacts, id: string): Promise<string> {
  const config = await loadOclif(facts);
  return `${new CommandText(config, { stripAnsi: !process.stdout.isTTY }).of(id.replaceAll(' ', ':'))}\n`;
}
