import { equalBytes } from '../scale/bytes.ts';
import { type Reader, ScaleError, Reader as ScaleReader, Writer } from '../scale/io.ts';
import { compactBigint, compactNumber, u32, u64 } from '../scale/primitives.ts';
import { encode, type Type } from '../scale/type.ts';
import { EraType } from './era.ts';
import { MultiAddress, type MultiAddressValue } from './multi-address.ts';
import { MultiSignature, type MultiSignatureValue } from './multi-signature.ts';
import type { RuntimeCallValue } from './runtime-handle.ts';
import type { SignedExtra } from './transaction-extension.ts';

/** What stands before the call (`sp_runtime::generic::Preamble`). */
export type Preamble =
  | { readonly type: 'Bare'; readonly version: 4 | 5 }
  | {
      readonly type: 'Signed';
      readonly address: MultiAddressValue;
      readonly signature: MultiSignatureValue;
      readonly extra: SignedExtra;
    }
  | { readonly type: 'General'; readonly extensionVersion: number; readonly extra: SignedExtra };

export interface Extrinsic {
  readonly preamble: Preamble;
  readonly call: RuntimeCallValue;
  /** The call's bytes as the chain encodes what it decoded, which is what signatures are checked against. */
  readonly callBytes: Uint8Array;
  /** The whole extrinsic likewise, with its length prefix: fees count these bytes, and a block's root is over them. */
  readonly bytes: Uint8Array;
}

const BARE_V4 = 0x04;
const BARE_V5 = 0x05;
const SIGNED_V4 = 0x84;
const GENERAL_V5 = 0x45;

const Nonce = compactNumber(u32);
const Tip = compactBigint(u64);
const MAX_U32 = 0xffff_ffff;
const MAX_U64 = 0xffff_ffff_ffff_ffffn;

/** Writes the extensions' values in their order; those without a value take no bytes. */
export function encodeExtra(out: Writer, extra: SignedExtra): void {
  EraType.encode(out, extra.era);
  Nonce.encode(out, extra.nonce);
  Tip.encode(out, extra.tip);
  out.u8(extra.metadataHash === 'Enabled' ? 1 : 0);
}

function decodeExtra(input: Reader): SignedExtra {
  const era = EraType.decode(input);
  const nonce = Nonce.decode(input);
  if (nonce > MAX_U32) throw new ScaleError(`${nonce} is not a nonce`);
  const tip = Tip.decode(input);
  if (tip > MAX_U64) throw new ScaleError(`${tip} is not a tip`);
  const mode = input.u8();
  if (mode > 1) throw new ScaleError(`${mode} is not a mode of CheckMetadataHash`);
  return { era, nonce, tip, metadataHash: mode === 1 ? 'Enabled' : 'Disabled' };
}

function decodePreamble(input: Reader): Preamble {
  const version = input.u8();
  switch (version) {
    case BARE_V4:
    case BARE_V5:
      return { type: 'Bare', version };
    case SIGNED_V4:
      return {
        type: 'Signed',
        address: MultiAddress.decode(input),
        signature: MultiSignature.decode(input),
        extra: decodeExtra(input),
      };
    case GENERAL_V5:
      return { type: 'General', extensionVersion: input.u8(), extra: decodeExtra(input) };
    default:
      throw new ScaleError(`0x${version.toString(16).padStart(2, '0')} is no extrinsic version of this chain`);
  }
}

/**
 * Decodes an extrinsic as it stands in a block body: compact length, preamble, call.
 * @throws ScaleError when anything is missing, wrong or left over.
 */
export function decodeExtrinsic(callType: Type<RuntimeCallValue>, bytes: Uint8Array): Extrinsic {
  const input = new ScaleReader(bytes);
  const length = input.length();
  if (length !== input.left) throw new ScaleError(`extrinsic says ${length} bytes, ${input.left} are there`);
  const preamble = decodePreamble(input);
  const callAt = input.at;
  const call = callType.decode(input);
  input.end('the call');
  const callBytes = encode(callType, call);
  // Only a set can be written in more than one way.
  const isCanonical = equalBytes(callBytes, bytes.subarray(callAt));
  return { preamble, call, callBytes, bytes: isCanonical ? bytes : encodeExtrinsic(preamble, callBytes) };
}

/** The bytes of an extrinsic, with the length prefix. */
export function encodeExtrinsic(preamble: Preamble, callBytes: Uint8Array): Uint8Array {
  const body = new Writer(256);
  switch (preamble.type) {
    case 'Bare':
      body.u8(preamble.version);
      break;
    case 'Signed':
      body.u8(SIGNED_V4);
      MultiAddress.encode(body, preamble.address);
      MultiSignature.encode(body, preamble.signature);
      encodeExtra(body, preamble.extra);
      break;
    case 'General':
      body.u8(GENERAL_V5);
      body.u8(preamble.extensionVersion);
      encodeExtra(body, preamble.extra);
      break;
  }
  body.raw(callBytes);
  const content = body.finish();
  const out = new Writer(content.length + 4);
  out.compact(content.length);
  out.raw(content);
  return out.finish();
}
