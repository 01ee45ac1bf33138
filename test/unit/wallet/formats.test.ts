import { decodeAddress, encodeAddress } from '@polkadot/util-crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHexBytes, fromHex, hexBytesToBytes, toHex } from '../../../src/lib/wallet/bytes.ts';
import { parseFlatJson } from '../../../src/lib/wallet/flat-json.ts';
import { parsePublicKeyfile } from '../../../src/lib/wallet/keyfile.ts';
import { isAddress, ss58Decode, ss58Encode, ss58Parse } from '../../../src/lib/wallet/ss58.ts';
import { failsWith, text, utf8 } from './fixtures.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('SS58', () => {
  it('agrees with Polkadot-JS for every key and prefix', () => {
    // Polkadot-JS refuses the two reserved prefixes.
    const prefix = fc.integer({ min: 0, max: 16383 }).filter((value) => value !== 46 && value !== 47);
    fc.assert(
      fc.property(key, prefix, (publicKey, format) => {
        const address = ss58Encode(publicKey, format);
        expect(address).toBe(encodeAddress(publicKey, format));
        expect(ss58Parse(address)).toEqual({ publicKey, prefix: format });
        expect(decodeAddress(address)).toEqual(publicKey);
      }),
      { numRuns: 300 },
    );
  });

  it('notices every single wrong letter', () => {
    const address = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
    for (let i = 0; i < address.length; i++) {
      const wrong = `${address.slice(0, i)}${address[i] === 'x' ? 'y' : 'x'}${address.slice(i + 1)}`;
      expect(isAddress(wrong), wrong).toBe(false);
    }
    for (const other of [
      '',
      '5',
      `${address}1`,
      address.slice(1),
      `1${address}`,
      address.toLowerCase(),
      '0x00',
      `${address} `,
    ])
      expect(isAddress(other)).toBe(false);
  });

  it('tells another chain’s address from a wrong one', async () => {
    const error = await failsWith('ADDRESS_INVALID', () =>
      ss58Decode('15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5'),
    );
    expect(error.data.prefix).toBe(0);
    expect(error.hints[0]).toContain('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY');
  });
});

it('hex as bytes agrees with hex as text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(text(bytesToHexBytes(bytes))).toBe(`0x${toHex(bytes)}`);
      expect(hexBytesToBytes(bytesToHexBytes(bytes))).toEqual(bytes);
      expect(hexBytesToBytes(utf8(toHex(bytes).toUpperCase()))).toEqual(bytes);
      expect(fromHex(`0x${toHex(bytes)}`)).toEqual(bytes);
    }),
  );
  for (const bad of ['0x1', 'xyz1', '0xg0', '1 '])
    expect([hexBytesToBytes(utf8(bad)), fromHex(bad)]).toEqual([undefined, undefined]);
});

describe('flat JSON', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constant(null),
  );

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme' }), value),
        fc.integer({ min: 0, max: 2 }),
        (object, indent) => {
          const json = JSON.stringify(object, null, indent);
          const parsed = parseFlatJson(utf8(json));
          expect(parsed.ok).toBe(true);
          const seen = Object.fromEntries(
            [...parsed.fields].map(([name, field]) => [name, field instanceof Uint8Array ? text(field) : field]),
          );
          // Lone surrogates have no UTF-8; -0 is 0 in JSON.
          expect(seen).toEqual(JSON.parse(text(utf8(json))) as unknown);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('calls every beginning of a document cut off, never complete', () => {
    const json = '{"accountId": "0x12", "n": 1, "o": null, "nested": {"a": [1, "}"]}, "last": "x"}';
    for (let end = 0; end < json.length; end++) {
      const parsed = parseFlatJson(utf8(json.slice(0, end)));
      expect(parsed, json.slice(0, end)).toMatchObject({ ok: false, truncated: true });
    }
    expect(parseFlatJson(utf8(json))).toMatchObject({ ok: true });
  });

  it('never breaks in another way than ours, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        parseFlatJson(bytes);
        try {
          parsePublicKeyfile(bytes, 'f');
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^KEYFILE_/);
        }
      }),
    );
  });
});
