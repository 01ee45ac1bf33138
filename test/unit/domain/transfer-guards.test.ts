import { describe, expect, it } from 'vitest';
import type { ChainClient } from '../../../src/lib/chain/client.ts';
import { REMOTE_NETWORKS } from '../../../src/lib/chain/networks.ts';
import type { Reader } from '../../../src/lib/chain/reader.ts';
import { developmentAccount } from '../../../src/lib/domain/wallet/dev-accounts.ts';
import { lookAlike, middleOf } from '../../../src/lib/domain/wallet/look-alike.ts';
import { planTransfer } from '../../../src/lib/domain/wallet/transfer.ts';
import { rao } from '../../../src/lib/units.ts';
import { makeKeyPair, SCHEMES } from '../../../src/lib/wallet/index.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const LIKE_BOB = '5FHneW46xGXgwjWiPEuoJjixtxhGrBvmdPhmcZ82EywU94ty';

describe('development accounts', () => {
  it.each(['//Alice', '//Bob', '//Ferdie', '//One', '//Alice//stash'])('%s is known in both schemes', async (uri) => {
    for (const scheme of SCHEMES) {
      const pair = await makeKeyPair({ kind: 'uri', uri: Buffer.from(uri) }, scheme);
      expect(developmentAccount(pair.address)).toBe(uri);
    }
  });

  it('are refused on the real networks, whatever name these go by, and nowhere else', async () => {
    const request = {
      from: BOB,
      to: ALICE,
      amount: rao(1n),
      keepAlive: true,
      period: 64,
      known: [],
    };
    const beyond = new Error('went on to read the chain');
    const reader = {
      constant: () => {
        throw beyond;
      },
    } as unknown as Reader;
    const on = (genesisHash: string, network: string) =>
      planTransfer({ genesisHash, network } as unknown as ChainClient, reader, request);
    for (const [network, { genesisHash }] of Object.entries(REMOTE_NETWORKS)) {
      await expect(on(genesisHash, network)).rejects.toMatchObject({
        code: 'VALIDATION',
        data: { account: '//Alice' },
      });
      await expect(on(genesisHash, 'wss://somewhere')).rejects.toMatchObject({ code: 'VALIDATION' });
    }
    await expect(on(`0x${'11'.repeat(32)}`, 'local')).rejects.toBe(beyond);
  });
});

describe('look-alikes', () => {
  const known = [{ address: BOB, name: 'bob' }];

  it('are found by both ends, and only where the address is not itself known', () => {
    expect(lookAlike(LIKE_BOB, known)?.name).toBe('bob');
    expect(lookAlike(BOB, known)).toBe(undefined);
    expect(lookAlike(ALICE, known)).toBe(undefined);
    expect(lookAlike(LIKE_BOB, [...known, { address: LIKE_BOB, name: 'other' }])).toBe(undefined);
    expect(lookAlike(`${LIKE_BOB.slice(0, -1)}z`, known)).toBe(undefined);
  });

  it('differ in what a person is asked to type', () => {
    expect(middleOf(LIKE_BOB)).toHaveLength(6);
    expect(middleOf(LIKE_BOB)).not.toBe(middleOf(BOB));
  });
});
