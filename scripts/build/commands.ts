import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Plugin } from '@oclif/core';
import type { CommandEntry, CommandIndex } from '../../src/lib/cli/command-index.ts';
import { commandName } from './bundle.ts';

interface BuiltCommand {
  readonly summary?: string;
  readonly aliases?: readonly string[];
  readonly hidden?: boolean;
  readonly list?: boolean;
  readonly result?: { readonly id: string };
  readonly flags: Readonly<Record<string, { readonly required?: boolean }>>;
}

/** Loads every built command once and writes down what the dispatcher and help need of it. */
export function commandIndex(root: string, dist: string, files: readonly string[]): CommandIndex {
  const load = createRequire(join(dist, 'main.js'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commands: Record<string, CommandEntry> = {};
  const schemas = new Map<string, string>();
  for (const file of files) {
    const name = commandName(file);
    const id = name.replaceAll('/', ' ');
    const { default: command } = load(join(dist, 'commands', `${name}.js`)) as { default?: BuiltCommand };
    if (!command?.result || !command.summary) throw new Error(`${file}: a command needs a result and a summary`);
    const twin = schemas.get(command.result.id);
    if (twin) throw new Error(`${file}: the schema ${command.result.id} belongs to "${twin}"`);
    schemas.set(command.result.id, id);
    const required = Object.entries(command.flags).find(([, flag]) => flag.required);
    if (required) throw new Error(`${file}: --${required[0]} must not be required by oclif; use context.need`);
    commands[id] = {
      summary: command.summary,
      aliases: [...(command.aliases ?? [])],
      hidden: command.hidden === true,
      schema: command.result.id,
      list: command.list === true,
    };
  }
  return { version, commands };
}

/**
 * oclif's manifest, from the built commands, for help and completion. Its commands are sorted by name: oclif finds them in
 * the order in which the file system lists them, which differs from machine to machine.
 */
export async function commandManifest(root: string): Promise<unknown> {
  const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true, respectNoCacheDefault: true });
  await plugin.load();
  const commands = Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...plugin.manifest, commands: Object.fromEntries(commands) };
}
