import { encodeMetadata, METADATA_VERSIONS, type MetadataVersion } from '../frame/metadata.ts';
import { MultiAddress } from '../frame/multi-address.ts';
import { MultiSignature } from '../frame/multi-signature.ts';
import type { Pallet } from '../frame/pallet.ts';
import type { Params } from '../frame/params.ts';
import type { RuntimeApi } from '../frame/runtime-api.ts';
import type { TransactionExtension } from '../frame/transaction-extension.ts';
import type { Type } from '../scale/type.ts';
import { extraType, uncheckedExtrinsicType } from './unchecked-extrinsic.ts';

/** What metadata tells of a runtime. */
export interface DescribedRuntime {
  readonly pallets: readonly Pallet[];
  readonly apis: readonly RuntimeApi[];
  readonly extensions: readonly TransactionExtension[];
  readonly params: Params;
}

/** Metadata of a runtime, made once per version when it is first asked for. */
export class RuntimeMetadata {
  readonly #runtime: DescribedRuntime;
  readonly #blobs = new Map<MetadataVersion, Uint8Array>();

  constructor(runtime: DescribedRuntime) {
    this.#runtime = runtime;
  }

  /** The bytes of a version, undefined for one that is not served. */
  at(version: number): Uint8Array | undefined {
    const served = METADATA_VERSIONS.find((known) => known === version);
    if (served === undefined) return undefined;
    let blob = this.#blobs.get(served);
    if (!blob) {
      const { pallets, apis, extensions, params } = this.#runtime;
      blob = encodeMetadata(
        {
          pallets,
          apis,
          params,
          extensions,
          address: MultiAddress as Type<unknown>,
          signature: MultiSignature as Type<unknown>,
          extra: extraType(extensions),
          extrinsic: uncheckedExtrinsicType(extensions) as Type<unknown>,
        },
        served,
      );
      this.#blobs.set(served, blob);
    }
    return blob;
  }
}
