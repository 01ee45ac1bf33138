import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCodecs } from '../../src/lib/chain/codecs.ts';
import { metadataOfCall } from '../../src/lib/chain/metadata-slice.ts';
import { createExtrinsicBuilder, type ExtrinsicBuilder } from '../../src/lib/chain/polkadot.ts';
import { NodeRuntime } from '../../src/lib/localnet/node/node-runtime.ts';
import { devAccount } from '../helpers/sign-extrinsic.ts';

const unused = (): never => {
  throw new Error('metadata needs no state');
};
const runtime = new NodeRuntime({ fast: false }, { rootOf: unused, verifySignature: unused });
/** Bytes that every argument can be read from: empty lists, first variants, zeros. */
const ZEROS = new Uint8Array(2048);
const CONTEXT = {
  genesisHash: `0x${'11'.repeat(32)}`,
  specVersion: 425,
  transactionVersion: 1,
  nonce: 7,
  tip: 3n,
  mortality: { period: 64, block: 1000, blockHash: `0x${'22'.repeat(32)}` },
  metadataHash: `0x${'33'.repeat(32)}`,
};

let address: string;
beforeAll(async () => {
  address = (await devAccount('//Alice')).pair.address;
});

beforeEach(() => {
  vi.spyOn(console, 'warn');
});

afterEach(() => {
  expect(console.warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const signed = (builder: ExtrinsicBuilder, call: Uint8Array) =>
  builder.sign(call, CONTEXT, { address, scheme: 'sr25519', sign: async () => new Uint8Array(64).fill(5) });

describe.each([14, 15, 16])('the part of metadata v%i that describes a call', (version) => {
  const bytes = runtime.metadata(version)!;
  const codecs = createCodecs(bytes);
  const whole = createExtrinsicBuilder(() => bytes);
  const { lookup } = codecs.metadata;
  const calls = codecs.metadata.pallets.flatMap(({ index, name, calls }) => {
    const definition = calls && lookup[calls.type]!.def;
    if (definition?.tag !== 'variant') return [];
    return definition.value.map((variant) => ({ pallet: index, call: variant.index, name: `${name}.${variant.name}` }));
  });

  const encoded = ({ pallet, call }: { readonly pallet: number; readonly call: number }): Uint8Array => {
    const { type, value } = codecs.call(Uint8Array.from([pallet, call, ...ZEROS]));
    return codecs.encodeCall(type, value.type, (value.value ?? {}) as Record<string, unknown>);
  };

  it('signs every call as all of it does', async () => {
    expect(calls.length).toBeGreaterThan(200);
    // A part is of version 14 whatever it was cut from: one version in full will do.
    const some = calls.filter((_, i) => version === 15 || i % 10 === 0);
    let sliced = 0;
    for (const one of some) {
      const slice = metadataOfCall(codecs.metadata, one.pallet, one.call);
      if (slice === undefined) continue;
      sliced++;
      const data = encoded(one);
      const expected = await signed(whole, data);
      const ours = await signed(
        createExtrinsicBuilder(() => slice),
        data,
      );
      expect(ours, one.name).toEqual(expected);
    }
    expect(sliced).toBeGreaterThan(0.8 * some.length);
  }, 120_000);

  it('is a small part, and has no other call', async () => {
    const transfer = calls.find(({ name }) => name === 'Balances.transfer_keep_alive')!;
    const slice = metadataOfCall(codecs.metadata, transfer.pallet, transfer.call)!;
    expect(slice.length).toBeLessThan(bytes.length / 10);
    const remark = calls.find(({ name }) => name === 'System.remark')!;
    const builder = createExtrinsicBuilder(() => slice);
    await expect(signed(builder, encoded(remark))).rejects.toThrow(/findMetaCall/);
  });

  it.each(['Utility.batch_all', 'Sudo.sudo', 'Proxy.proxy', 'Multisig.as_multi'])(
    'is all of it for %s, which holds other calls',
    (name) => {
      const { pallet, call } = calls.find((one) => one.name === name)!;
      expect(metadataOfCall(codecs.metadata, pallet, call)).toBeUndefined();
    },
  );

  it('is unknown for calls that the chain does not have', () => {
    expect(metadataOfCall(codecs.metadata, 250, 0)).toBeUndefined();
    expect(metadataOfCall(codecs.metadata, calls[0]!.pallet, 250)).toBeUndefined();
  });
});
