import { ApiPromise, WsProvider } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalNode, startLocalNode } from '../helpers/local-node.ts';

let node: LocalNode;
let api: ApiPromise;
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
const NO_EFFECT = { extrinsic: {}, payload: {} };

beforeAll(async () => {
  node = await startLocalNode();
  const port = await node.serve();
  api = await ApiPromise.create({
    provider: new WsProvider(`ws://127.0.0.1:${port}`),
    noInitWarn: true,
    signedExtensions: {
      SudoTransactionExtension: NO_EFFECT,
      CheckShieldedTxValidity: NO_EFFECT,
      SubtensorTransactionExtension: NO_EFFECT,
      DrandPriority: NO_EFFECT,
    },
  });
}, 30_000);

afterAll(async () => {
  await api?.disconnect();
  await node?.close();
  expect(node.faults).toEqual([]);
});

describe('@polkadot/api over WebSocket', () => {
  it('knows the chain', async () => {
    expect(api.genesisHash.toHex()).toBe(`0x${node.engine.genesisHash}`);
    expect(api.runtimeVersion.specVersion.toNumber()).toBe(425);
    expect(api.consts.aura?.slotDuration?.toString()).toBe('12000');
    expect(String(await api.rpc.system.chain())).toBe('Bittensor');
  });
  it('reads storage', async () => {
    const alice = keyring.addFromUri('//Alice');
    const account = (await api.query.system!.account!(alice.address)).toJSON() as { data: { free: number } };
    expect(account.data.free).toBe(1_000_000_000_000_000);
  });
  it('pays', async () => {
    const alice = keyring.addFromUri('//Alice');
    const to = keyring.addFromUri('//Nobody');
    const hash = await new Promise<string>((resolve, reject) => {
      api.tx.balances!.transferKeepAlive!(to.address, 1_000_000_000n)
        .signAndSend(alice, ({ status, dispatchError, events }) => {
          if (dispatchError) reject(new Error(dispatchError.toString()));
          if (status.isFinalized) {
            expect(events.some(({ event }) => event.method === 'ExtrinsicSuccess')).toBe(true);
            resolve(status.asFinalized.toHex());
          }
        })
        .catch(reject);
    });
    expect(hash).toBe(`0x${node.engine.head.hash}`);
    const account = (await api.query.system!.account!(to.address)).toJSON() as { data: { free: number } };
    expect(account.data.free).toBe(1_000_000_000);
  });
});
