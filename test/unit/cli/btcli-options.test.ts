import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonWithout } from '../../../src/lib/cli/btcli-options.ts';
import { GLOBAL_LETTERS, normalizeOptions } from '../../../src/lib/cli/option-names.ts';
import { refuseSecretOptions } from '../../../src/lib/cli/secrets.ts';
import { canonicalWords } from '../../../src/lib/cli/topics.ts';
import { ROOT } from '../../helpers/project-root.ts';

/** The options of btcli 9.23.2 and bittensor 11.3.0 of every command that exists here too, as the packages declare them. */
type Recorded = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
const recorded = JSON.parse(readFileSync(join(ROOT, 'test/data/facts/btcli-options.json'), 'utf8')) as Recorded;

interface ManifestFlag {
  readonly name: string;
  readonly char?: string;
  readonly aliases?: readonly string[];
  readonly allowNo?: boolean;
}
interface ManifestCommand {
  readonly aliases: readonly string[];
  readonly flags: Readonly<Record<string, ManifestFlag>>;
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
  readonly commands: Readonly<Record<string, ManifestCommand>>;
};

function commandOf(path: string): ManifestCommand {
  const words = canonicalWords(path.split(' '));
  const found = Object.entries(manifest.commands).find(([id, { aliases }]) =>
    [id.replaceAll(':', ' '), ...aliases].includes(words.join(' ')),
  );
  if (!found) throw new Error(`there is no command ${path}`);
  return found[1];
}

/** Meant differently here, each for a reason that stands in the contract or in the command's help. */
const DIFFERENT: Readonly<Record<string, readonly string[]>> = {
  // A number after -n is answered with --netuid.
  '*': ['-n'],
  'wallet regen-coldkey': ['--json'],
  'wallet regen-hotkey': ['--json'],
  'wallet inspect': ['--all', '--all-wallets', '-a', '--netuids', '--netuid'],
  'wallet swap-check': ['--all', '-a'],
  'stake list': ['--all', '-a'],
  'stake remove': ['-i'],
  // Its options name what to forget; here an argument does.
  'config clear': ['--cache', '--tolerance', '--safe-staking', '--unsafe', '--allow-partial-stake', '--partial'],
};

const cases = Object.entries(recorded).flatMap(([version, commands]) =>
  Object.entries(commands).map(([path, options]) => [version, path, options] as const),
);

describe('options of the official tools', () => {
  it('are recorded for both of them', () => {
    expect(cases.length).toBeGreaterThan(60);
  });

  it.each(cases)('%s: %s takes them, refuses them as secrets, or says why not', (_version, path, options) => {
    const { flags } = commandOf(path);
    const long = new Set(
      Object.values(flags).flatMap(({ name, aliases = [], allowNo }) => [
        name,
        ...aliases,
        ...(allowNo ? [`no-${name}`] : []),
      ]),
    );
    const letters = new Set([...Object.keys(GLOBAL_LETTERS), ...Object.values(flags).map(({ char }) => char)]);
    const isKnown = (token: string): boolean => {
      if (DIFFERENT['*']!.includes(token) || DIFFERENT[path]?.includes(token)) return true;
      try {
        refuseSecretOptions([token]);
      } catch {
        return true;
      }
      const [normal] = normalizeOptions([token], long);
      if (normal === undefined) return true;
      if (!normal.startsWith('--')) return letters.has(normal.slice(1));
      return long.has(normal.slice(2)) || reasonWithout(normal.slice(2)) !== undefined;
    };
    expect(options.filter((token) => !isKnown(token))).toEqual([]);
  });
});
