/**
 * Replays recordings of the real runtime through this project's and compares every block.
 * Usage: npm run replay -- [--show N] [--go-on N] FILE…   (JSON, plain or gzip)
 *   --show N    print the first N differences (20)
 *   --go-on N   replay N blocks beyond the first that differs (0)
 *   --without-signatures   take signatures for good, for speed; nothing else in the project can
 * Exit code: 0 when nothing differs and every block was replayed, 1 otherwise, 2 when a file cannot be read.
 */
import type { VerifySignature } from '../src/lib/localnet/frame/multi-signature.ts';
import { replayScenario } from '../src/lib/localnet/runtime/replay.ts';
import { loadSignatureVerifier } from '../src/lib/localnet/runtime/verify-signature.ts';
import { readVectorFile } from '../src/lib/localnet/vectors/read-file.ts';

const EXIT_DIFFERENT = 1;
const EXIT_UNREADABLE = 2;

interface Arguments {
  readonly files: readonly string[];
  readonly show: number;
  readonly goOn: number;
  readonly verify: boolean;
}

function parse(argv: readonly string[]): Arguments {
  const files: string[] = [];
  let show = 20;
  let goOn = 0;
  let verify = true;
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (argument === '--show') show = Number(argv[++i]);
    else if (argument === '--go-on') goOn = Number(argv[++i]);
    else if (argument === '--without-signatures') verify = false;
    else files.push(argument);
  }
  return { files, show, goOn, verify };
}

function replay(path: string, options: Arguments, verifySignature: VerifySignature): number {
  let json: unknown;
  try {
    json = readVectorFile(path);
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT_UNREADABLE;
  }
  const started = performance.now();
  const report = replayScenario(json, { verifySignature, show: options.show, goOn: options.goOn });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const blocks = report.stopped ? `${report.blocks} of ${report.blocksRecorded}` : String(report.blocks);
  console.log(
    `${path}: blocks ${blocks}, keys compared ${report.keysCompared}, differing ${report.differing} (${seconds} s)`,
  );
  for (const { block, what, ours, theirs } of report.differences) {
    console.log(`  block ${block}: ${what}\n    ours:   ${ours}\n    theirs: ${theirs}`);
  }
  if (report.rootsUnknown > 0) {
    console.log(
      `  ${report.rootsUnknown} state roots were not compared: they hold bytes of extrinsics that the file does not have`,
    );
  }
  if (report.stopped) console.log(`  ${report.stopped}`);
  return report.differing === 0 && !report.stopped ? 0 : EXIT_DIFFERENT;
}

const options = parse(process.argv.slice(2));
if (options.files.length === 0) {
  console.error('Usage: npm run replay -- [--show N] [--go-on N] [--without-signatures] FILE…');
  process.exitCode = EXIT_UNREADABLE;
} else {
  const verifySignature = options.verify ? await loadSignatureVerifier() : () => true;
  process.exitCode = Math.max(...options.files.map((path) => replay(path, options, verifySignature)));
}
