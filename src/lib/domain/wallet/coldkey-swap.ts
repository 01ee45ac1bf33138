import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { type Rao, rao } from '../../units.ts';
import { ss58Decode } from '../../wallet/index.ts';
import { readBalance, requireBalance } from '../balance.ts';
import { type PlannedCall, planCall } from '../transaction.ts';
import { ownerOf } from './hotkeys.ts';

/** Moving everything of a coldkey to another one: announced first, done after a delay, disputed or cleared in between. */

/** An announced swap of a coldkey. */
export interface ColdkeySwap {
  /** 0x-hash of the new coldkey, all that the chain knows of it before the swap. */
  readonly newColdkeyHash: string;
  /** First block in which it can be carried out. */
  readonly executableAt: number;
  /** First block in which it can be announced anew, or cleared. */
  readonly clearableAt: number;
  /** Block of the dispute that stopped it; undefined when none. */
  readonly disputedAt: number | undefined;
  readonly block: number;
}

export interface SwapTerms {
  readonly cost: Rao;
  /** Blocks between announcement and swap. */
  readonly delay: number;
}

const pallet = 'SubtensorModule';

/** The announcement of a coldkey; undefined when there is none. */
export async function readColdkeySwap(
  client: ChainClient,
  reader: Reader,
  coldkey: string,
): Promise<ColdkeySwap | undefined> {
  const [announced, disputedAt, reannounceDelay, block] = await Promise.all([
    reader.get<readonly [number, string] | undefined>(pallet, 'ColdkeySwapAnnouncements', coldkey),
    reader.get<number | undefined>(pallet, 'ColdkeySwapDisputes', coldkey),
    reader.get<number>(pallet, 'ColdkeySwapReannouncementDelay'),
    client.numberOf(reader.at),
  ]);
  if (!announced) return undefined;
  const [executableAt, newColdkeyHash] = announced;
  return { newColdkeyHash, executableAt, clearableAt: executableAt + reannounceDelay, disputedAt, block };
}

export async function readSwapTerms(reader: Reader): Promise<SwapTerms> {
  const delay = await reader.get<number>(pallet, 'ColdkeySwapAnnouncementDelay');
  return { cost: rao(reader.constant<bigint>(pallet, 'KeySwapCost')), delay };
}

/** blake2-256 of the 32 bytes of the public key, 0x-hex. */
export async function coldkeyHash(coldkey: string): Promise<string> {
  const { blake2b } = await import('@noble/hashes/blake2.js');
  return `0x${Buffer.from(blake2b(ss58Decode(coldkey), { dkLen: 32 })).toString('hex')}`;
}

interface SwapRequest {
  readonly coldkey: string;
  readonly period: number;
}

/** Plans an announcement. @throws CliError VALIDATION, INSUFFICIENT_BALANCE */
export async function planAnnounceSwap(
  client: ChainClient,
  reader: Reader,
  request: SwapRequest & { readonly newColdkey: string },
): Promise<{ readonly planned: PlannedCall; readonly terms: SwapTerms; readonly again: boolean }> {
  const { coldkey, newColdkey, period } = request;
  await requireFreshColdkey(reader, coldkey, newColdkey);
  const [terms, pending] = await Promise.all([readSwapTerms(reader), readColdkeySwap(client, reader, coldkey)]);
  if (pending && pending.block + 1 < pending.clearableAt)
    throw tooEarly('announced anew', pending, pending.clearableAt);
  const args = { new_coldkey_hash: await coldkeyHash(newColdkey) };
  const planned = await planCall(
    client,
    reader,
    { pallet, name: 'announce_coldkey_swap', args },
    signedBy(coldkey, period),
  );
  if (!pending) requireBalance(await readBalance(reader, coldkey), terms.cost, planned.fee);
  return { planned, terms, again: pending !== undefined };
}

/** Plans the swap itself. @throws CliError VALIDATION */
export async function planExecuteSwap(
  client: ChainClient,
  reader: Reader,
  request: SwapRequest & { readonly newColdkey: string },
): Promise<PlannedCall> {
  const { coldkey, newColdkey, period } = request;
  const pending = await requirePending(client, reader, coldkey);
  if (pending.newColdkeyHash !== (await coldkeyHash(newColdkey))) {
    throw new CliError('VALIDATION', `${newColdkey} is not the coldkey that was announced.`, {
      hints: ['If you have not announced this swap yourself: `btcli-ts wallet swap-coldkey dispute` stops it.'],
      data: { newColdkey, announcedHash: pending.newColdkeyHash },
    });
  }
  if (pending.disputedAt !== undefined) throw disputed(pending);
  if (pending.block + 1 < pending.executableAt) throw tooEarly('carried out', pending, pending.executableAt);
  await requireFreshColdkey(reader, coldkey, newColdkey);
  const args = { new_coldkey: newColdkey };
  return planCall(client, reader, { pallet, name: 'swap_coldkey_announced', args }, signedBy(coldkey, period));
}

/** Plans to stop an announced swap until the chain's root decides. @throws CliError VALIDATION */
export async function planDisputeSwap(client: ChainClient, reader: Reader, request: SwapRequest): Promise<PlannedCall> {
  const pending = await requirePending(client, reader, request.coldkey);
  if (pending.disputedAt !== undefined) throw disputed(pending);
  const call = { pallet, name: 'dispute_coldkey_swap', args: {} };
  return planCall(client, reader, call, signedBy(request.coldkey, request.period));
}

/** Plans to take an announcement back. @throws CliError VALIDATION */
export async function planClearSwap(client: ChainClient, reader: Reader, request: SwapRequest): Promise<PlannedCall> {
  const pending = await requirePending(client, reader, request.coldkey);
  if (pending.disputedAt !== undefined) throw disputed(pending);
  if (pending.block + 1 < pending.clearableAt) throw tooEarly('cleared', pending, pending.clearableAt);
  const call = { pallet, name: 'clear_coldkey_swap_announcement', args: {} };
  return planCall(client, reader, call, signedBy(request.coldkey, request.period));
}

const signedBy = (signer: string, period: number) => ({ signer, period });

async function requirePending(client: ChainClient, reader: Reader, coldkey: string): Promise<ColdkeySwap> {
  const pending = await readColdkeySwap(client, reader, coldkey);
  if (pending) return pending;
  throw new CliError('VALIDATION', `No swap of ${coldkey} is announced.`, {
    hints: ['`btcli-ts wallet swap-coldkey announce` announces one.'],
    data: { coldkey },
  });
}

/** The chain moves everything to a coldkey that has nothing of its own yet. */
async function requireFreshColdkey(reader: Reader, coldkey: string, newColdkey: string): Promise<void> {
  if (coldkey === newColdkey)
    throw new CliError('VALIDATION', 'The new coldkey is the old one.', { data: { coldkey } });
  const [staking, owner] = await Promise.all([
    reader.get<readonly string[]>(pallet, 'StakingHotkeys', newColdkey),
    ownerOf(reader, newColdkey),
  ]);
  if (staking.length > 0) {
    throw new CliError('VALIDATION', `${newColdkey} has stake already: the new coldkey must be unused.`, {
      data: { newColdkey, error: 'SubtensorModule.ColdKeyAlreadyAssociated' },
    });
  }
  if (owner !== undefined) {
    throw new CliError('VALIDATION', `${newColdkey} is a hotkey and cannot become a coldkey.`, {
      data: { newColdkey, error: 'SubtensorModule.NewColdKeyIsHotkey' },
    });
  }
}

function tooEarly(what: string, { block }: ColdkeySwap, from: number): CliError {
  return new CliError('VALIDATION', `The swap can be ${what} from block ${from}; the chain is at ${block}.`, {
    hints: [`${from - block} blocks to go.`],
    data: { block, from },
  });
}

function disputed({ disputedAt }: ColdkeySwap): CliError {
  return new CliError('VALIDATION', `The swap was disputed in block ${disputedAt}: only the chain's root can go on.`, {
    data: { disputedAt },
  });
}
