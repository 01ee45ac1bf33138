import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readBalance } from '../../src/lib/domain/balance.ts';
import { readPositions } from '../../src/lib/domain/stake/positions.ts';
import { readNeurons } from '../../src/lib/domain/subnet/neurons.ts';
import { readSubnets } from '../../src/lib/domain/subnet/subnets.ts';
import { runProgram } from '../helpers/run-cli.ts';
import { hasPackage, PYTHON } from './environments.ts';
import { eventOf, expectCharged, type Landed, type LocalChain, startLocalChain } from './local-chain.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const TAO = 1_000_000_000n;
/** Empty blocks go on being made: the clients follow the finalized chain by polling. */
const CHAIN = ['--preset', 'subtensor', '--block-time', '500ms'];

// Each command is a Python process of some seconds, more on a busy machine.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 60_000 });

const ready9 = hasPackage('bittensor-cli', '9.23.2', 'the local chain with');
const ready11 = hasPackage('bittensor', '11.3.0', 'the local chain with');

// biome-ignore lint/suspicious/noExplicitAny: what another program prints is checked by the test that reads it
type Printed = any;

/** Runs a program of an environment in the home of the chain's wallets; answers what it printed. */
async function run(chain: LocalChain, program: string, args: readonly string[], input = ''): Promise<string> {
  const { stdout, stderr, code } = await runProgram([join(PYTHON, program), ...args], {
    home: chain.home,
    cwd: chain.home,
    env: { TERM: 'dumb', COLUMNS: '200', NO_COLOR: '1' },
    input,
    // Some of their commands wait for ever after an error of their own.
    timeout: 45_000,
  });
  expect(code, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

/** The JSON document in what a program printed; its lines may be folded to the terminal's width. */
function document(printed: string): Printed {
  const start = printed.search(/[[{]/);
  return JSON.parse(printed.slice(start).replaceAll('\n', ' '));
}

function hotkeyOf(chain: LocalChain, wallet: string): string {
  const file = join(chain.home, '.bittensor', 'wallets', wallet, 'hotkeys', 'defaultpub.txt');
  return (JSON.parse(readFileSync(file, 'utf8')) as { ss58Address: string }).ss58Address;
}

const freeOf = async (chain: LocalChain, address: string): Promise<bigint> =>
  (await readBalance(await chain.client.reader(), address)).free;

const transferred =
  (to: string, amount: bigint) =>
  async ({ before, after }: Landed): Promise<bigint> => {
    expect((await readBalance(after, to)).free - (await readBalance(before, to)).free).toBe(amount);
    return amount;
  };

/** The price of a new subnet before the block; subnet 2 is there after it. */
async function subnetPrice({ before, after }: Landed): Promise<bigint> {
  expect((await readSubnets(before)).map(({ netuid }) => netuid)).toEqual([0, 1]);
  expect((await readSubnets(after)).find(({ netuid }) => netuid === 2)).toMatchObject({ ownerColdkey: ALICE });
  return before.api<bigint>('SubnetRegistrationRuntimeApi', 'get_network_registration_cost');
}

async function started({ before, after }: Landed): Promise<bigint> {
  expect(await before.get('SubtensorModule', 'SubtokenEnabled', 2)).toBe(false);
  expect(await after.get('SubtensorModule', 'SubtokenEnabled', 2)).toBe(true);
  return 0n;
}

/** The burn that the event names; the hotkey has the next UID. */
const registered =
  (hotkey: string) =>
  async ({ events, after }: Landed): Promise<bigint> => {
    expect(await after.get('SubtensorModule', 'Uids', 2, hotkey)).toBe(1);
    expect((await readNeurons(after, 2)).map(({ uid }) => uid)).toEqual([0, 1]);
    return (eventOf(events, 'RAORecycledForRegistrationSet') as [number, bigint])[1];
  };

const alphaOf = async (reader: Landed['after'], hotkey: string): Promise<bigint> =>
  (await readPositions(reader, ALICE)).find((position) => position.hotkey === hotkey)?.alpha ?? 0n;

/** [coldkey, hotkey, TAO, alpha, netuid, fee] */
type StakeEvent = [string, string, bigint, bigint, number, bigint];

const staked =
  (hotkey: string, amount: bigint) =>
  async ({ events, before, after }: Landed): Promise<bigint> => {
    const [, , , alpha] = eventOf(events, 'StakeAdded') as StakeEvent;
    expect((await alphaOf(after, hotkey)) - (await alphaOf(before, hotkey))).toBe(alpha);
    return amount;
  };

const unstaked =
  (hotkey: string, amount: bigint) =>
  async ({ events, before, after }: Landed): Promise<bigint> => {
    const [, , tao, alpha, , fee] = eventOf(events, 'StakeRemoved') as StakeEvent;
    expect(alpha + fee).toBe(amount);
    expect((await alphaOf(before, hotkey)) - (await alphaOf(after, hotkey))).toBe(amount);
    return -tao;
  };

describe.skipIf(!ready9)('btcli of bittensor-cli 9.23.2', () => {
  let chain: LocalChain;
  let hotkey: string;
  beforeAll(async () => {
    chain = await startLocalChain(...CHAIN);
    hotkey = hotkeyOf(chain, 'alice');
  });
  afterAll(() => chain?.stop());

  const print = (...args: string[]) => run(chain, 'bittensor-cli/bin/btcli', [...args, '--network', chain.address]);
  const json = async (...args: string[]): Promise<Printed> => document(await print(...args, '--json-output'));
  const as = (name: string) => ['--wallet-name', name, '--hotkey', 'default', '--no-prompt'];
  const stake = () => [...as('alice'), '--netuid', '2', '--include-hotkeys', hotkey, '--no-mev-protection'];
  const IDENTITY = {
    '--subnet-name': 'one',
    '--github-repo': 'https://github.com/a/b',
    '--subnet-contact': 'a@example.org',
    '--subnet-url': 'https://example.org',
    '--discord': 'one',
    '--description': 'the first',
    '--additional-info': 'none',
    '--logo-url': 'https://example.org/logo.png',
  };

  it('lists subnets', async () => {
    expect(Object.keys((await json('subnets', 'list')).subnets).sort()).toEqual(['0', '1']);
  });

  it('transfers', async () => {
    const sent = await json('wallet', 'transfer', '--dest', BOB, '--amount', '1.5', ...as('alice'));
    expect(sent).toMatchObject({ success: true });
    await expectCharged(chain, sent.extrinsic_identifier, ALICE, transferred(BOB, (TAO * 3n) / 2n));
    const shown = await json('wallet', 'balance', '--wallet-name', 'alice');
    expect(BigInt(Math.round(shown.balances.alice.free * 1e9))).toBe(await freeOf(chain, ALICE));
  });

  it('creates a subnet, starts it, registers on it', async () => {
    const created = await json(
      ...['subnets', 'create', ...as('alice'), '--no-mev-protection', ...Object.entries(IDENTITY).flat()],
    );
    expect(created).toMatchObject({ success: true, netuid: 2 });
    await expectCharged(chain, created.extrinsic_identifier, ALICE, subnetPrice);
    const start = await print('subnets', 'start', '--netuid', '2', ...as('alice'));
    await expectCharged(chain, /included as (\d+-\d+)/.exec(start)?.[1], ALICE, started);
    const entry = await json('subnets', 'register', '--netuid', '2', ...as('bob'));
    expect(entry).toMatchObject({ success: true });
    await expectCharged(chain, entry.extrinsic_identifier, BOB, registered(hotkeyOf(chain, 'bob')));
  });

  it('stakes and unstakes, with and without a limit', async () => {
    for (const mode of [['--safe', '--tolerance', '0.05'], ['--unsafe']]) {
      const added = await json('stake', 'add', '--amount', '5', ...stake(), ...mode);
      expect(added.staking_success).toEqual({ 2: { [hotkey]: true } });
      await expectCharged(chain, added.extrinsic_ids[2][hotkey], ALICE, staked(hotkey, 5n * TAO));
    }
    const before = await alphaOf(await chain.client.reader(), hotkey);
    const held = await json('stake', 'list', '--wallet-name', 'alice', '--no-prompt');
    const after = await alphaOf(await chain.client.reader(), hotkey);
    expect([before, after]).toContain(BigInt(Math.round(held.stake_info[hotkey][0].stake_value * 1e9)));
    for (const mode of [['--safe', '--tolerance', '0.05'], ['--unsafe']]) {
      const [removed] = await json('stake', 'remove', '--amount', '1', ...stake(), ...mode);
      expect(removed).toMatchObject({ success: true, netuid: 2 });
      await expectCharged(chain, removed.extrinsic_identifier, ALICE, unstaked(hotkey, TAO));
    }
  });

  it('shows the metagraph and sets a hyperparameter', async () => {
    const shown = await json('subnets', 'show', '--netuid', '2', '--no-prompt');
    const neurons = await readNeurons(await chain.client.reader(), 2);
    expect(shown.uids.map((row: Printed) => [row.uid, row.hotkey, row.coldkey])).toEqual(
      neurons.map(({ uid, hotkey: key, coldkey }) => [uid, key, coldkey]),
    );
    const set = await json(
      ...[
        'sudo',
        'set',
        '--netuid',
        '2',
        '--param',
        'commit_reveal_weights_enabled',
        '--value',
        'false',
        ...as('alice'),
      ],
    );
    expect(set).toMatchObject({ success: true });
    await expectCharged(chain, set.extrinsic_identifier, ALICE, async ({ before, after }) => {
      expect(await before.get('SubtensorModule', 'CommitRevealWeightsEnabled', 2)).toBe(true);
      expect(await after.get('SubtensorModule', 'CommitRevealWeightsEnabled', 2)).toBe(false);
      return 0n;
    });
  });
});

/**
 * bittensor 11.3.0 was written for a later runtime: `wallet balance`, `stake list`, `subnets register`, `subnets
 * hyperparameters` and `weights set` of its btcli ask for storage and runtime APIs that 425 has not got
 * (`CollateralLockShare`, `SubnetEpochConsensus`, `BetaBasketRuntimeApi`). Its SDK does the same work here.
 */
describe.skipIf(!ready11)('btcli and SDK of bittensor 11.3.0', () => {
  let chain: LocalChain;
  let hotkey: string;
  beforeAll(async () => {
    chain = await startLocalChain(...CHAIN);
    hotkey = hotkeyOf(chain, 'alice');
  });
  afterAll(() => chain?.stop());

  const NOWHERE_ELSE = ['--fallback-endpoints', 'none', '--archive-endpoints', 'none'];
  const json = async (...args: string[]): Promise<Printed> =>
    document(
      await run(chain, 'bittensor/bin/btcli', [
        ...['-n', chain.address, ...NOWHERE_ELSE, '-w', 'alice', '-H', 'default', '-y', '--json'],
        ...args,
      ]),
    );
  const sdk = async (...jobs: object[]): Promise<Printed[]> => {
    const script = join(import.meta.dirname, 'official_client.py');
    const input = jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
    const printed = await run(chain, 'bittensor/bin/python', [script, chain.address], input);
    return printed
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  };

  it('lists subnets and reads a balance', async () => {
    expect((await json('subnets', 'list')).map(({ netuid }: Printed) => netuid).sort()).toEqual([0, 1]);
    const [account, metagraph] = await sdk(
      { kind: 'query', pallet: 'System', item: 'Account', keys: [ALICE] },
      { kind: 'read', name: 'metagraph', args: { netuid: 1 } },
    );
    expect(BigInt(account.value.data.free)).toBe(await freeOf(chain, ALICE));
    expect(metagraph.value).toMatchObject({ netuid: 1, num_uids: 1 });
  });

  it('transfers', async () => {
    const sent = await json('tx', 'transfer', '--dest', BOB, '--amount', '1.5');
    expect(sent).toMatchObject({ success: true });
    const { fee } = await expectCharged(chain, sent.extrinsic_id, ALICE, transferred(BOB, (TAO * 3n) / 2n));
    expect(BigInt(Math.round(sent.fee_tao * 1e9))).toBe(fee);
  });

  it('creates a subnet, starts it, registers on it', async () => {
    const created = await json('subnets', 'create');
    expect(created).toMatchObject({ success: true, data: { netuid: 2 } });
    await expectCharged(chain, created.extrinsic_id, ALICE, subnetPrice);
    const start = await json('hparams', 'start', '--netuid', '2');
    await expectCharged(chain, start.extrinsic_id, ALICE, started);
    const theirs = hotkeyOf(chain, 'bob');
    const args = { netuid: 2, hotkey: theirs };
    const [entry] = await sdk({
      kind: 'submit',
      wallet: 'bob',
      pallet: 'SubtensorModule',
      call: 'burned_register',
      args,
    });
    expect(entry).toMatchObject({ success: true });
    await expectCharged(chain, entry.extrinsic, BOB, registered(theirs));
  });

  it('stakes and unstakes, with and without a limit', async () => {
    const MODES = [['--slippage-protection'], ['--no-slippage-protection', '--no-mev-shield']];
    for (const mode of MODES) {
      const added = await json('stake', 'add', '--netuid', '2', '--amount', '5', ...mode);
      expect(added).toMatchObject({ success: true });
      await expectCharged(chain, added.extrinsic_id, ALICE, staked(hotkey, 5n * TAO));
    }
    const before = await alphaOf(await chain.client.reader(), hotkey);
    const held = await json('stake', 'show', '--netuid', '2');
    const after = await alphaOf(await chain.client.reader(), hotkey);
    expect([before, after]).toContain(BigInt(Math.round(held.stake_amount * 1e9)));
    for (const mode of MODES) {
      const removed = await json('stake', 'remove', '--netuid', '2', '--amount', '1', ...mode);
      expect(removed).toMatchObject({ success: true });
      await expectCharged(chain, removed.extrinsic_id, ALICE, unstaked(hotkey, TAO));
    }
  });

  it('reads the metagraph and sets weights', async () => {
    // A neuron may set weights once its registration is WeightsSetRateLimit blocks old.
    await chain.client.connection.request('dev_newBlock', [{ count: 110 }]);
    const enabled = { netuid: 2, enabled: false };
    const weights = { netuid: 2, dests: [0], weights: [65535], version_key: 0 };
    const [off, set, metagraph] = await sdk(
      ...[
        {
          kind: 'submit',
          wallet: 'alice',
          pallet: 'AdminUtils',
          call: 'sudo_set_commit_reveal_weights_enabled',
          args: enabled,
        },
        {
          kind: 'submit',
          wallet: 'alice',
          signer: 'hotkey',
          pallet: 'SubtensorModule',
          call: 'set_weights',
          args: weights,
        },
        { kind: 'read', name: 'metagraph', args: { netuid: 2 } },
      ],
    );
    expect(off).toMatchObject({ success: true });
    await expectCharged(chain, off.extrinsic, ALICE, () => 0n);
    expect(set).toMatchObject({ success: true });
    const reader = await chain.client.reader();
    expect(await reader.get('SubtensorModule', 'Weights', 2, 0)).toEqual([[0, 65535]]);
    const neurons = await readNeurons(reader, 2);
    expect(metagraph.value.hotkeys).toEqual(neurons.map((neuron) => neuron.hotkey));
    expect(metagraph.value.coldkeys).toEqual(neurons.map((neuron) => neuron.coldkey));
    expect((await json('subnets', 'metagraph', '2')).hotkeys).toEqual(metagraph.value.hotkeys);
  });
});

describe.skipIf(!ready9 && !ready11)('the playground', () => {
  let chain: LocalChain;
  beforeAll(async () => {
    chain = await startLocalChain('--preset', 'playground', '--block-time', '500ms');
  });
  afterAll(() => chain?.stop());

  const netuids = async () => (await readSubnets(await chain.client.reader())).map(({ netuid }) => netuid);

  it.skipIf(!ready9)('is read and paid on by btcli 9', async () => {
    const on = ['--network', chain.address, '--json-output'];
    const listed = document(await run(chain, 'bittensor-cli/bin/btcli', ['subnets', 'list', ...on]));
    expect(Object.keys(listed.subnets).map(Number).sort()).toEqual(await netuids());
    const transfer = ['wallet', 'transfer', '--dest', BOB, '--amount', '2', '--wallet-name', 'alice', '--no-prompt'];
    const sent = document(await run(chain, 'bittensor-cli/bin/btcli', [...transfer, ...on]));
    await expectCharged(chain, sent.extrinsic_identifier, ALICE, transferred(BOB, 2n * TAO));
  });

  it.skipIf(!ready11)('is read and paid on by btcli 11', async () => {
    const on = ['-n', chain.address, '--fallback-endpoints', 'none', '-w', 'alice', '-y', '--json'];
    const listed = document(await run(chain, 'bittensor/bin/btcli', [...on, 'subnets', 'list']));
    expect(listed.map(({ netuid }: Printed) => netuid).sort()).toEqual(await netuids());
    const transfer = ['tx', 'transfer', '--dest', BOB, '--amount', '2'];
    const sent = document(await run(chain, 'bittensor/bin/btcli', [...on, ...transfer]));
    await expectCharged(chain, sent.extrinsic_id, ALICE, transferred(BOB, 2n * TAO));
  });
});
