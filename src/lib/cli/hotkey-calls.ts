import { planAssociateHotkey, planSwapHotkey } from '../domain/wallet/hotkey-swap.ts';
import { CliError } from '../errors.ts';
import { formatUnits, type NetUid, shortTao } from '../units.ts';
import { COLDKEY } from '../wallet/index.ts';
import { hotkeyAddress, resolveHotkey } from './addresses.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { type Infer, s } from './schema/schema.ts';
import { describeSent, sentFields } from './sent.ts';
import { needSubnet } from './stake-inputs.ts';
import { transact } from './transact.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

/** Calls of a coldkey about its hotkeys. */

export const hotkeySwapSchema = s.object({
  coldkey: s.ss58(),
  hotkey: s.ss58('the old hotkey'),
  newHotkey: s.ss58(),
  netuid: s.nullable(s.netuid()),
  subnets: s.array(s.netuid(), 'where the old hotkey is registered and gives its place'),
  keepStake: s.boolean('the stake stays with the old hotkey'),
  costTao: s.amount('recycled by the chain'),
  ...sentFields,
});

export const associationSchema = s.object({ coldkey: s.ss58(), hotkey: s.ss58(), ...sentFields });

interface SwapFlags {
  readonly netuid?: number | undefined;
  readonly 'all-netuids'?: boolean | undefined;
  readonly 'keep-stake'?: boolean | undefined;
}

export async function swapHotkey(
  context: CommandContext,
  given: string | undefined,
  flags: SwapFlags,
): Promise<Infer<typeof hotkeySwapSchema>> {
  const wallet = await chooseWallet(context);
  const coldkey = await addressOf(wallet, COLDKEY);
  const old = await hotkeyAddress(context, wallet);
  const value = await context.need({
    flag: 'new-hotkey',
    type: 'ss58',
    message: "New hotkey (address, or one of the wallet's hotkeys):",
    value: given,
    parse: (text) => text.trim(),
    check: (text) => resolveHotkey(context, wallet, text),
  });
  const newHotkey = await resolveHotkey(context, wallet, value);
  if (flags.netuid === undefined && flags['all-netuids'] !== true && !context.interactive) {
    // Two very different prices, so neither is assumed.
    throw new CliError('INPUT_REQUIRED', 'Missing: --netuid or --all-netuids.', {
      hints: ['--netuid N swaps on one subnet, --all-netuids on every subnet, which costs more.'],
      data: { needs: [{ flag: '--netuid', type: 'netuid' }] },
    });
  }
  const client = await openChain(context);
  const netuid =
    flags['all-netuids'] === true
      ? undefined
      : (await needSubnet(context, await client.reader(), flags.netuid as NetUid | undefined)).netuid;
  const keepStake = flags['keep-stake'] === true;
  const { planned, cost, subnets } = await planSwapHotkey(client, await client.reader(), {
    coldkey,
    hotkey: old,
    newHotkey,
    netuid,
    keepStake,
    period: context.settings.period,
  });
  const sent = await transact(context, {
    client,
    plan: planned,
    wallet,
    key: COLDKEY,
    reason: 'to sign the swap',
    typed: wallet.name,
    preview: {
      title: `Give the place of hotkey ${old} to ${newHotkey}`,
      rows: [
        ['Subnets', subnets.length === 0 ? 'none' : subnets.join(', ')],
        ['Stake', keepStake ? 'stays with the old hotkey' : 'moves along'],
        ['Cost', shortTao(cost)],
      ],
    },
  });
  return {
    coldkey,
    hotkey: old,
    newHotkey,
    netuid: netuid ?? null,
    subnets: [...subnets],
    keepStake,
    costTao: formatUnits(cost),
    ...describeSent(planned, sent),
  };
}

export async function associateHotkey(
  context: CommandContext,
  given: string | undefined,
): Promise<Infer<typeof associationSchema>> {
  const wallet = await chooseWallet(context);
  const coldkey = await addressOf(wallet, COLDKEY);
  const address =
    given === undefined ? await hotkeyAddress(context, wallet) : await resolveHotkey(context, wallet, given);
  const client = await openChain(context);
  const { period } = context.settings;
  const planned = await planAssociateHotkey(client, await client.reader(), { coldkey, hotkey: address, period });
  const sent = await transact(context, {
    client,
    plan: planned,
    wallet,
    key: COLDKEY,
    reason: 'to sign the association',
    preview: { title: `Say that hotkey ${address} belongs to ${coldkey}`, rows: [] },
  });
  return { coldkey, hotkey: address, ...describeSent(planned, sent) };
}
