import type { ChainClient } from '../chain/client.ts';
import type { Reader } from '../chain/reader.ts';
import type { PlannedCall } from '../domain/transaction.ts';
import { type ColdkeySwap, coldkeyHash } from '../domain/wallet/coldkey-swap.ts';
import { COLDKEY, type WalletRef } from '../wallet/index.ts';
import { resolveAddress } from './addresses.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { type Infer, s } from './schema/schema.ts';
import { describeSent, sentFields } from './sent.ts';
import { type Preview, transact } from './transact.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

/** What the commands of `wallet swap-coldkey` share. */

export const pendingSwapSchema = s.object({
  newColdkeyHash: s.hash(),
  executableAtBlock: s.block(),
  clearableAtBlock: s.block(),
  disputedAtBlock: s.nullable(s.block()),
  blocksLeft: s.integer('until it can be carried out'),
  matchesNewColdkey: s.optional(s.boolean('whether --new-coldkey is the announced one')),
});

export const swapActionSchema = s.object({
  coldkey: s.ss58(),
  newColdkey: s.nullable(s.ss58()),
  ...sentFields,
  pending: s.nullable(pendingSwapSchema),
});

export type SwapAction = Infer<typeof swapActionSchema>;

export interface SwapParty {
  readonly client: ChainClient;
  readonly reader: Reader;
  readonly wallet: WalletRef;
  readonly coldkey: string;
}

/** The chosen wallet's coldkey and the chain. */
export async function openSwapParty(context: CommandContext): Promise<SwapParty> {
  const wallet = await chooseWallet(context);
  const coldkey = await addressOf(wallet, COLDKEY);
  const client = await openChain(context);
  return { client, reader: await client.reader(), wallet, coldkey };
}

/** The new coldkey: an address, a name, or another wallet. */
export async function needNewColdkey(context: CommandContext, given: string | undefined): Promise<string> {
  const value = await context.need({
    flag: 'new-coldkey',
    type: 'ss58',
    message: 'New coldkey (address, name of the address book, or wallet):',
    value: given,
    parse: (text) => text.trim(),
  });
  return (await resolveAddress(context, value)).address;
}

export async function describePending(
  pending: ColdkeySwap | undefined,
  newColdkey?: string,
): Promise<Infer<typeof pendingSwapSchema> | null> {
  if (!pending) return null;
  return {
    newColdkeyHash: pending.newColdkeyHash,
    executableAtBlock: pending.executableAt,
    clearableAtBlock: pending.clearableAt,
    disputedAtBlock: pending.disputedAt ?? null,
    blocksLeft: Math.max(0, pending.executableAt - pending.block),
    ...(newColdkey === undefined
      ? {}
      : { matchesNewColdkey: pending.newColdkeyHash === (await coldkeyHash(newColdkey)) }),
  };
}

/** Sends one step of a swap; the wallet's name must be typed, since it concerns everything that the coldkey has. */
export async function sendSwapStep(
  context: CommandContext,
  { client, wallet, coldkey }: SwapParty,
  plan: PlannedCall,
  preview: Preview,
  newColdkey: string | null,
  after: (reader: Reader) => Promise<ColdkeySwap | undefined>,
): Promise<SwapAction> {
  const sent = await transact(context, {
    client,
    plan,
    preview,
    wallet,
    key: COLDKEY,
    reason: 'to sign this step of the swap',
    typed: wallet.name,
  });
  const reader = await client.reader(sent?.outcome?.blockHash);
  return { coldkey, newColdkey, ...describeSent(plan, sent), pending: await describePending(await after(reader)) };
}
