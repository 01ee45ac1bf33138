import { createSubtensorRuntime } from '../../src/lib/localnet/runtime/pallets.ts';
import { type Comparison, compareDescriptions } from './compare.ts';
import type { Description } from './description.ts';
import { describeMetadata } from './our-metadata.ts';
import { readFastDifferences, readReference } from './reference.ts';

const noNode = (): never => {
  throw new Error('metadata needs no node');
};

/** Our metadata of one version, from the bytes that a client gets. */
export function ourDescription(version: 14 | 15 | 16, fast: boolean): Description {
  const runtime = createSubtensorRuntime({ fast }, { rootOf: noNode, verifySignature: noNode });
  return describeMetadata(runtime.metadata(version)!);
}

/** The chain's metadata as the fast build has it. */
function asFast(description: Description): Description {
  const values = new Map(
    readFastDifferences().map(([kind, pallet, name, , fast]) => [`${kind} ${pallet}.${name}`, fast] as const),
  );
  return {
    ...description,
    pallets: description.pallets.map((pallet) => ({
      ...pallet,
      storage: pallet.storage.map((item) => ({
        ...item,
        fallback: values.get(`storage_default ${pallet.name}.${item.name}`) ?? item.fallback,
      })),
      constants: pallet.constants.map((item) => ({
        ...item,
        value: values.get(`constant ${pallet.name}.${item.name}`) ?? item.value,
      })),
    })),
  };
}

/** The chain's metadata, normal or fast. */
export function theirDescription(fast: boolean): Description {
  const { description } = readReference();
  return fast ? asFast(description) : description;
}

/** Ours against theirs. */
export const measure = (version: 14 | 15 | 16, fast: boolean): Comparison =>
  compareDescriptions(ourDescription(version, fast), theirDescription(fast));
