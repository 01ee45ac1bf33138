import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { type Rao, rao } from '../../units.ts';
import { readBalance, requireBalance } from '../balance.ts';
import { type PlannedCall, planCall } from '../transaction.ts';
import { ownerOf, registeredOn } from './hotkeys.ts';

export interface HotkeySwapRequest {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly newHotkey: string;
  /** One subnet, or all of them. */
  readonly netuid: number | undefined;
  /** Leave the stake with the old hotkey. */
  readonly keepStake: boolean;
  readonly period: number;
}

/** Plans to give a hotkey's place to another one. @throws CliError VALIDATION, HOTKEY_UNKNOWN, INSUFFICIENT_BALANCE */
export async function planSwapHotkey(
  client: ChainClient,
  reader: Reader,
  request: HotkeySwapRequest,
): Promise<{ readonly planned: PlannedCall; readonly cost: Rao; readonly subnets: readonly number[] }> {
  const { coldkey, hotkey, newHotkey, netuid, keepStake, period } = request;
  if (hotkey === newHotkey) throw new CliError('VALIDATION', 'The new hotkey is the old one.', { data: { hotkey } });
  await requireOwner(reader, coldkey, hotkey, newHotkey);
  const [subnets, taken] = await Promise.all([registeredOn(reader, hotkey), registeredOn(reader, newHotkey)]);
  const clash = netuid === undefined ? taken[0] : taken.find((one) => one === netuid);
  if (clash !== undefined) {
    throw new CliError('VALIDATION', `${newHotkey} is registered on subnet ${clash} already.`, {
      hints: ['Choose a hotkey that is not registered there.'],
      data: { newHotkey, netuid: clash, error: 'SubtensorModule.HotKeyAlreadyRegisteredInSubNet' },
    });
  }
  const cost = rao(
    reader.constant<bigint>('SubtensorModule', netuid === undefined ? 'KeySwapCost' : 'KeySwapOnSubnetCost'),
  );
  const args = { hotkey, new_hotkey: newHotkey, netuid, keep_stake: keepStake };
  const call = { pallet: 'SubtensorModule', name: 'swap_hotkey_v2', args };
  const planned = await planCall(client, reader, call, { signer: coldkey, period });
  requireBalance(await readBalance(reader, coldkey), cost, planned.fee);
  return { planned, cost, subnets: netuid === undefined ? subnets : [netuid] };
}

async function requireOwner(reader: Reader, coldkey: string, hotkey: string, newHotkey: string): Promise<void> {
  const [owner, newOwner] = await Promise.all([ownerOf(reader, hotkey), ownerOf(reader, newHotkey)]);
  if (owner === undefined) {
    throw new CliError('HOTKEY_UNKNOWN', `The chain does not know the hotkey ${hotkey}: there is nothing to swap.`, {
      data: { hotkey },
    });
  }
  for (const [key, holder] of [
    [hotkey, owner],
    [newHotkey, newOwner],
  ] as const) {
    if (holder === undefined || holder === coldkey) continue;
    throw new CliError('VALIDATION', `The hotkey ${key} belongs to another coldkey.`, {
      data: { hotkey: key, owner: holder, coldkey, error: 'SubtensorModule.NonAssociatedColdKey' },
    });
  }
}

/** Plans to tell the chain that a hotkey belongs to a coldkey. @throws CliError VALIDATION when it has an owner */
export async function planAssociateHotkey(
  client: ChainClient,
  reader: Reader,
  request: { readonly coldkey: string; readonly hotkey: string; readonly period: number },
): Promise<PlannedCall> {
  const { coldkey, hotkey, period } = request;
  const owner = await ownerOf(reader, hotkey);
  if (owner !== undefined) {
    const whose = owner === coldkey ? 'this coldkey already' : 'another coldkey';
    throw new CliError('VALIDATION', `The hotkey ${hotkey} belongs to ${whose}.`, { data: { hotkey, owner } });
  }
  const call = { pallet: 'SubtensorModule', name: 'try_associate_hotkey', args: { hotkey } };
  return planCall(client, reader, call, { signer: coldkey, period });
}
