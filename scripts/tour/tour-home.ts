import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place of the tour's own, so that nothing of the user's is read or changed. It is kept, for going on by hand. */
export interface TourHome {
  readonly folder: string;
  /** Variables that make `btcli-ts` use it. */
  readonly variables: Readonly<Record<string, string>>;
  /** To be sourced by a shell: sets the variables and puts a `btcli-ts` on its path. */
  readonly shellFile: string;
}

export function makeTourHome(program: string): TourHome {
  const folder = mkdtempSync(join(tmpdir(), 'btcli-ts-tour-'));
  const variables = {
    BTCLI_CONFIG_DIR: join(folder, 'config'),
    BTCLI_DATA_DIR: join(folder, 'data'),
    BTCLI_CACHE_DIR: join(folder, 'cache'),
    BTCLI_WALLET_PATH: join(folder, 'wallets'),
    BTCLI_NETWORK: 'local',
  };
  for (const name of ['bin', 'config', 'data', 'cache', 'wallets']) mkdirSync(join(folder, name), { mode: 0o700 });
  const command = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} "$@"\n`;
  writeFileSync(join(folder, 'bin', 'btcli-ts'), command, { mode: 0o700 });
  const shellFile = join(folder, 'env.sh');
  const lines = [
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `export PATH=${quoted(join(folder, 'bin'))}:"$PATH"`,
  ];
  writeFileSync(shellFile, `${lines.join('\n')}\n`, { mode: 0o600 });
  return { folder, variables, shellFile };
}

/** The environment of the tour's commands: the user's, without what would lead them elsewhere. */
export function tourEnvironment({ variables }: TourHome, colors: boolean): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(BTCLI_|BT_|FORCE_COLOR$)/.test(name));
  return { ...Object.fromEntries(own), ...variables, ...(colors ? { FORCE_COLOR: '1' } : {}) };
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
