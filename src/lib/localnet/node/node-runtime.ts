import { encodeMetadata, METADATA_VERSIONS, type MetadataVersion } from '../frame/metadata.ts';
import { MultiAddress } from '../frame/multi-address.ts';
import { MultiSignature } from '../frame/multi-signature.ts';
import type { Params } from '../frame/params.ts';
import type { RuntimeApi } from '../frame/runtime-api.ts';
import type { RuntimeVersion } from '../pallets/system/types.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { createSubtensorRuntime } from '../runtime/pallets.ts';
import type { RuntimePorts } from '../runtime/ports.ts';
import { concatBytes, utf8 } from '../scale/bytes.ts';
import type { Type, ValueOf } from '../scale/type.ts';
import { blake2b256 } from '../trie/blake2b.ts';
import { coreApis } from './apis/core-apis.ts';

export type RuntimeVersionValue = ValueOf<typeof RuntimeVersion>;

/** The runtime with what a node says about it: version, metadata, runtime APIs. */
export class NodeRuntime {
  readonly runtime: Runtime;
  readonly apis: readonly RuntimeApi[];
  private readonly blobs = new Map<MetadataVersion, Uint8Array>();
  private code: Uint8Array | undefined;

  constructor(params: Params, ports: RuntimePorts, moreApis: readonly RuntimeApi[]) {
    this.runtime = createSubtensorRuntime(params, ports);
    this.apis = [...coreApis(this.runtime, this), ...moreApis];
  }

  get version(): RuntimeVersionValue {
    const system = this.runtime.pallets.find(({ name }) => name === 'System');
    return system!.constants!.Version!.value as RuntimeVersionValue;
  }

  /** Metadata bytes; made once per version. Undefined for a version that is not served. */
  metadata(version: number): Uint8Array | undefined {
    const served = METADATA_VERSIONS.find((known) => known === version);
    if (served === undefined) return undefined;
    let blob = this.blobs.get(served);
    if (!blob) {
      const { pallets, params, extensions } = this.runtime;
      const address = MultiAddress as Type<unknown>;
      const signature = MultiSignature as Type<unknown>;
      blob = encodeMetadata({ pallets, apis: this.apis, address, signature, extensions, params }, served);
      this.blobs.set(served, blob);
    }
    return blob;
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
