import type { Reader } from '../../chain/reader.ts';

/** Owner of hotkeys that nobody has: the account of 32 zero bytes. */
export const NOBODY = '5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM';

/** The coldkey that owns a hotkey; undefined where the chain does not know the hotkey. */
export async function ownerOf(reader: Reader, hotkey: string): Promise<string | undefined> {
  const owner = await reader.get<string>('SubtensorModule', 'Owner', hotkey);
  return owner === NOBODY ? undefined : owner;
}

/** The hotkeys of a coldkey, as the chain knows them. */
export function ownedHotkeys(reader: Reader, coldkey: string): Promise<readonly string[]> {
  return reader.get<readonly string[]>('SubtensorModule', 'OwnedHotkeys', coldkey);
}

/** The subnets where a hotkey is registered. */
export async function registeredOn(reader: Reader, hotkey: string): Promise<number[]> {
  const entries = await reader.entries<readonly [string, number], boolean>(
    'SubtensorModule',
    'IsNetworkMember',
    hotkey,
  );
  return entries.flatMap(([[, netuid], isMember]) => (isMember ? [netuid] : [])).sort((a, b) => a - b);
}
