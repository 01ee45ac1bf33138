import {
  type EncodedMetadata,
  encodeMetadata,
  METADATA_VERSIONS,
  type MetadataInput,
  type MetadataVersion,
} from '../frame/metadata.ts';
import { metadataHash } from '../frame/metadata-hash.ts';
import { MultiAddress } from '../frame/multi-address.ts';
import { MultiSignature } from '../frame/multi-signature.ts';
import type { Pallet } from '../frame/pallet.ts';
import type { Params } from '../frame/params.ts';
import type { RuntimeApi } from '../frame/runtime-api.ts';
import type { TransactionExtension } from '../frame/transaction-extension.ts';
import { constants } from '../pallets/system/spec.ts';
import type { Hex } from '../scale/bytes.ts';
import type { Type } from '../scale/type.ts';
import type { RuntimeVersionValue } from './runtime-version.ts';
import { extraType, uncheckedExtrinsicType } from './unchecked-extrinsic.ts';

/** What metadata tells of a runtime. */
export interface DescribedRuntime {
  readonly pallets: readonly Pallet[];
  readonly apis: readonly RuntimeApi[];
  readonly extensions: readonly TransactionExtension[];
  readonly params: Params;
  readonly version: RuntimeVersionValue;
}

/** What the chain's build puts into the hash beside the metadata (runtime/build.rs). */
const TOKEN = { decimals: 9, tokenSymbol: 'TAO' } as const;

/** Metadata of a runtime, made once per version when it is first asked for. */
export class RuntimeMetadata {
  readonly #runtime: DescribedRuntime;
  #hash: Hex | undefined;
  readonly #made = new Map<MetadataVersion, EncodedMetadata>();

  constructor(runtime: DescribedRuntime) {
    this.#runtime = runtime;
  }

  /** The bytes of a version, undefined for one that is not served. */
  at(version: number): Uint8Array | undefined {
    const served = METADATA_VERSIONS.find((known) => known === version);
    if (served === undefined) return undefined;
    return this.#encoded(served).bytes;
  }

  /** What a transaction signs of the metadata (RFC-0078), made when it is first asked for. */
  hash(): Hex {
    const { spec_name, spec_version } = this.#runtime.version;
    const base58Prefix = constants.SS58Prefix.value as number;
    this.#hash ??= metadataHash(this.#input(), this.#encoded(15).types, {
      specVersion: spec_version,
      specName: spec_name,
      base58Prefix,
      ...TOKEN,
    });
    return this.#hash;
  }

  #encoded(version: MetadataVersion): EncodedMetadata {
    let made = this.#made.get(version);
    if (!made) {
      made = encodeMetadata(this.#input(), version);
      this.#made.set(version, made);
    }
    return made;
  }

  #input(): MetadataInput {
    const { pallets, apis, extensions, params } = this.#runtime;
    return {
      pallets,
      apis,
      params,
      extensions,
      address: MultiAddress as Type<unknown>,
      signature: MultiSignature as Type<unknown>,
      extra: extraType(extensions),
      extrinsic: uncheckedExtrinsicType(extensions) as Type<unknown>,
    };
  }
}
