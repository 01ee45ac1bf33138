import { beforeAll, describe, expect, test } from 'vitest';
import { EraType, eraBirth, eraDeath, mortalEra } from '../../../../src/lib/localnet/frame/era.ts';
import { decodeExtrinsic, encodeExtrinsic } from '../../../../src/lib/localnet/frame/extrinsic.ts';
import type { VerifySignature } from '../../../../src/lib/localnet/frame/multi-signature.ts';
import { signingPayload } from '../../../../src/lib/localnet/runtime/checked-extrinsic.ts';
import { loadSignatureVerifier } from '../../../../src/lib/localnet/runtime/verify-signature.ts';
import { fromHex, toHex } from '../../../../src/lib/localnet/scale/bytes.ts';
import { ScaleError } from '../../../../src/lib/localnet/scale/io.ts';
import { decode, encode } from '../../../../src/lib/localnet/scale/type.ts';
import { runtimeOver, runtimeOverNothing } from '../../../../src/lib/localnet/vectors/runtime-for-vectors.ts';
import { verifyInJavaScript } from '../../../../src/lib/localnet/vectors/verify-in-javascript.ts';
import { readVector } from '../../../helpers/read-vector.ts';
import { devAccount } from '../../../helpers/sign-extrinsic.ts';

interface Case {
  readonly case: string;
  readonly extrinsic_hex: string;
  readonly [key: string]: unknown;
}
const validity = readVector('validity') as {
  readonly initial: readonly (readonly [string, string])[];
  readonly cases: readonly Case[];
};
const runtime = runtimeOverNothing();

describe('eras', () => {
  test('have the bytes that sp-runtime gives them', () => {
    expect(toHex(encode(EraType, { type: 'Immortal' }))).toBe('00');
    expect(toHex(encode(EraType, mortalEra(64, 42)))).toBe('a502');
    expect(encode(EraType, mortalEra(32_768, 20_000))).toEqual(Uint8Array.of(14 + (2500 % 16) * 16, 2500 / 16));
  });

  test('are what the signer meant, for every period and phase', () => {
    for (let power = 2; power <= 16; power++) {
      const period = 2 ** power;
      for (const current of [0, 1, period - 1, period, 12_345, 1_000_003]) {
        const era = mortalEra(period, current);
        expect(decode(EraType, encode(EraType, era))).toEqual(era);
        const birth = eraBirth(era, current);
        expect(birth).toBeLessThanOrEqual(current);
        expect(current - birth).toBeLessThan(Math.max(period >> 12, 1));
        expect(eraDeath(era, current)).toBe(BigInt(birth + period));
        expect(eraBirth(era, birth + period - 1)).toBe(birth);
      }
    }
  });

  test('whose phase lies outside the period do not decode', () => {
    // Period 4 (exponent 1) with phase 4.
    expect(() => decode(EraType, Uint8Array.of(0x41, 0x00))).toThrow(ScaleError);
  });
});

describe('extrinsics', () => {
  test('decode and encode to the same bytes', () => {
    let count = 0;
    for (const { extrinsic_hex } of validity.cases) {
      const bytes = fromHex(extrinsic_hex);
      const { preamble, callBytes, call } = decodeExtrinsic(runtime.callType, bytes);
      expect(toHex(encodeExtrinsic(preamble, callBytes))).toBe(toHex(bytes));
      expect(toHex(runtime.encodeCall(call))).toBe(toHex(callBytes));
      count += 1;
    }
    expect(count).toBe(29);
  });

  test('are what the chain makes of them where a set is written out of order: signatures, fees and roots take that', () => {
    const written = fromHex('07790c030001000300');
    const sorted = fromHex('07790801000300');
    const bare = { type: 'Bare', version: 5 } as const;
    const { call, callBytes, bytes } = decodeExtrinsic(runtime.callType, encodeExtrinsic(bare, written));
    expect(call.value).toEqual({ type: 'claim_root', value: { subnets: [1, 3] } });
    expect(callBytes).toEqual(sorted);
    expect(bytes).toEqual(encodeExtrinsic(bare, sorted));
  });

  test('with a byte too many, too few, or another version are refused', () => {
    const good = fromHex(validity.cases[0]!.extrinsic_hex);
    expect(() => decodeExtrinsic(runtime.callType, good.subarray(0, -1))).toThrow(ScaleError);
    expect(() => decodeExtrinsic(runtime.callType, Uint8Array.of(...good, 0))).toThrow(ScaleError);
    const version = good.slice();
    version[2] = 0x85;
    expect(() => decodeExtrinsic(runtime.callType, version)).toThrow('no extrinsic version');
  });

  test('nested without end are refused instead of exhausting the stack', () => {
    const nested = (levels: number): Uint8Array => {
      const bytes = new Uint8Array(levels * 2 + 3);
      for (let level = 0; level < levels; level++) bytes[level * 2] = 12;
      return bytes;
    };
    expect(runtime.decodeCall(nested(256)).type).toBe('Sudo');
    expect(() => runtime.decodeCall(nested(257))).toThrow('nested deeper');
    expect(() => runtime.decodeCall(nested(1_000_000))).toThrow('nested deeper');
  });

  test('sign what the real runtime signs', () => {
    const { runtime: over, state } = runtimeOver(validity.initial);
    const x = over.createExt(state);
    const recorded = validity.cases.find((one) => one.case === 'ok remark')!;
    const payload = Object.entries(recorded).find(([key]) => key.startsWith('signing_payload_hex'))![1] as string;
    const { preamble, callBytes } = decodeExtrinsic(over.callType, fromHex(recorded.extrinsic_hex));
    if (preamble.type !== 'Signed') throw new Error('a signed extrinsic');
    expect(`0x${toHex(signingPayload(x, over.extensions, callBytes, preamble.extra))}`).toBe(payload);
  });
});

describe('signatures', () => {
  let inWebAssembly: VerifySignature;
  beforeAll(async () => {
    inWebAssembly = await loadSignatureVerifier();
  });

  test('two implementations agree on good and on broken ones', () => {
    const { runtime: over, state } = runtimeOver(validity.initial);
    const x = over.createExt(state);
    let good = 0;
    for (const { extrinsic_hex } of validity.cases) {
      const { preamble, callBytes } = decodeExtrinsic(over.callType, fromHex(extrinsic_hex));
      if (preamble.type !== 'Signed' || preamble.address.type !== 'Id') continue;
      if (preamble.extra.era.type !== 'Immortal') continue;
      const payload = signingPayload(x, over.extensions, callBytes, preamble.extra);
      const signer = preamble.address.value;
      const verdict = inWebAssembly(preamble.signature, payload, signer);
      expect(verifyInJavaScript(preamble.signature, payload, signer)).toBe(verdict);
      if (verdict) good += 1;
      const broken = payload.slice();
      broken[0]! ^= 1;
      expect(inWebAssembly(preamble.signature, broken, signer)).toBe(false);
      expect(verifyInJavaScript(preamble.signature, broken, signer)).toBe(false);
    }
    expect(good).toBeGreaterThan(20);
  });

  test('of ECDSA hold as on the chain: with any v that names the key, and with a high s', async () => {
    const { pair, id } = await devAccount('//Alice', 'ecdsa');
    const message = new TextEncoder().encode('an extrinsic');
    const made = pair.sign(message);
    const [r, s, v] = [made.subarray(0, 32), made.subarray(32, 64), made[64]!];
    const high = fromHex((ORDER - BigInt(`0x${toHex(s)}`)).toString(16).padStart(64, '0'));
    const verdict = (signature: Uint8Array, over = message, signer = id): boolean => {
      const value = { type: 'Ecdsa', value: toHex(signature) } as const;
      const found = inWebAssembly(value, over, signer);
      expect(verifyInJavaScript(value, over, signer)).toBe(found);
      return found;
    };
    const joined = (...parts: (Uint8Array | number)[]): Uint8Array =>
      Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));
    expect(verdict(made)).toBe(true);
    expect(verdict(joined(r, s, v + 27))).toBe(true);
    expect(verdict(joined(r, high, v ^ 1))).toBe(true);
    expect(verdict(joined(r, high, v))).toBe(false);
    expect(verdict(made, message.subarray(1))).toBe(false);
    expect(verdict(made, message, toHex(pair.publicKey.subarray(1)))).toBe(false);
    for (const wrong of [v ^ 1, v + 2, v + 4, v + 26, v + 31, 255]) expect(verdict(joined(r, s, wrong))).toBe(false);
    expect(verdict(new Uint8Array(65))).toBe(false);
    expect(verdict(new Uint8Array(65).fill(255))).toBe(false);
  });
});

/** Of the group of secp256k1 (SEC 2). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
