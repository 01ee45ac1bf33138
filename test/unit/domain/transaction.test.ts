import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChainClient } from '../../../src/lib/chain/client.ts';
import { type Connection, nodeError } from '../../../src/lib/chain/connection.ts';
import { connectLocal } from '../../../src/lib/chain/local.ts';
import { executePlanned, type PlannedCall, planCall } from '../../../src/lib/domain/transaction.ts';
import { makeKeyPair, softwareSigner, utf8Bytes } from '../../helpers/keys.ts';

let folder: string;
let connection: Connection;
let client: ChainClient;
let signing: ReturnType<typeof softwareSigner>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transaction-'));
  connection = await connectLocal({ dataFolder: join(folder, 'localnet'), timeout: 10_000, preset: 'subtensor' });
  client = await ChainClient.open({ network: 'local', connect: async () => connection });
  signing = softwareSigner(await makeKeyPair({ kind: 'uri', uri: utf8Bytes('//Alice') }));
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

const OPTIONS = { wait: 'in-block', timeout: 10_000 } as const;
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const remark = { pallet: 'System', name: 'remark', args: { remark: '0x01' } };
const plan = async (): Promise<PlannedCall> =>
  planCall(client, await client.reader(), remark, { signer: ALICE, period: 64, checksMetadata: false });
const nextNonce = (): Promise<number> => connection.request<number>('system_accountNextIndex', [ALICE]);

/** The client with some answers of its node replaced. */
function answering(request: (method: string, params: readonly unknown[]) => unknown, subscribe = connection.subscribe) {
  const replaced = {
    endpoint: 'test',
    close: async () => {},
    subscribe: (...args: Parameters<Connection['subscribe']>) => subscribe.apply(connection, args),
    request: async (method: string, params: readonly unknown[] = []) =>
      (await request(method, params)) ?? connection.request(method, params),
  };
  return Object.create(client, { connection: { value: replaced } }) as ChainClient;
}

const refusal = (code: number, data: string) => {
  const counted = { tries: 0 };
  const subscribe: Connection['subscribe'] = async ({ method }) => {
    counted.tries++;
    throw nodeError(method, { code, message: 'Invalid Transaction', data });
  };
  return { counted, subscribe };
};

test('a transaction whose nonce another one has used is signed with the next nonce', async () => {
  const first = await plan();
  const second = await plan();
  expect(second.nonce).toBe(first.nonce);
  const sent = await executePlanned(client, first, signing, OPTIONS);
  const taken: number[][] = [];
  const hashes: string[] = [];
  const later = await executePlanned(client, second, signing, {
    ...OPTIONS,
    onSending: (hash) => hashes.push(hash),
    onNonceTaken: (...nonces) => taken.push(nonces),
  });
  expect(sent.nonce).toBe(first.nonce);
  expect(later).toMatchObject({ nonce: first.nonce + 1, outcome: { error: undefined } });
  expect(taken).toEqual([[first.nonce, first.nonce + 1]]);
  expect(new Set(hashes).size).toBe(2);
  expect(later.extrinsicHash).toBe(hashes[1]);
  expect(await nextNonce()).toBe(first.nonce + 2);
});

test('so is one whose nonce a waiting transaction has, with nobody waiting for a block', async () => {
  const planned = await plan();
  let refusals = 0;
  const busy = answering((method) => {
    if (method === 'author_submitExtrinsic' && refusals++ === 0) {
      throw nodeError(method, { code: 1014, message: 'Priority is too low: (1 vs 1)' });
    }
    return method === 'system_accountNextIndex' ? planned.nonce + 1 : undefined;
  });
  // Signed with a later nonce than the account has: the pool keeps it until the one before it comes.
  expect(await executePlanned(busy, planned, signing, { ...OPTIONS, wait: 'none' })).toMatchObject({
    nonce: planned.nonce + 1,
    outcome: undefined,
  });
  expect(refusals).toBe(2);
  // The one before: both are included then.
  await executePlanned(client, planned, signing, OPTIONS);
  expect(await nextNonce()).toBe(planned.nonce + 2);
});

test('it gives up after a few nonces', async () => {
  const { counted, subscribe } = refusal(1010, 'Transaction is outdated');
  let asked = 100;
  const unlucky = answering((method) => (method === 'system_accountNextIndex' ? asked++ : undefined), subscribe);
  await expect(executePlanned(unlucky, await plan(), signing, OPTIONS)).rejects.toMatchObject({
    code: 'CHAIN_REJECTED',
    data: { rpcCode: 1010 },
    hints: [expect.stringContaining('try again')],
  });
  expect(counted.tries).toBe(4);
});

test('it does not try a nonce twice that the node names and refuses', async () => {
  const { counted, subscribe } = refusal(1010, 'Transaction is outdated');
  const stubborn = answering(() => undefined, subscribe);
  await expect(executePlanned(stubborn, await plan(), signing, OPTIONS)).rejects.toMatchObject({
    code: 'CHAIN_REJECTED',
  });
  expect(counted.tries).toBe(1);
});

test.each([
  [1010, 'Inability to pay some fees (e.g. account balance too low)'],
  [1010, 'Transaction has a bad signature'],
  [1010, 'Transaction has an ancient birth block'],
  [1012, 'Transaction is temporarily banned'],
  [1013, 'Transaction is already imported'],
])('a refusal for another reason (%i %s) is final', async (code, data) => {
  const { counted, subscribe } = refusal(code, data);
  const client = answering(() => undefined, subscribe);
  await expect(executePlanned(client, await plan(), signing, OPTIONS)).rejects.toMatchObject({
    code: 'CHAIN_REJECTED',
  });
  expect(counted.tries).toBe(1);
});

test('what was accepted and then lost its place is not sent again', async () => {
  let tries = 0;
  const subscribe: Connection['subscribe'] = async (_, onItem) => {
    tries++;
    setTimeout(() => onItem({ usurped: `0x${'11'.repeat(32)}` }), 1);
    return async () => {};
  };
  const usurped = answering(() => undefined, subscribe);
  await expect(executePlanned(usurped, await plan(), signing, OPTIONS)).rejects.toMatchObject({
    code: 'CHAIN_REJECTED',
    data: { status: 'usurped' },
  });
  expect(tries).toBe(1);
});
