import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';

/** Names one process for good: its number alone is given away again when it has died. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in milliseconds since 1970; exact to a few seconds. */
  readonly startedAt: number;
  /** On Linux: boot and clock tick of its start, exact. */
  readonly start?: string | undefined;
}

const START_FIELD = 22;
const TOLERANCE_MS = 5000;

function linuxStart(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The second field, the name, stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'dead';
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}:${fields[START_FIELD - 3]}`;
  } catch {
    return undefined;
  }
}

function macStart(pid: number): number | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
    const time = Date.parse(text.trim());
    return Number.isNaN(time) ? undefined : time;
  } catch {
    return undefined;
  }
}

export function ownIdentity(): ProcessIdentity {
  const startedAt = Math.round(Date.now() - process.uptime() * 1000);
  return { pid: process.pid, startedAt, start: linuxStart(process.pid) };
}

/** Whether this very process runs; when that cannot be told, whether any process has its number. */
export function isRunning({ pid, startedAt, start }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (start !== undefined) return linuxStart(pid) === start;
  if (process.platform !== 'darwin') return true;
  const found = macStart(pid);
  return found === undefined || Math.abs(found - startedAt) < TOLERANCE_MS;
}
