import { fromHex, toHex } from '../scale/bytes.ts';
import { compareRow, type VectorFormat } from './format.ts';
import { hasKeys, listOf, objectOf, textOf } from './json.ts';
import { runtimeOver } from './runtime-for-vectors.ts';

/** `runtime-api-results.json`: SCALE results of runtime API calls on a recorded state. */
export const runtimeApiResultsFormat: VectorFormat = {
  name: 'runtime API results',
  recognises: (json) => hasKeys(json, ['state', 'calls']),
  *check(json) {
    const { state: pairs, calls } = json as {
      readonly state: readonly (readonly [string, string])[];
      readonly calls: unknown;
    };
    const { runtime, state } = runtimeOver(pairs);
    const x = runtime.createExt(state);
    for (const item of listOf(calls, 'calls')) {
      const row = objectOf(item, 'call');
      const method = textOf(row.method, 'method');
      const output = runtime.callApi(x, method, fromHex(textOf(row.args_hex, 'args_hex')));
      yield compareRow(`${method}(${textOf(row.args, 'args')})`.slice(0, 120), [
        ['result', output && `0x${toHex(output)}`, row.result_hex],
      ]);
    }
  },
};
