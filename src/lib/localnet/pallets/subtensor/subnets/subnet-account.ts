import type { Ext } from '../../../frame/ext.ts';
import { toHex, utf8 } from '../../../scale/bytes.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { NetworksAdded } from '../storage.ts';

/** Accounts that hold the TAO of subnets. Source: pallets/subtensor subnets/subnet.rs. */

/** "modl" and the pallet id "subtensr". */
const PREFIX = toHex(utf8.encode('modlsubtensr'));
const LENGTH = 64;
/** Every block asks for every subnet's. */
const known = new Map<number, AccountId>();

/** Account of a subnet, root included; undefined where there is no such subnet. */
export function getSubnetAccountId(x: Ext, netuid: number): AccountId | undefined {
  return netuid === 0 || NetworksAdded.containsKey(x, netuid) ? subnetAccountId(netuid) : undefined;
}

/** Account of a subnet, whether or not the subnet exists. */
export function subnetAccountId(netuid: number): AccountId {
  let account = known.get(netuid);
  if (account === undefined) {
    const number = toHex(Uint8Array.of(netuid & 0xff, netuid >> 8));
    account = (PREFIX + number).padEnd(LENGTH, '0');
    known.set(netuid, account);
  }
  return account;
}

/** The netuid whose account this is, or would be; undefined for any other account. */
export function isSubnetAccountId(account: AccountId): number | undefined {
  if (!account.startsWith(PREFIX)) return undefined;
  const at = PREFIX.length;
  if (!/^0*$/.test(account.slice(at + 4))) return undefined;
  return Number.parseInt(account.slice(at, at + 2), 16) + Number.parseInt(account.slice(at + 2, at + 4), 16) * 256;
}
