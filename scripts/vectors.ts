/**
 * Checks recorded vector files against this project's own computation.
 * Usage: npm run vectors -- FILE… (JSON, plain or gzip; the kind of file is recognised by its content)
 * Exit code: 0 when every row is equal, 1 on a difference, 2 when a file cannot be read or is of no known format.
 */
import { checkFile } from '../src/lib/localnet/vectors/check-file.ts';
import { readVectorFile } from '../src/lib/localnet/vectors/read-file.ts';

const EXIT_DIFFERENT = 1;
const EXIT_UNREADABLE = 2;

/** Timings that were taken beside the vectors: `npm run bench` compares with them. */
function holdsTimings(json: unknown): boolean {
  const keys = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  return keys.length > 0 && keys.every((key) => key.endsWith('_us_median'));
}

/** Checks one file, prints the outcome, and gives its exit code. */
function check(path: string): number {
  try {
    const json = readVectorFile(path);
    if (holdsTimings(json)) {
      console.log(`${path} (timings): rows 0, equal 0, different 0; see npm run bench`);
      return 0;
    }
    const report = checkFile(json);
    console.log(
      `${path} (${report.format}): rows ${report.rows}, equal ${report.equal}, different ${report.different}`,
    );
    for (const { label, ours, theirs } of report.firstDifferences) {
      console.log(`  ${label}\n    ours:   ${ours}\n    theirs: ${theirs}`);
    }
    return report.different === 0 ? 0 : EXIT_DIFFERENT;
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT_UNREADABLE;
  }
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: npm run vectors -- FILE…');
  process.exitCode = EXIT_UNREADABLE;
} else {
  process.exitCode = Math.max(...files.map(check));
}
