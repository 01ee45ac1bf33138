import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
// The plugin exports nothing, and as a real dependency it would bring a second oclif; so its file is bundled.
import Create from '../../../node_modules/@oclif/plugin-autocomplete/lib/commands/autocomplete/create.js';
import { CliError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { loadOclif } from './command-help.ts';
import type { PackageFacts } from './package-facts.ts';

export const SHELLS = ['bash', 'zsh', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** Writes the completion functions of all shells below the cache folder. @throws CliError FILE_READ_ONLY, FILE_DISK_FULL … */
export async function writeCompletions(facts: PackageFacts, cacheFolder: string): Promise<void> {
  const config = await loadOclif(facts);
  config.cacheDir = cacheFolder;
  try {
    await mkdir(cacheFolder, { recursive: true });
    await new Create([], config).run();
  } catch (error) {
    throw fileError(error, 'The completions cannot be written', cacheFolder);
  }
}

/** What the shell has to run at its start, after `writeCompletions`. */
export function setupScript(shell: Shell, cacheFolder: string): string {
  const folder = join(cacheFolder, 'autocomplete');
  if (shell === 'powershell') return `. ${join(folder, 'functions', 'powershell', 'btcli-ts.ps1')}\n`;
  return readFileSync(join(folder, `${shell}_setup`), 'utf8');
}

/** The shell that was named, or the one that the user works in. */
export function chooseShell(named: string | undefined, environmentShell: string | undefined): Shell {
  const wanted = named ?? environmentShell?.split(/[\\/]/).at(-1) ?? '';
  const found = SHELLS.find((shell) => shell === wanted);
  if (found) return found;
  throw new CliError(
    'USAGE',
    named === undefined ? 'Your shell is not known.' : `There is no completion for "${named}".`,
    {
      hints: [`Name one of: ${SHELLS.join(', ')}.`],
      data: { shells: [...SHELLS] },
    },
  );
}
