import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata';
import { describe, expect, it } from 'vitest';
import { createExtrinsicBuilder } from '../../src/lib/chain/polkadot.ts';
import { fromHex, toHex } from '../../src/lib/localnet/scale/bytes.ts';
import { rpcNode } from '../helpers/rpc-harness.ts';
import { devAccount, remark } from '../helpers/sign-extrinsic.ts';

/** A remark of Alice's, built and signed by @polkadot/api from metadata that came over RPC. */
async function signedWith(metadataHash: (metadata: Uint8Array) => Uint8Array | undefined) {
  const node = await rpcNode();
  const { client, engine } = node;
  const hex = (await client.request('state_call', ['Metadata_metadata_at_version', '0x0f000000'])) as string;
  const metadata = fromHex(hex.slice(hex.indexOf('6d657461')));
  const { specVersion, transactionVersion } = (await client.request('state_getRuntimeVersion')) as {
    readonly specVersion: number;
    readonly transactionVersion: number;
  };
  const { pair } = await devAccount('//Alice');
  const hash = metadataHash(metadata);
  const { hex: extrinsic } = await createExtrinsicBuilder(() => metadata).sign(
    engine.runtime.runtime.encodeCall(remark('seen')),
    {
      genesisHash: (await client.request('chain_getBlockHash', [0])) as string,
      specVersion,
      transactionVersion,
      nonce: 0,
      tip: 0n,
      mortality: undefined,
      metadataHash: hash && `0x${toHex(hash)}`,
    },
    { address: pair.address, scheme: 'sr25519', sign: async (payload) => pair.sign(payload) },
  );
  return { ...node, extrinsic, submit: () => client.request('author_submitExtrinsic', [extrinsic]) };
}

const digestOf = (metadata: Uint8Array, token = { decimals: 9, tokenSymbol: 'TAO' }): Uint8Array =>
  merkleizeMetadata(metadata, token).digest();

describe('CheckMetadataHash (RFC-0078)', () => {
  it('takes a transaction that signs the hash of the metadata served, into a block', async () => {
    const { submit, engine, extrinsic } = await signedWith((metadata) => digestOf(metadata));
    await submit();
    engine.createBlock();
    expect(engine.store.block(1)!.body.map(toHex)).toContain(extrinsic.slice(2));
  });

  it('takes one that signs no hash', async () => {
    const { submit } = await signedWith(() => undefined);
    await expect(submit()).resolves.toMatch(/^0x/);
  });

  it.each<[string, (metadata: Uint8Array) => Uint8Array]>([
    ['another token', (metadata) => digestOf(metadata, { decimals: 9, tokenSymbol: 'DOT' })],
    ['other decimals', (metadata) => digestOf(metadata, { decimals: 12, tokenSymbol: 'TAO' })],
    ['metadata that lies about a name', (metadata) => digestOf(renamed(metadata, 'add_stake', 'bad_stake'))],
    ['nothing', () => new Uint8Array(32)],
  ])('refuses one that signs the hash of %s', async (_, lie) => {
    const { submit } = await signedWith(lie);
    await expect(submit()).rejects.toMatchObject({ code: 1010, data: expect.stringContaining('bad signature') });
  });

  it('is the same for a fast build: constants are no part of what a signer binds itself to', async () => {
    const [normal, fast] = [await rpcNode(), await rpcNode({ fast: true })];
    const hash = normal.engine.runtime.metadataHash();
    expect(hash).toBe(toHex(digestOf(normal.engine.runtime.metadata(15)!)));
    expect(fast.engine.runtime.metadataHash()).toBe(hash);
  });
});

function renamed(metadata: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(metadata).toString('latin1').replaceAll(from, to);
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
