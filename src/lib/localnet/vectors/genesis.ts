import { genesisState, localnetGenesis } from '../runtime/genesis.ts';
import { KeyNames } from '../runtime/key-names.ts';
import { toHex } from '../scale/bytes.ts';
import { compareRow, type VectorFormat } from './format.ts';
import { isObject, listOf, objectOf } from './json.ts';
import { fromKey, runtimeOverNothing } from './runtime-for-vectors.ts';

const ZERO_OWNER = '0'.repeat(64);
/** SubtensorModule.SubnetOwner of root: nobody in a normal build, Alice in a fast one. */
const ROOT_OWNER = '658faa385070e074c85bf6b568cf055536e3e82152c8758267395fe524fbbd160000';

/** `genesis-*.json`: the raw state of the local chain's block 0. */
export const genesisFormat: VectorFormat = {
  name: 'genesis',
  recognises: (json) => isObject(json) && Array.isArray(json.state) && !('cases' in json) && !('calls' in json),
  *check(json) {
    const theirs = new Map(
      (listOf(objectOf(json).state, 'state') as readonly (readonly [string, string])[]).map(
        ([key, value]) => [fromKey(key), fromKey(value)] as const,
      ),
    );
    const fast = (theirs.get(ROOT_OWNER) ?? ZERO_OWNER) !== ZERO_OWNER;
    const runtime = runtimeOverNothing(fast);
    const names = new KeyNames(runtime.pallets);
    const ours = new Map(
      genesisState(runtime, localnetGenesis({ fast })).flatMap(([key, value]) =>
        value ? [[key, toHex(value)] as const] : [],
      ),
    );
    for (const key of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
      yield compareRow(names.describe(key), [['value', ours.get(key) ?? null, theirs.get(key) ?? null]]);
    }
  },
};
