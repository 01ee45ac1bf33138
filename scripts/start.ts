import { spawnSync } from 'node:child_process';
import { isStale } from './build/stale.ts';

/** `npm start`: builds if something changed since the last build, then plays the tour. */
const run = (script: string, ...args: string[]): void => {
  const { status } = spawnSync(process.execPath, ['scripts/run.mjs', script, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (isStale(process.cwd())) run('build');
run('tour', ...process.argv.slice(2));
