import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ENTER, runOnTerminal } from '../helpers/run-cli.ts';
import { type WalletHome, walletHome } from '../helpers/wallet-home.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** One wallet on three kinds of machine: with the coldkey only, with a hotkey and coldkeypub.txt, and watching by address. */

let it_: WalletHome;
let coldkey: string;
let hotkey: string;

beforeAll(async () => {
  it_ = walletHome();
  const made = await it_.data(['wallet', 'create', '--wallet-name', 'both', '--hotkey', 'h', '--no-password', '--yes']);
  [coldkey, hotkey] = [made.coldkey.address, made.hotkey.address];
  const part = (name: string, ...files: string[]): void => {
    mkdirSync(join(it_.wallets, name), { mode: 0o700 });
    for (const file of files)
      cpSync(join(it_.wallets, 'both', file), join(it_.wallets, name, file), { recursive: true });
  };
  part('cold', 'coldkey', 'coldkeypub.txt');
  part('hot', 'coldkeypub.txt', 'hotkeys');
  await it_.data(['wallet', 'regen-coldkeypub', '--wallet-name', 'watch', '--ss58', coldkey]);
  await it_.data(['wallet', 'regen-hotkeypub', '--wallet-name', 'watch', '--hotkey', 'h', '--ss58', hotkey]);
  await it_.data(['localnet', 'fund', '--ss58', coldkey, '--amount', '500', '--yes']);
});

const on = (wallet: string, ...args: string[]): string[] => [...args, '--wallet-name', wallet, '--yes'];

describe.each(['cold', 'hot', 'watch'])('what needs no key works with wallet "%s"', (wallet) => {
  it('balance, overview, stake list, show', async () => {
    expect((await it_.data(on(wallet, 'wallet', 'balance'))).accounts[0].address).toBe(coldkey);
    expect((await it_.data(on(wallet, 'wallet', 'overview'))).accounts[0].coldkey).toBe(coldkey);
    expect((await it_.data(on(wallet, 'stake', 'list'))).coldkey).toBe(coldkey);
    expect((await it_.data(on(wallet, 'wallet', 'show'))).wallet.coldkey.address).toBe(coldkey);
    const plan = await it_.data(on(wallet, 'wallet', 'transfer', '--dest', hotkey, '--amount', '1', '--dry-run'));
    expect(plan.plan.signer).toBe(coldkey);
  });
});

/** Commands that need the coldkey, and why. */
const COLD: readonly (readonly [args: string[], why: string])[] = [
  [['wallet', 'sign', '--message', 'x'], 'to sign the message'],
  [['wallet', 'transfer', '--dest', 'both/h', '--amount', '1'], 'to sign the transfer'],
  [['stake', 'add', '--netuid', '5', '--amount', '1'], 'to sign the stake'],
  [['swap', 'buy', '--netuid', '5', '--amount', '1'], 'to sign the stake'],
  [['subnet', 'register', '--netuid', '2', '--hotkey', 'h'], 'to sign the registration'],
  [['wallet', 'associate-hotkey', '--hotkey', 'h'], 'to sign the association'],
  [['wallet', 'swap-coldkey', 'announce', '--new-coldkey', 'both/h'], 'to sign this step of the swap'],
  [['wallet', 'export', '--file', join(tmpdir(), 'btcli-no-such-backup.json')], 'to export it'],
  [['wallet', 'change-password', '--remove'], 'to change its password'],
  [['wallet', 'unlock'], 'to check it'],
];

describe.each(['hot', 'watch'])('wallet "%s" has no coldkey', (wallet) => {
  it.each(COLD)('%j says which key it needs and why', async (args, why) => {
    const error = await it_.fails(on(wallet, ...args), 'KEYFILE_NOT_FOUND', 16);
    expect(error.message).toBe(`The coldkey of wallet "${wallet}" is not on this machine.`);
    expect(error.hints.join(' ')).toContain(`needed ${why}`);
  });
});

describe('with a hotkey only', () => {
  it('signs with the hotkey', async () => {
    const signed = await it_.data(on('hot', 'wallet', 'sign', '--message', 'x', '--use-hotkey', '--hotkey', 'h'));
    expect(signed.signerAddress).toBe(hotkey);
  });

  it('says so before it asks whether to send', async () => {
    const { stderr, code } = await runOnTerminal(
      ['wallet', 'transfer', '--wallet-name', 'hot', '--dest', hotkey, '--amount', '1'],
      [{ expect: 'Send it?', send: ENTER }],
      { home: it_.home },
    );
    expect(code).toBe(16);
    expect(stderr).not.toContain('Send it?');
  });
});

describe('with the coldkey only', () => {
  it('does everything that a coldkey signs, hotkeys given by address', async () => {
    expect((await it_.data(on('cold', 'wallet', 'sign', '--message', 'x'))).signerAddress).toBe(coldkey);
    await it_.data(on('cold', 'wallet', 'transfer', '--dest', hotkey, '--amount', '1'));
    await it_.data(on('cold', 'wallet', 'associate-hotkey', '--hotkey', hotkey));
    await it_.data(on('cold', 'subnet', 'register', '--netuid', '2', '--hotkey', hotkey));
    const other = (await it_.data(['wallet', 'new-hotkey', '--wallet-name', 'both', '--hotkey', 'i', '--yes'])).key;
    const swap = ['wallet', 'swap-hotkey', other.address, '--hotkey', hotkey, '--all-netuids'];
    expect(await it_.data(on('cold', ...swap))).toMatchObject({ hotkey, newHotkey: other.address, subnets: [2] });
  });

  it('says that a hotkey is missing, and whether its secret or its address is needed', async () => {
    const sign = on('cold', 'wallet', 'sign', '--message', 'x', '--use-hotkey', '--hotkey', 'h');
    const secret = await it_.fails(sign, 'KEYFILE_NOT_FOUND', 16);
    expect(secret.message).toContain('The hotkey "h" of wallet "cold"');
    expect(secret.hints.join(' ')).toMatch(/needed to sign the message/);
    for (const args of [
      ['wallet', 'associate-hotkey', '--hotkey', 'h'],
      ['wallet', 'swap-hotkey', 'both/h', '--hotkey', 'h', '--all-netuids'],
      ['subnet', 'register', '--netuid', '2', '--hotkey', 'h'],
    ]) {
      const address = await it_.fails(on('cold', ...args), 'HOTKEY_UNKNOWN', 12);
      expect(address.hints.join(' ')).toMatch(/Only its address is needed/);
    }
  });
});

it('a wallet without any file of the coldkey says how its address is kept', async () => {
  rmSync(join(it_.wallets, 'hot', 'coldkeypub.txt'));
  const error = await it_.fails(on('hot', 'wallet', 'balance'), 'KEYFILE_NOT_FOUND', 16);
  expect(error.hints.join(' ')).toContain('wallet regen-coldkeypub --wallet-name hot --ss58 ADDRESS');
});
