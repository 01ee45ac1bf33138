import { beforeAll, describe, expect, it, vi } from 'vitest';
import { stripAnsi } from '../../src/lib/cli/render/width.ts';
import { unitsOf } from '../../src/lib/units.ts';
import { CTRL_C, ENTER, runCli, runOnTerminal } from '../helpers/run-cli.ts';
import { type WalletHome, walletHome } from '../helpers/wallet-home.ts';

// Each transaction is a process of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
/** Bob, and an address that begins and ends like Bob's. */
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const LIKE_BOB = '5FHneW46xGXgwjWiPEuoJjixtxhGrBvmdPhmcZ82EywU94ty';

let it_: WalletHome;
const address: Record<string, string> = {};
const fund = (name: string, amount: string) =>
  it_.data(['localnet', 'fund', '--wallet-name', name, '--amount', amount, '--yes']);
const free = async (name: string): Promise<bigint> =>
  unitsOf((await it_.data(['wallet', 'balance', '--wallet-name', name])).accounts[0].freeTao);

beforeAll(async () => {
  it_ = walletHome();
  for (const name of ['one', 'two', 'three', 'four', 'new']) {
    const made = await it_.data(['wallet', 'create', '--wallet-name', name, '--hotkey', 'h', '--no-password', '--yes']);
    address[name] = made.coldkey.address;
    address[`${name}/h`] = made.hotkey.address;
  }
  await fund('one', '100');
});

describe('wallet balance', () => {
  it('shows wallets, addresses and names, and adds them up', async () => {
    const all = await it_.data(['wallet', 'balance', '--all']);
    expect(all.accounts.map(({ name }: { name: string }) => name)).toEqual(['four', 'new', 'one', 'three', 'two']);
    expect(all.totalTao).toBe('100.000000000');
    await it_.data(['address', 'add', 'faucet', ALICE]);
    const named = await it_.data(['wallet', 'balance', 'faucet', address.one!, '--ss58', 'two,three/h']);
    expect(named.accounts.map((row: { address: string }) => row.address)).toEqual([
      ALICE,
      address.one,
      address.two,
      address['three/h'],
    ]);
    expect(named.accounts[1]).toMatchObject({ name: null, freeTao: '100.000000000', stakedTao: '0.000000000' });
    await it_.fails(['wallet', 'balance', 'nobody'], 'ADDRESS_BOOK_UNKNOWN', 12);
  });
});

describe('wallet transfer', () => {
  it('moves exactly what it says, and reports it from the block', async () => {
    const { document } = await it_.run([
      'wallet',
      'transfer',
      '--wallet-name',
      'one',
      '--dest',
      'two',
      '--amount',
      '10.000000001',
      '--yes',
    ]);
    expect(document.data).toMatchObject({
      to: address.two,
      toName: 'two',
      amountTao: '10.000000001',
      status: 'included',
      destinationBeforeTao: '0.000000000',
      destinationAfterTao: '10.000000001',
      plan: { call: 'Balances.transfer_keep_alive', signer: address.one },
    });
    const { balanceBeforeTao, balanceAfterTao, feePaidTao } = document.data;
    expect(unitsOf(balanceBeforeTao) - unitsOf(balanceAfterTao)).toBe(10_000_000_001n + unitsOf(feePaidTao));
    expect(feePaidTao).toBe(document.data.plan.feeTao);
    expect(document.meta).toMatchObject({ network: 'local', extrinsic: expect.stringMatching(/^\d+-\d+$/) });
    expect(document.warnings.join(' ')).toMatch(/holds nothing/);
  });

  it('sends nothing under --dry-run, and nothing without a confirmation', async () => {
    const before = await free('one');
    const args = ['wallet', 'transfer', '--wallet-name', 'one', '--dest', BOB, '--amount', '1'];
    const plan = await it_.data([...args, '--dry-run']);
    expect(plan).toMatchObject({ status: 'planned', plan: { callData: expect.stringMatching(/^0x0503/) } });
    await it_.fails(args, 'CONFIRMATION_REQUIRED', 14);
    await it_.fails([...args, '--no'], 'CANCELLED', 14);
    expect(await free('one')).toBe(before);
  });

  it('keeps the existential deposit with --all, and ends the account only when told to', async () => {
    await fund('three', '5');
    const send = ['wallet', 'transfer', '--wallet-name', 'three', '--dest', 'four', '--yes'];
    const over = await it_.fails([...send, '--amount', '5'], 'INSUFFICIENT_BALANCE', 12);
    const most = over.data.availableTao;
    expect(unitsOf(most) + unitsOf(over.data.feeTao)).toBe(4_999_999_500n);
    const all = await it_.data([...send, '--all']);
    expect(all).toMatchObject({ balanceAfterTao: '0.000000500', keepAlive: true, all: true });
    expect(unitsOf(all.amountTao)).toBe(4_999_999_500n - unitsOf(all.feePaidTao));
    await fund('three', '1');
    const dead = await it_.data([...send, '--all', '--allow-death']);
    expect(dead).toMatchObject({ balanceAfterTao: '0.000000000', keepAlive: false });
    await it_.fails([...send, '--all'], 'INSUFFICIENT_BALANCE', 12);
  });

  it('refuses what cannot work before anything is sent', async () => {
    const send = ['wallet', 'transfer', '--wallet-name', 'one', '--yes'];
    await it_.fails([...send, '--dest', 'new', '--amount', '0.000000499'], 'AMOUNT_TOO_SMALL', 12);
    await it_.fails([...send, '--dest', 'new', '--amount', '0'], 'AMOUNT_INVALID', 12);
    await it_.fails([...send, '--dest', 'new', '--amount', '-1'], 'AMOUNT_INVALID', 12);
    await it_.fails([...send, '--dest', 'new', '--amount', '1.0000000001'], 'AMOUNT_INVALID', 12);
    await it_.fails([...send, '--dest', 'new', '--amount', '1000000'], 'INSUFFICIENT_BALANCE', 12);
    await it_.fails([...send, '--dest', `${BOB.slice(0, -1)}Z`, '--amount', '1'], 'ADDRESS_INVALID', 12);
    await it_.fails([...send, '--dest', 'new', '--amount', '1', '--all'], 'USAGE', 2);
    const missing = await it_.fails(['wallet', 'transfer', '--wallet-name', 'one', '--yes'], 'INPUT_REQUIRED', 2);
    expect(missing.data.needs.map(({ flag }: { flag: string }) => flag)).toEqual(['--dest', '--amount']);
    await it_.fails([...send, '--dest', 'new', '--amount', '1', '-n', '5'], 'UNKNOWN_NETWORK', 2);
    await it_.data(['wallet', 'regen-coldkeypub', '--wallet-name', 'watch', '--ss58', ALICE]);
    const watching = ['wallet', 'transfer', '--wallet-name', 'watch', '--dest', 'new', '--amount', '1'];
    expect((await it_.data([...watching, '--dry-run'])).plan.signer).toBe(ALICE);
    const error = await it_.fails([...watching, '--yes'], 'KEYFILE_NOT_FOUND', 16);
    expect(error.hints.join(' ')).toMatch(/to sign the transfer/);
  });

  it('warns of an address that only looks like a known one, and of paying oneself', async () => {
    await it_.data(['address', 'add', 'bob', BOB]);
    const send = ['wallet', 'transfer', '--wallet-name', 'one', '--amount', '1'];
    const { document } = await it_.run([...send, '--dest', LIKE_BOB, '--dry-run']);
    expect(document.warnings.join(' ')).toMatch(/begins and ends like bob/);
    const known = await it_.run([...send, '--dest', 'bob', '--dry-run']);
    expect(known.document.warnings.join(' ')).not.toMatch(/begins and ends like/);
    const self = await it_.run([...send, '--dest', 'one', '--dry-run']);
    expect(self.document.warnings.join(' ')).toMatch(/the destination is the sender/i);
    // On a terminal the letters in the middle must be typed.
    const typed = await runOnTerminal(
      [...send, '--dest', LIKE_BOB],
      [{ expect: /Type \w{6} to go on/, send: `yes${ENTER}` }],
      { home: it_.home },
    );
    expect(typed.code).toBe(14);
  });

  it('asks on a terminal for what is missing, shows what it will do, and Ctrl-C sends nothing', async () => {
    const before = await free('one');
    const { stderr, code } = await runOnTerminal(
      ['wallet', 'transfer', '--wallet-name', 'one'],
      [
        { expect: 'Send to', send: `two${ENTER}` },
        { expect: 'How much TAO', send: `1${ENTER}` },
        { expect: 'Send it?', send: CTRL_C },
      ],
      { home: it_.home },
    );
    expect(code).toBe(130);
    expect(stripAnsi(stderr)).toMatch(/Send 1 τ to two[\s\S]*Network\s+local[\s\S]*Fee/);
    expect(stderr).toMatch(/Nothing had been sent/);
    expect(await free('one')).toBe(before);
  });
});

describe('hotkeys, identity, inspection', () => {
  it('associates, registers, names and swaps', async () => {
    await fund('two', '2000');
    const associated = await it_.data(['wallet', 'associate-hotkey', '--wallet-name', 'two', '--hotkey', 'h', '--yes']);
    expect(associated).toMatchObject({ coldkey: address.two, hotkey: address['two/h'], status: 'included' });
    await it_.fails(['wallet', 'associate-hotkey', '--wallet-name', 'two', '--hotkey', 'h', '--yes'], 'VALIDATION', 12);
    const early = ['wallet', 'set-identity', '--wallet-name', 'two', '--id-name', 'Two Labs', '--yes'];
    await it_.fails(early, 'VALIDATION', 12);
    await it_.data(['subnet', 'register', '--netuid', '2', '--wallet-name', 'two', '--hotkey', 'h', '--yes']);
    const set = await it_.data([...early, '--description', 'ünïcode', '--web-url', 'https://two.example']);
    expect(set).toMatchObject({ status: 'included', identity: { name: 'Two Labs', description: 'ünïcode' } });
    // What is left out stays.
    await it_.data(['wallet', 'set-identity', '--wallet-name', 'two', '--discord', 'two#1', '--yes']);
    const { identity } = await it_.data(['wallet', 'get-identity', '--ss58', 'two']);
    expect(identity).toMatchObject({ name: 'Two Labs', discord: 'two#1', url: 'https://two.example' });
    expect((await it_.data(['wallet', 'get-identity', '--wallet-name', 'new'])).identity).toBe(null);
    await it_.fails(
      ['wallet', 'set-identity', '--wallet-name', 'two', '--id-name', 'x'.repeat(257), '--yes'],
      'VALIDATION',
      12,
    );
    await it_.fails(['wallet', 'set-identity', '--wallet-name', 'two', '--yes'], 'INPUT_REQUIRED', 2);

    const overview = await it_.data(['wallet', 'overview', '--wallet-name', 'two']);
    expect(overview.neurons).toMatchObject([{ hotkey: address['two/h'], hotkeyName: 'h', netuid: 2 }]);
    const without = await it_.data(['wallet', 'registrations', '--wallet-name', 'two', '--exclude-hotkeys', 'h']);
    expect(without.neurons).toEqual([]);
    const inspected = await it_.data(['wallet', 'inspect', 'two']);
    expect(inspected).toMatchObject({
      name: 'two',
      coldkey: address.two,
      hotkeys: [address['two/h']],
      identity: { name: 'Two Labs' },
      pendingSwap: null,
    });

    await it_.data(['wallet', 'new-hotkey', '--wallet-name', 'two', '--hotkey', 'h2', '--yes']);
    const swap = ['wallet', 'swap-hotkey', 'h2', '--wallet-name', 'two', '--hotkey', 'h', '--yes'];
    await it_.fails(swap, 'INPUT_REQUIRED', 2);
    await it_.fails(
      ['wallet', 'swap-hotkey', 'h', '--wallet-name', 'two', '--hotkey', 'h', '--all-netuids'],
      'VALIDATION',
      12,
    );
    const swapped = await it_.data([...swap, '--all-netuids']);
    expect(swapped).toMatchObject({ status: 'included', costTao: '0.100000000', subnets: [2] });
    const after = await it_.data(['wallet', 'overview', '--wallet-name', 'two']);
    expect(after.neurons).toMatchObject([{ hotkey: swapped.newHotkey, hotkeyName: 'h2', netuid: 2 }]);
  });
});

describe('wallet swap-coldkey', () => {
  it('announces, shows, waits, disputes, and keeps the coldkey from anything else', async () => {
    const on = ['--wallet-name', 'four'];
    const step = (verb: string, ...more: string[]): string[] => ['wallet', 'swap-coldkey', verb, ...on, ...more];
    expect(await it_.data(step('status'))).toMatchObject({
      pending: null,
      costTao: '0.100000000',
      delayBlocks: 36_000,
    });
    await it_.fails(step('execute', '--new-coldkey', 'new', '--yes'), 'VALIDATION', 12);
    await it_.fails(step('announce', '--new-coldkey', 'four', '--yes'), 'VALIDATION', 12);
    await it_.fails(step('announce', '--new-coldkey', 'two', '--yes'), 'VALIDATION', 12);
    await it_.fails(step('announce', '--new-coldkey', 'new'), 'CONFIRMATION_REQUIRED', 14);
    await fund('four', '10');
    const announced = await it_.data(step('announce', '--new-coldkey', 'new', '--yes'));
    expect(announced).toMatchObject({ status: 'included', newColdkey: address.new, pending: { blocksLeft: 36_000 } });
    const status = await it_.data(step('status', '--new-coldkey', 'new'));
    expect(status.pending).toMatchObject({ matchesNewColdkey: true, disputedAtBlock: null });
    expect((await it_.data(step('status', '--new-coldkey', 'one'))).pending.matchesNewColdkey).toBe(false);
    const early = await it_.fails(step('execute', '--new-coldkey', 'new', '--yes'), 'VALIDATION', 12);
    expect(early.message).toMatch(/carried out from block/);
    await it_.fails(step('execute', '--new-coldkey', 'one', '--yes'), 'VALIDATION', 12);
    await it_.fails(step('clear', '--yes'), 'VALIDATION', 12);
    const transfer = ['wallet', 'transfer', ...on, '--dest', 'one', '--amount', '1', '--yes'];
    const held = await it_.fails(transfer, 'CHAIN_REJECTED', 13);
    expect(held.data.error).toBe('ColdkeyInSwapSchedule');
    const inspected = await it_.run(['wallet', 'inspect', 'four']);
    expect(inspected.document.warnings.join(' ')).toMatch(/swap of this coldkey is announced/);
    const disputed = await it_.data(step('dispute', '--yes'));
    expect(disputed.pending.disputedAtBlock).toBeGreaterThan(0);
    await it_.fails(step('dispute', '--yes'), 'VALIDATION', 12);
  });
});

describe('people', () => {
  it('read what happened', async () => {
    const { stdout, stderr, code } = await runCli(
      ['wallet', 'transfer', '--wallet-name', 'one', '--dest', 'two', '--amount', '1', '--yes'],
      { home: it_.home },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ Sent 1 τ to two[\s\S]*Balance\s+[\d.,]+ τ → [\d.,]+ τ[\s\S]*Fee\s+0\.000\d+ τ/);
    expect(stderr).toMatch(/Send 1 τ to two/);
    const balance = await runCli(['w', 'balance', '--all'], { home: it_.home });
    expect(balance.stdout).toMatch(/Name\s+Address\s+Free\s+Staked\s+Total[\s\S]*Together/);
  });
});

describe('on a chain with short delays', () => {
  it('a coldkey swap moves everything, and an announcement can be taken back', async () => {
    const own = walletHome();
    await own.data(['localnet', 'reset', '--preset', 'subtensor', '--fast', '--yes']);
    const made: Record<string, string> = {};
    for (const name of ['old', 'fresh', 'other']) {
      const key = ['wallet', 'new-coldkey', '--wallet-name', name, '--no-password', '--yes'];
      made[name] = (await own.data(key)).key.address;
    }
    await own.data(['localnet', 'fund', '--wallet-name', 'old', '--amount', '10', '--yes']);
    const step = (verb: string, ...more: string[]): string[] => [
      ...['wallet', 'swap-coldkey', verb, '--wallet-name', 'old'],
      ...more,
    ];
    // Announced by mistake, and cleared as soon as the chain allows it.
    const first = await own.data(step('announce', '--new-coldkey', 'other', '--yes'));
    expect(first.pending.blocksLeft).toBe(50);
    await own.data(['localnet', 'advance', '--blocks', '60']);
    expect((await own.data(step('clear', '--yes'))).pending).toBe(null);
    // Announced again, and done.
    await own.data(step('announce', '--new-coldkey', 'fresh', '--yes'));
    await own.data(['localnet', 'advance', '--blocks', '50']);
    const done = await own.data(step('execute', '--new-coldkey', 'fresh', '--yes'));
    expect(done).toMatchObject({ status: 'included', pending: null, newColdkey: made.fresh });
    const { accounts } = await own.data(['wallet', 'balance', 'old', 'fresh']);
    expect(accounts[0].freeTao).toBe('0.000000000');
    expect(unitsOf(accounts[1].freeTao)).toBeGreaterThan(9_700_000_000n);
  });
});
