import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { CliError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { resolvePaths } from '../paths.ts';
import type { Io } from './io.ts';
import { scrubSecrets } from './secrets.ts';

/** A failure that nobody foresaw: writes what is needed to find it into a file, and says where. */
export function reportBug(error: unknown, argv: readonly string[], version: string, io: Io): CliError {
  const report = [
    `btcli-ts ${version}, node ${process.version}, ${process.platform} ${process.arch}`,
    `command: ${describeCommand(argv)}`,
    '',
    scrubSecrets(inspect(error, { depth: 4 })),
    '',
  ].join('\n');
  const file = writeReport(report, io);
  const reason = scrubSecrets(error instanceof Error ? error.message : String(error))
    .split('\n')[0]!
    .slice(0, 200);
  return new CliError('BUG', `A bug of btcli-ts stopped the command: ${reason}`, {
    hints: file === undefined ? ['No report could be written.'] : [`A report without secrets is in ${file}.`],
    data: file === undefined ? {} : { report: file },
    cause: error,
  });
}

/** The command's words and the names of options. Values and arguments may be private and are left out. */
function describeCommand(argv: readonly string[]): string {
  const firstOption = argv.findIndex((word) => word.startsWith('-'));
  const words = firstOption === -1 ? argv : argv.slice(0, firstOption);
  const options = argv.filter((word) => word.startsWith('-')).map((word) => word.replace(/=.*/s, '=…'));
  return [...words.map((word) => (/^[a-z][a-z-]{0,20}$/.test(word) ? word : '…')), ...options].join(' ');
}

function writeReport(text: string, io: Io): string | undefined {
  const folder = resolvePaths(io.env).reports;
  const file = join(folder, `bug-${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.txt`);
  try {
    makeFolder(folder);
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    return file;
  } catch {
    return undefined;
  }
}
