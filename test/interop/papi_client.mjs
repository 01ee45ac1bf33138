// Run by papi.test.ts from a folder in which polkadot-api is installed: node papi_client.mjs ADDRESS. Prints one JSON document.
import { sr25519CreateDerive } from '@polkadot-labs/hdkd';
import { DEV_PHRASE, entropyToMiniSecret, mnemonicToEntropy } from '@polkadot-labs/hdkd-helpers';
import { createClient } from 'polkadot-api';
import { getPolkadotSigner } from 'polkadot-api/signer';
import { WebSocket } from 'ws';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const TAO = 1_000_000_000n;

/** Version 1 keeps Node's provider at an address of its own; version 2 takes the class of socket as an option. */
async function provider(address) {
  try {
    const { getWsProvider } = await import('polkadot-api/ws-provider/node');
    return getWsProvider(address);
  } catch (error) {
    if (error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    const { getWsProvider } = await import('polkadot-api/ws');
    return getWsProvider(address, { websocketClass: WebSocket });
  }
}

const { publicKey, sign } = sr25519CreateDerive(entropyToMiniSecret(mnemonicToEntropy(DEV_PHRASE)))('//Alice');
const signer = getPolkadotSigner(publicKey, 'Sr25519', sign);
const client = createClient(await provider(process.argv[2]));
const api = client.getUnsafeApi();

const free = async (address, at) => (await api.query.System.Account.getValue(address, { at })).data.free;

/** Signs, submits, waits for finality; balances of the signer before and after the block. */
async function send(tx) {
  const estimated = await tx.getEstimatedFees(ALICE);
  const { ok, block, events, dispatchError, txHash } = await tx.signAndSubmit(signer);
  const paid = events.find(({ type, value }) => type === 'TransactionPayment' && value.type === 'TransactionFeePaid');
  return {
    ok,
    block: block.number,
    txHash,
    names: events.map(({ type, value }) => `${type}.${value.type}`),
    dispatchError,
    estimated,
    fee: paid.value.value.actual_fee,
    spent: (await free(ALICE, (await client.getBlockHeader(block.hash)).parentHash)) - (await free(ALICE, block.hash)),
  };
}

const followed = [];
const subscription = client.finalizedBlock$.subscribe(({ number }) => followed.push(number));
const report = {
  spec: (await api.constants.System.Version()).spec_version,
  existentialDeposit: await api.constants.Balances.ExistentialDeposit(),
  subnets: (await api.query.SubtensorModule.NetworksAdded.getEntries()).length,
  price: await api.apis.SwapRuntimeApi.current_alpha_price(1),
  transfer: await send(api.tx.Balances.transfer_keep_alive({ dest: { type: 'Id', value: BOB }, value: TAO })),
  refused: await send(api.tx.SubtensorModule.add_stake({ hotkey: BOB, netuid: 99, amount_staked: TAO })),
};
subscription.unsubscribe();
client.destroy();
console.log(JSON.stringify({ ...report, followed }, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
