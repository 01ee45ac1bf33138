import { ApiPromise, WsProvider } from '@polkadot/api';
import type { SubmittableExtrinsic } from '@polkadot/api/types';
import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalNode, startLocalNode } from '../helpers/local-node.ts';

let node: LocalNode;
let api: ApiPromise;
let alice: KeyringPair;
const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });
const NO_EFFECT = { extrinsic: {}, payload: {} };

beforeAll(async () => {
  node = await startLocalNode();
  await cryptoWaitReady();
  alice = keyring.addFromUri('//Alice');
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

interface Included {
  readonly block: string;
  /** `section.method` of each event. */
  readonly events: readonly string[];
  /** Of the event TransactionFeePaid, in rao. */
  readonly fee: bigint;
  /** `section.name` of the dispatch error. */
  readonly error: string | undefined;
}

/** Signs, submits and waits for finality, as an application does. */
function send(call: SubmittableExtrinsic<'promise'>, signer: KeyringPair): Promise<Included> {
  return new Promise((resolve, reject) => {
    call
      .signAndSend(signer, ({ status, dispatchError, events }) => {
        if (status.isInvalid || status.isDropped || status.isUsurped) reject(new Error(status.type));
        if (!status.isFinalized) return;
        const paid = events.find(({ event }) => event.method === 'TransactionFeePaid');
        const module = dispatchError?.isModule ? api.registry.findMetaError(dispatchError.asModule) : undefined;
        resolve({
          block: status.asFinalized.toHex(),
          events: events.map(({ event }) => `${event.section}.${event.method}`),
          fee: BigInt(paid ? String(paid.event.data[1]) : 0),
          error: module ? `${module.section}.${module.name}` : dispatchError?.toString(),
        });
      })
      .catch(reject);
  });
}

const freeOf = async (address: string): Promise<bigint> => {
  const account = (await api.query.system!.account!(address)) as unknown as { data: { free: { toString(): string } } };
  return BigInt(account.data.free.toString());
};

const TAO = 1_000_000_000n;

describe('@polkadot/api over WebSocket', () => {
  it('knows the chain', async () => {
    expect(api.genesisHash.toHex()).toBe(`0x${node.engine.genesisHash}`);
    expect(api.runtimeVersion.specVersion.toNumber()).toBe(425);
    expect(api.runtimeVersion.specName.toString()).toBe('node-subtensor');
    expect(api.consts.aura!.slotDuration!.toString()).toBe('12000');
    expect(api.consts.balances!.existentialDeposit!.toString()).toBe('500');
    expect(String(await api.rpc.system.chain())).toBe('Bittensor');
  });

  it('reads storage', async () => {
    expect(await freeOf(alice.address)).toBe(1_000_000n * TAO);
    const networks = await api.query.subtensorModule!.networksAdded!.entries();
    expect(networks.map(([key]) => String(key.args[0])).sort()).toEqual(['0', '1']);
  });

  it('pays: what the fee query says is what is charged', async () => {
    const to = keyring.addFromUri('//Nobody');
    const call = api.tx.balances!.transferKeepAlive!(to.address, TAO);
    const before = await freeOf(alice.address);
    const { partialFee } = await call.paymentInfo(alice);
    const { events, fee, error, block } = await send(call, alice);
    expect(error).toBeUndefined();
    expect(block).toBe(`0x${node.engine.head.hash}`);
    expect(events).toEqual(
      expect.arrayContaining(['balances.Transfer', 'transactionPayment.TransactionFeePaid', 'system.ExtrinsicSuccess']),
    );
    expect(await freeOf(to.address)).toBe(TAO);
    expect(fee).toBe(partialFee.toBigInt());
    expect(before - (await freeOf(alice.address))).toBe(TAO + fee);
  });

  it('reads the past', async () => {
    const genesis = await api.at(api.genesisHash);
    const account = (await genesis.query.system!.account!(alice.address)) as unknown as { data: { free: unknown } };
    expect(String(account.data.free)).toBe(String(1_000_000n * TAO));
  });

  it('follows a subscription', async () => {
    const seen: string[] = [];
    const to = keyring.addFromUri('//Watched');
    const stop = (await api.query.system!.account!(to.address, (account: { data: { free: unknown } }) => {
      seen.push(String(account.data.free));
    })) as unknown as () => void;
    await send(api.tx.balances!.transferKeepAlive!(to.address, 2n * TAO), alice);
    await expect.poll(() => seen).toEqual(['0', String(2n * TAO)]);
    stop();
  });

  it('hears what the chain refuses', async () => {
    const poor = keyring.addFromUri('//Poor');
    await expect(api.tx.system!.remark!('0x00').signAndSend(poor)).rejects.toThrow(/1010.*Inability to pay some fees/);
    const { error, events } = await send(api.tx.balances!.transferKeepAlive!(poor.address, 1n), alice);
    expect(error).toBeDefined();
    expect(events).toContain('system.ExtrinsicFailed');
  });

  it('registers a subnet, starts it and stakes on it', async () => {
    const hotkey = keyring.addFromUri('//Alice//hotkey');
    const registered = await send(api.tx.subtensorModule!.registerNetwork!(hotkey.address), alice);
    expect(registered.error).toBeUndefined();
    expect(registered.events).toContain('subtensorModule.NetworkAdded');
    const netuid = 2;
    expect(String(await api.query.subtensorModule!.subnetOwner!(netuid))).toBe(alice.address);

    const early = await send(api.tx.subtensorModule!.addStake!(hotkey.address, netuid, 10n * TAO), alice);
    expect(early.error).toBe('subtensorModule.SubtokenDisabled');
    expect(early.events).toContain('system.ExtrinsicFailed');

    const delay = Number(String(api.consts.subtensorModule!.initialStartCallDelay));
    await node.engine.advance(delay + 1);
    const started = await send(api.tx.subtensorModule!.startCall!(netuid), alice);
    expect(started.error).toBeUndefined();

    const before = await freeOf(alice.address);
    const staked = await send(api.tx.subtensorModule!.addStake!(hotkey.address, netuid, 10n * TAO), alice);
    expect(staked.error).toBeUndefined();
    expect(staked.events).toContain('subtensorModule.StakeAdded');
    expect(before - (await freeOf(alice.address))).toBe(10n * TAO + staked.fee);
  });
});
