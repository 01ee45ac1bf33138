import type { Params } from '../frame/params.ts';
import type { RuntimeApi } from '../frame/runtime-api.ts';
import { blake2b256 } from '../hash/blake2b.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { createSubtensorRuntime } from '../runtime/pallets.ts';
import type { RuntimePorts } from '../runtime/ports.ts';
import type { RuntimeVersionValue } from '../runtime/runtime-version.ts';
import { concatBytes, type Hex, utf8 } from '../scale/bytes.ts';

export type { RuntimeVersionValue } from '../runtime/runtime-version.ts';

/** Set by the build, which has worked it out from the same source; elsewhere there is none. */
declare const METADATA_HASH: Hex | undefined;

/** The runtime with what a node says about it: version, metadata, runtime APIs. */
export class NodeRuntime {
  readonly runtime: Runtime;
  private code: Uint8Array | undefined;

  constructor(params: Params, ports: RuntimePorts) {
    this.runtime = createSubtensorRuntime(params, { metadataHash: () => this.metadataHash(), ...ports });
  }

  get apis(): readonly RuntimeApi[] {
    return this.runtime.apis;
  }

  get version(): RuntimeVersionValue {
    return this.runtime.version;
  }

  /** Metadata bytes; made once per version. Undefined for a version that is not served. */
  metadata(version: number): Uint8Array | undefined {
    return this.runtime.metadata(version);
  }

  /** What a transaction signs of the metadata (RFC-0078). Hashing thousands of types takes longer than making a block. */
  metadataHash(): Hex {
    return typeof METADATA_HASH === 'undefined' ? this.runtime.metadataHash() : METADATA_HASH;
  }

  /** Whether a runtime API has the method (`Api_method`). */
  serves(call: string): boolean {
    return this.apis.some(
      ({ name, methods }) => call.startsWith(`${name}_`) && Object.hasOwn(methods, call.slice(name.length + 1)),
    );
  }

  /** What stands for `:code`: the runtime's name and the hash of its metadata. */
  codeSubstitute(): Uint8Array {
    this.code ??= concatBytes(utf8.encode('node-subtensor in TypeScript '), blake2b256(this.metadata(15)!));
    return this.code;
  }
}
