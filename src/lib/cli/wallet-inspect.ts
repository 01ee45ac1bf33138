import { readBalance } from '../domain/balance.ts';
import { readPositions } from '../domain/stake/positions.ts';
import { readColdkeySwap } from '../domain/wallet/coldkey-swap.ts';
import { ownedHotkeys } from '../domain/wallet/hotkeys.ts';
import { readIdentity } from '../domain/wallet/identity.ts';
import { formatUnits } from '../units.ts';
import { COLDKEY } from '../wallet/index.ts';
import { resolveAddress } from './addresses.ts';
import { openChain } from './chain.ts';
import { describePending, pendingSwapSchema } from './coldkey-swap.ts';
import type { CommandContext } from './context.ts';
import { describeIdentity, identitySchema } from './identity-result.ts';
import { type Infer, s } from './schema/schema.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

const stakeSchema = s.object({
  netuid: s.netuid(),
  subnet: s.string(),
  symbol: s.string(),
  hotkey: s.ss58(),
  stakeAlpha: s.amount(),
  valueTao: s.amount('at the present price'),
  proceedsTao: s.nullable(s.amount('what selling it all would bring now; null where the pool would refuse')),
  lockedAlpha: s.amount(),
  emissionAlpha: s.amount("of the hotkey's last epoch"),
});

export const inspectionSchema = s.object({
  name: s.nullable(s.string()),
  coldkey: s.ss58(),
  freeTao: s.amount(),
  reservedTao: s.amount(),
  frozenTao: s.amount('part of the free balance that may not leave'),
  stakedTao: s.amount('at present prices'),
  totalTao: s.amount(),
  nonce: s.integer('extrinsics sent so far'),
  stakes: s.array(stakeSchema),
  hotkeys: s.array(s.ss58(), 'that the chain knows to be this coldkey’s'),
  identity: s.nullable(identitySchema),
  pendingSwap: s.nullable(pendingSwapSchema),
});

export type Inspection = Infer<typeof inspectionSchema>;
export type StakeRow = Infer<typeof stakeSchema>;

/** Everything that the chain knows of a coldkey. */
export async function inspectColdkey(context: CommandContext, given: string | undefined): Promise<Inspection> {
  const { name, address: coldkey } = await chooseColdkey(context, given);
  const client = await openChain(context);
  const reader = await client.reader();
  context.meta.block = await client.numberOf(reader.at);
  const [balance, positions, hotkeys, identity, swap] = await Promise.all([
    readBalance(reader, coldkey),
    readPositions(reader, coldkey),
    ownedHotkeys(reader, coldkey),
    readIdentity(reader, coldkey),
    readColdkeySwap(client, reader, coldkey),
  ]);
  if (swap) context.warn('A swap of this coldkey is announced: if it is not yours, `wallet swap-coldkey dispute`.');
  const staked = positions.reduce((sum, { value }) => sum + value, 0n);
  return {
    name,
    coldkey,
    freeTao: formatUnits(balance.free),
    reservedTao: formatUnits(balance.reserved),
    frozenTao: formatUnits(balance.frozen),
    stakedTao: formatUnits(staked),
    totalTao: formatUnits(balance.free + balance.reserved + staked),
    nonce: balance.nonce,
    stakes: positions.map(({ subnet, hotkey, alpha, value, proceeds, locked, emission }) => ({
      netuid: subnet.netuid,
      subnet: subnet.name,
      symbol: subnet.symbol,
      hotkey,
      stakeAlpha: formatUnits(alpha),
      valueTao: formatUnits(value),
      proceedsTao: proceeds === null ? null : formatUnits(proceeds),
      lockedAlpha: formatUnits(locked),
      emissionAlpha: formatUnits(emission),
    })),
    hotkeys: [...hotkeys],
    identity: identity ? describeIdentity(identity) : null,
    pendingSwap: await describePending(swap),
  };
}

async function chooseColdkey(
  context: CommandContext,
  given: string | undefined,
): Promise<{ name: string | null; address: string }> {
  if (given !== undefined) {
    const { address, name } = await resolveAddress(context, given);
    return { address, name: name ?? null };
  }
  const wallet = await chooseWallet(context);
  return { name: wallet.name, address: await addressOf(wallet, COLDKEY) };
}
