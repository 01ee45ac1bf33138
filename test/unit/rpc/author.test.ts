import { describe, expect, it } from 'vitest';
import { mortalEra } from '../../../src/lib/localnet/frame/era.ts';
import { extrinsicHash } from '../../../src/lib/localnet/node/pool/transaction-pool.ts';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import type { LocalNode } from '../../helpers/local-node.ts';
import { follow, rpcNode, settled } from '../../helpers/rpc-harness.ts';
import { devAccount, remark, type SignOptions, signExtrinsic, transfer } from '../../helpers/sign-extrinsic.ts';

const hexOf = (bytes: Uint8Array) => `0x${toHex(bytes)}`;

async function signed({ engine }: LocalNode, text = 'x', options: SignOptions = {}, uri = '//Alice'): Promise<string> {
  return hexOf(signExtrinsic(engine, await devAccount(uri), remark(text), options));
}

const hashOf = (extrinsic: string) => `0x${extrinsicHash(Buffer.from(extrinsic.slice(2), 'hex'))}`;
const watch = (node: LocalNode, extrinsic: string) =>
  follow(node, 'author_submitAndWatchExtrinsic', 'author_unwatchExtrinsic', [extrinsic]);

describe('author', () => {
  it('takes transactions, shows them, and they enter the next block', async () => {
    const node = await rpcNode();
    const [first, second] = [await signed(node, 'a'), await signed(node, 'b', { nonce: 1 })];
    expect(await node.client.request('author_submitExtrinsic', [second])).toBe(hashOf(second));
    expect(await node.client.request('author_pendingExtrinsics')).toEqual([]);
    expect(await node.client.request('author_submitExtrinsic', [first])).toBe(hashOf(first));
    expect(await node.client.request('author_pendingExtrinsics')).toEqual([first, second]);
    expect(node.engine.createBlock().extrinsics.slice(1).map(hexOf)).toEqual([first, second]);
    expect(await node.client.request('author_pendingExtrinsics')).toEqual([]);
  });
  it.each(['ed25519', 'ecdsa'] as const)('takes those that an %s key signed', async (type) => {
    const node = await rpcNode();
    const account = await devAccount('//Alice', type);
    await node.client.request('author_submitExtrinsic', [
      hexOf(signExtrinsic(node.engine, await devAccount('//Alice'), transfer(account.id, 10n ** 9n))),
    ]);
    node.engine.createBlock();
    const extrinsic = hexOf(signExtrinsic(node.engine, account, remark('x'.repeat(300))));
    await node.client.request('author_submitExtrinsic', [extrinsic]);
    expect(node.engine.createBlock().extrinsics.slice(1).map(hexOf)).toEqual([extrinsic]);
    const broken = `${extrinsic.slice(0, -2)}79`;
    await expect(node.client.request('author_submitExtrinsic', [broken])).rejects.toMatchObject({ code: 1010 });
  });
  it('reports what happens to a watched one', async () => {
    const node = await rpcNode();
    const future = await watch(node, await signed(node, 'later', { nonce: 1 }));
    const ready = await watch(node, await signed(node, 'now'));
    expect(future.items).toEqual(['future', 'ready']);
    const { hash } = node.engine.createBlock({ final: false });
    await settled();
    expect(ready.items).toEqual(['ready', { inBlock: `0x${hash}` }]);
    node.engine.finalize(hash);
    await settled();
    expect(ready.items).toEqual(['ready', { inBlock: `0x${hash}` }, { finalized: `0x${hash}` }]);
    expect(future.items).toEqual(['future', 'ready', { inBlock: `0x${hash}` }, { finalized: `0x${hash}` }]);
  });
  it('reports replacement by a call of a class that goes first; tips buy no priority on this chain', async () => {
    const node = await rpcNode();
    const old = await watch(node, await signed(node, 'a'));
    await expect(
      node.client.request('author_submitExtrinsic', [await signed(node, 'a', { tip: 10n ** 9n })]),
    ).rejects.toMatchObject({ code: 1014 });
    const call = { type: 'System', value: { type: 'set_heap_pages', value: { pages: 1n } } };
    const operational = hexOf(signExtrinsic(node.engine, await devAccount('//Alice'), call));
    await node.client.request('author_submitExtrinsic', [operational]);
    await settled();
    expect(old.items).toEqual(['ready', { usurped: hashOf(operational) }]);
    expect(node.engine.createBlock().extrinsics).toHaveLength(2);
  });
  it('stops watching when asked', async () => {
    const node = await rpcNode();
    const { items, stop } = await watch(node, await signed(node));
    await stop();
    node.engine.createBlock();
    await settled();
    expect(items).toEqual(['ready']);
  });
  it('removes on request', async () => {
    const node = await rpcNode();
    const [first, second] = [await signed(node, 'a'), await signed(node, 'b', { nonce: 1 })];
    const watched = await watch(node, first);
    await node.client.request('author_submitExtrinsic', [second]);
    const removed = await node.client.request('author_removeExtrinsic', [[{ hash: hashOf(first) }]]);
    expect(removed).toEqual([hashOf(first), hashOf(second)]);
    await settled();
    expect(watched.items).toEqual(['ready', 'dropped']);
    expect(await node.client.request('author_pendingExtrinsics')).toEqual([]);
  });
});

describe("refusals in a real node's words", () => {
  const refusal = async (node: LocalNode, extrinsic: string) => {
    try {
      await node.client.request('author_submitExtrinsic', [extrinsic]);
    } catch (error) {
      const { code, message, data } = error as { code: number; message: string; data?: unknown };
      return { code, message, ...(data === undefined ? {} : { data }) };
    }
    return undefined;
  };

  it.each(['0x', '0x00', '0x04', '0x1084000000', '0xff'])('bytes that are no extrinsic: %s', async (bytes) => {
    expect([1001, 1010]).toContain((await refusal(await rpcNode(), bytes))?.code);
  });
  it('a bad signature', async () => {
    const node = await rpcNode();
    const good = await signed(node);
    const bad = `${good.slice(0, 90)}${good[90] === '0' ? '1' : '0'}${good.slice(91)}`;
    expect(await refusal(node, bad)).toEqual({
      code: 1010,
      message: 'Invalid Transaction',
      data: 'Transaction has a bad signature',
    });
    expect(await refusal(node, bad)).toEqual({ code: 1012, message: 'Transaction is temporarily banned' });
  });
  it('an old nonce', async () => {
    const node = await rpcNode();
    await node.client.request('author_submitExtrinsic', [await signed(node)]);
    node.engine.createBlock();
    expect(await refusal(node, await signed(node, 'y', { nonce: 0 }))).toMatchObject({
      code: 1010,
      data: 'Transaction is outdated',
    });
  });
  it('an account that cannot pay', async () => {
    const node = await rpcNode();
    expect(await refusal(node, await signed(node, 'x', {}, '//Nobody'))).toMatchObject({
      code: 1010,
      data: 'Inability to pay some fees (e.g. account balance too low)',
    });
  });
  it('an era that is over', async () => {
    const node = await rpcNode();
    const extrinsic = await signed(node, 'x', { era: mortalEra(4, 0) });
    await node.engine.advance(8);
    const { code, data } = (await refusal(node, extrinsic))!;
    expect(code).toBe(1010);
    expect(['Transaction has an ancient birth block', 'Transaction has a bad signature']).toContain(data);
  });
  it('the same again, and one with the same nonce', async () => {
    const node = await rpcNode();
    const extrinsic = await signed(node);
    await node.client.request('author_submitExtrinsic', [extrinsic]);
    expect(await refusal(node, extrinsic)).toEqual({
      code: 1013,
      message: 'Transaction Already Imported',
      data: hashOf(extrinsic),
    });
    expect(await refusal(node, await signed(node, 'y'))).toMatchObject({
      code: 1014,
      message: expect.stringMatching(/^Priority is too low: \(\d+ vs \d+\)$/),
    });
  });
});

describe('payment and nonces', () => {
  it('the fee asked for is the fee charged', async () => {
    const node = await rpcNode();
    const alice = await devAccount('//Alice');
    const bob = await devAccount('//Bob');
    const extrinsic = hexOf(signExtrinsic(node.engine, alice, transfer(bob.id, 7n * 10n ** 9n)));
    const info = (await node.client.request('payment_queryInfo', [extrinsic])) as { partialFee: string; class: string };
    const details = (await node.client.request('payment_queryFeeDetails', [extrinsic])) as {
      inclusionFee: { baseFee: number; lenFee: number; adjustedWeightFee: number };
    };
    const { baseFee, lenFee, adjustedWeightFee } = details.inclusionFee;
    expect(info.class).toBe('normal');
    expect(lenFee).toBe(extrinsic.length / 2 - 1);
    expect(String(baseFee + lenFee + adjustedWeightFee)).toBe(info.partialFee);
    const free = () => node.client.request('state_call', ['AccountNonceApi_account_nonce', alice.id]);
    expect(await free()).toBe('0x00000000');
    const { Account } = await import('../../../src/lib/localnet/pallets/system/spec.ts');
    const before = Account.get(node.engine.at().ext, alice.id).data.free;
    await node.client.request('author_submitExtrinsic', [extrinsic]);
    node.engine.createBlock();
    const after = Account.get(node.engine.at().ext, alice.id).data.free;
    expect(before - after - 7n * 10n ** 9n).toBe(BigInt(info.partialFee));
  });
  it('counts waiting transactions for the next nonce', async () => {
    const node = await rpcNode();
    const { pair, id } = await devAccount('//Alice');
    expect(await node.client.request('system_accountNextIndex', [pair.address])).toBe(0);
    for (const nonce of [0, 1, 3])
      await node.client.request('author_submitExtrinsic', [await signed(node, 'x', { nonce })]);
    expect(await node.client.request('account_nextIndex', [pair.address])).toBe(2);
    node.engine.createBlock();
    expect(await node.client.request('system_accountNextIndex', [`0x${id}`])).toBe(2);
    await expect(node.client.request('system_accountNextIndex', ['5notanaddress'])).rejects.toMatchObject({
      code: -32602,
    });
  });
  it('runs dry', async () => {
    const node = await rpcNode();
    const alice = await devAccount('//Alice');
    const good = await signed(node);
    const tooMuch = hexOf(signExtrinsic(node.engine, alice, transfer(alice.id.replace(/^../, '00'), 10n ** 18n)));
    expect(await node.client.request('system_dryRun', [good])).toBe('0x0000');
    expect(await node.client.request('system_dryRun', [tooMuch])).toMatch(/^0x0001/);
    const stale = await signed(node, 'x', { nonce: 5 });
    expect(await node.client.request('system_dryRunAt', [stale])).toMatch(/^0x01/);
    expect(node.engine.head.number).toBe(0);
  });
});
