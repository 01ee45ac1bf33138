import { NodeRuntime } from '../../src/lib/localnet/node/node-runtime.ts';

/**
 * What transactions sign of the bundled chain's metadata (RFC-0078), from the source that is being built: a start of the
 * program need not work it out again. A wrong one would be noticed at once, since clients hash the metadata themselves.
 */
export function builtMetadataHash(): string {
  const unused = (): never => {
    throw new Error('metadata needs no state');
  };
  const [normal, fast] = [false, true].map((quick) =>
    new NodeRuntime({ fast: quick }, { rootOf: unused, verifySignature: unused }).metadataHash(),
  );
  if (normal === undefined || normal !== fast) throw new Error('the two speeds differ in the hash of their metadata');
  return normal;
}
