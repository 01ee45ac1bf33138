import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

const APP_NAME = 'btcli-ts';

/** Where the program keeps things: XDG base directories, each replaceable by a `BTCLI_*` variable. */
export interface Paths {
  readonly config: string;
  readonly data: string;
  readonly cache: string;
  readonly configFile: string;
  /** Where a report of a bug goes. */
  readonly reports: string;
}

/** The directories that the environment chooses; none of them is created here. */
export function resolvePaths(env: Environment): Paths {
  const config = env.BTCLI_CONFIG_DIR || join(xdg(env, 'XDG_CONFIG_HOME', '.config', 'APPDATA'), APP_NAME);
  const data = env.BTCLI_DATA_DIR || join(xdg(env, 'XDG_DATA_HOME', '.local/share', 'LOCALAPPDATA'), APP_NAME);
  const cache = env.BTCLI_CACHE_DIR || join(xdg(env, 'XDG_CACHE_HOME', '.cache', 'LOCALAPPDATA'), APP_NAME);
  return {
    config,
    data,
    cache,
    configFile: env.BTCLI_CONFIG || join(config, 'config.json'),
    reports: join(data, 'reports'),
  };
}

/** A person's home: `HOME` as given, else what the system says. */
export function homeOf(env: Environment): string {
  return env.HOME || homedir();
}

/** Replaces a leading `~`, which a shell leaves alone in `--option=~/x` and in files. */
export function expandHome(path: string, env: Environment): string {
  return path === '~' || path.startsWith('~/') ? join(homeOf(env), path.slice(1)) : path;
}

function xdg(env: Environment, name: string, underHome: string, windows: string): string {
  const given = env[name];
  // The specification asks to ignore relative paths.
  if (given && isAbsolute(given)) return given;
  const windowsFolder = process.platform === 'win32' ? env[windows] : undefined;
  return windowsFolder || join(homeOf(env), underHome);
}
