import { replayScenario } from '../runtime/replay.ts';
import { isScenario } from '../runtime/scenario.ts';
import type { VectorFormat } from './format.ts';
import { hasKeys } from './json.ts';
import { verifyInJavaScript } from './verify-in-javascript.ts';

/** `scenario-*.json`: blocks of the real runtime; one row per block. `npm run replay` says more about a difference. */
export const scenarioFormat: VectorFormat = {
  name: 'scenario',
  recognises: (json) => isScenario(json) && !hasKeys(json, ['cases']),
  *check(json) {
    const report = replayScenario(json, {
      verifySignature: verifyInJavaScript,
      show: Number.MAX_SAFE_INTEGER,
      goOn: Number.MAX_SAFE_INTEGER,
    });
    const first = new Map<number, (typeof report.differences)[number]>();
    for (const difference of report.differences) {
      if (!first.has(difference.block)) first.set(difference.block, difference);
    }
    for (const number of report.replayed) {
      const difference = first.get(number);
      yield difference
        ? {
            label: `block ${number} ${difference.what}`,
            equal: false,
            ours: difference.ours,
            theirs: difference.theirs,
          }
        : { label: `block ${number}`, equal: true, ours: '', theirs: '' };
    }
    for (let i = report.blocks; i < report.blocksRecorded; i++) {
      yield {
        label: `block ${i + 1} of the file`,
        equal: false,
        ours: report.stopped ?? 'not replayed',
        theirs: 'replayed',
      };
    }
  },
};
