import { Metadata, TypeRegistry } from '@polkadot/types';

/**
 * The only place that loads @polkadot: it builds and signs extrinsics, independent of the codecs that reads and previews use,
 * so that the two have to agree on every call.
 */

/** What binds an extrinsic to a chain, a runtime, an account's next turn and a span of blocks. */
export interface SigningContext {
  /** 0x-hash of block 0. */
  readonly genesisHash: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly nonce: number;
  /** Rao on top of the fee. */
  readonly tip: bigint;
  /** Blocks of validity counted from `block`; undefined: valid for ever. */
  readonly mortality: { readonly period: number; readonly block: number; readonly blockHash: string } | undefined;
  /** 0x-hash of the metadata that was shown to the signer (RFC-0078), undefined where the runtime does not check it. */
  readonly metadataHash: string | undefined;
}

export interface Signing {
  /** ss58 of the signer. */
  readonly address: string;
  readonly scheme: 'sr25519' | 'ed25519';
  /** Signs exactly these bytes. */
  sign(payload: Uint8Array): Promise<Uint8Array>;
}

export interface SignedExtrinsic {
  /** 0x-hex with the length prefix, as `author_submitExtrinsic` takes it. */
  readonly hex: string;
  /** 0x-hash by which blocks and pools know it. */
  readonly hash: string;
  /** The bytes that were signed (before hashing long ones), from which a preview can be decoded. */
  readonly payload: Uint8Array;
}

export interface ExtrinsicBuilder {
  /** @param call SCALE bytes of the runtime call */
  sign(call: Uint8Array, context: SigningContext, signing: Signing): Promise<SignedExtrinsic>;
}

const NO_EFFECT = { extrinsic: {}, payload: {} };
const CHAIN_EXTENSIONS = {
  SudoTransactionExtension: NO_EFFECT,
  CheckShieldedTxValidity: NO_EFFECT,
  SubtensorTransactionExtension: NO_EFFECT,
  DrandPriority: NO_EFFECT,
};
const SIGNATURE_TAGS = { ed25519: 0, sr25519: 1 } as const;
const LONGEST_PLAIN_PAYLOAD = 256;

/** @param metadataOf the metadata's bytes, or as much of them as describes this call */
export function createExtrinsicBuilder(metadataOf: (call: Uint8Array) => Uint8Array): ExtrinsicBuilder {
  const registries = new Map<Uint8Array, TypeRegistry>();
  const registryFor = (metadata: Uint8Array): TypeRegistry => {
    const registry = registries.get(metadata) ?? createRegistry(metadata);
    registries.set(metadata, registry);
    return registry;
  };
  return { sign: (call, context, signing) => sign(registryFor(metadataOf(call)), call, context, signing) };
}

function createRegistry(metadataBytes: Uint8Array): TypeRegistry {
  const registry = new TypeRegistry();
  const metadata = new Metadata(registry, metadataBytes);
  const extensions = metadata.asLatest.extrinsic.transactionExtensions.map((extension) =>
    extension.identifier.toString(),
  );
  registry.setMetadata(metadata, extensions, CHAIN_EXTENSIONS);
  return registry;
}

async function sign(
  registry: TypeRegistry,
  call: Uint8Array,
  context: SigningContext,
  signing: Signing,
): Promise<SignedExtrinsic> {
  const method = registry.createType('Call', call);
  const { mortality } = context;
  const options = {
    method: method.toHex(),
    era: mortality
      ? registry.createType('ExtrinsicEra', { current: mortality.block, period: mortality.period }).toHex()
      : '0x00',
    nonce: context.nonce,
    tip: context.tip,
    specVersion: context.specVersion,
    transactionVersion: context.transactionVersion,
    genesisHash: context.genesisHash,
    blockHash: mortality?.blockHash ?? context.genesisHash,
    mode: context.metadataHash === undefined ? 0 : 1,
    metadataHash: context.metadataHash ?? null,
  };
  const payload = registry.createType('ExtrinsicPayload', options, { version: 4 });
  const bytes = payload.toU8a({ method: true });
  const signature = await signing.sign(bytes.length > LONGEST_PLAIN_PAYLOAD ? registry.hash(bytes).toU8a(true) : bytes);
  const tagged = new Uint8Array(signature.length + 1);
  tagged[0] = SIGNATURE_TAGS[signing.scheme];
  tagged.set(signature, 1);
  const extrinsic = registry.createType('Extrinsic', { method }, { version: 4 });
  extrinsic.addSignature(signing.address, tagged, payload.toHex());
  return { hex: extrinsic.toHex(), hash: extrinsic.hash.toHex(), payload: bytes };
}
