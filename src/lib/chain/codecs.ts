import { getDynamicBuilder, getLookupFn } from '@polkadot-api/metadata-builders';
import { CliError } from '../errors.ts';
import { type DecodedMetadata, decodeMetadata } from './decoded-metadata.ts';

/** Encodes and decodes what a runtime speaks, from its metadata. Addresses are ss58, integers of 64 bits and more bigint, byte arrays 0x-hex. */
export interface Codecs {
  readonly metadata: DecodedMetadata;
  /** Storage key of an item; with fewer keys than it has, the prefix of its entries. */
  storageKey(pallet: string, item: string, keys: readonly unknown[]): string;
  storageValue(pallet: string, item: string, hex: string | null): unknown;
  /** The keys of an entry read back from its storage key. */
  storageKeys(pallet: string, item: string, key: string): readonly unknown[];
  apiArguments(api: string, method: string, args: readonly unknown[]): Uint8Array;
  apiResult(api: string, method: string, hex: string): unknown;
  constant(pallet: string, name: string): unknown;
  /** Decodes SCALE bytes of a RuntimeCall. */
  call(hex: string | Uint8Array): {
    readonly type: string;
    readonly value: { readonly type: string; readonly value: unknown };
  };
  encodeCall(pallet: string, name: string, args: Readonly<Record<string, unknown>>): Uint8Array;
  /** The error's name, `Pallet.Error`, from a module error's indices. */
  errorName(palletIndex: number, errorIndex: number): string | undefined;
}

type StorageCodec = ReturnType<ReturnType<typeof getDynamicBuilder>['buildStorage']>;
type ApiCodec = ReturnType<ReturnType<typeof getDynamicBuilder>['buildRuntimeCall']>;

/** The runtime lacks something that a command needs: another chain, or one too old or too new. */
function missing(what: string): CliError {
  return new CliError('NODE_ERROR', `The chain has no ${what}.`, {
    hints: ['Is this a Bittensor network? A newer runtime may need a newer btcli-ts.'],
    data: { missing: what },
  });
}

/** Builds the codecs; each is made on first use. */
export function createCodecs(from: Uint8Array | DecodedMetadata): Codecs {
  const metadata = from instanceof Uint8Array ? decodeMetadata(from) : from;
  const lookup = getLookupFn(metadata as unknown as Parameters<typeof getLookupFn>[0]);
  const builder = getDynamicBuilder(lookup);
  const storages = new Map<string, StorageCodec>();
  const apis = new Map<string, ApiCodec>();
  const pallets = new Map(metadata.pallets.map((pallet) => [pallet.name, pallet]));

  const storage = (pallet: string, item: string): StorageCodec => {
    const name = `${pallet}.${item}`;
    let codec = storages.get(name);
    if (!codec) {
      if (!pallets.get(pallet)?.storage?.items.some((entry) => entry.name === item)) throw missing(`storage ${name}`);
      codec = builder.buildStorage(pallet, item);
      storages.set(name, codec);
    }
    return codec;
  };
  const api = (name: string, method: string): ApiCodec => {
    const full = `${name}_${method}`;
    let codec = apis.get(full);
    if (!codec) {
      if (!metadata.apis.find((entry) => entry.name === name)?.methods.some((entry) => entry.name === method))
        throw missing(`runtime API ${full}`);
      codec = builder.buildRuntimeCall(name, method);
      apis.set(full, codec);
    }
    return codec;
  };
  const callCodec = () => {
    const type = lookup.call;
    if (type === null) throw missing('calls');
    return builder.buildDefinition(type);
  };
  return {
    metadata,
    storageKey: (pallet, item, keys) => storage(pallet, item).keys.enc(...keys),
    storageValue: (pallet, item, hex) =>
      hex === null ? storage(pallet, item).fallback : storage(pallet, item).value.dec(hex),
    storageKeys: (pallet, item, key) => storage(pallet, item).keys.dec(key),
    apiArguments: (name, method, args) => api(name, method).args.enc([...args]),
    apiResult: (name, method, hex) => api(name, method).value.dec(hex),
    constant: (pallet, name) => {
      const found = pallets.get(pallet)?.constants.find((entry) => entry.name === name);
      if (!found) throw missing(`constant ${pallet}.${name}`);
      return builder.buildConstant(pallet, name).dec(found.value);
    },
    call: (hex) => callCodec().dec(hex) as ReturnType<Codecs['call']>,
    encodeCall: (pallet, name, args) => {
      if (!pallets.get(pallet)?.calls) throw missing(`call ${pallet}.${name}`);
      let built: ReturnType<typeof builder.buildCall>;
      try {
        built = builder.buildCall(pallet, name);
      } catch {
        throw missing(`call ${pallet}.${name}`);
      }
      const body = built.codec.enc(args);
      const bytes = new Uint8Array(body.length + 2);
      bytes.set(built.location);
      bytes.set(body, 2);
      return bytes;
    },
    errorName: (palletIndex, errorIndex) => {
      const pallet = metadata.pallets.find((entry) => entry.index === palletIndex);
      const type = pallet?.errors;
      if (!pallet || !type) return undefined;
      const definition = metadata.lookup[type.type]?.def;
      if (definition?.tag !== 'variant') return undefined;
      const variant = definition.value.find((entry) => entry.index === errorIndex);
      return variant ? `${pallet.name}.${variant.name}` : undefined;
    },
  };
}
