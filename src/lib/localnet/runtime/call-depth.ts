import type { RuntimeCallValue } from '../frame/runtime-handle.ts';
import { ScaleError } from '../scale/io.ts';
import type { Type } from '../scale/type.ts';

/** How deep calls may stand in calls (sp_runtime's MAX_EXTRINSIC_DEPTH, frame-executive 41). */
const MAX_CALL_DEPTH = 256;

/** The call type with a bound on nesting, so that no input can exhaust the stack. */
export function withDepthLimit(type: Type<RuntimeCallValue>): Type<RuntimeCallValue> {
  let depth = 0;
  return {
    encode: type.encode,
    shape: type.shape,
    decode: (input) => {
      if (depth > MAX_CALL_DEPTH) throw new ScaleError(`calls are nested deeper than ${MAX_CALL_DEPTH}`);
      depth += 1;
      try {
        return type.decode(input);
      } finally {
        depth -= 1;
      }
    },
  };
}
