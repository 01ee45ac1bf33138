import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import type { ValueOf } from '../../../scale/type.ts';
import { callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { IdentitiesV2, OwnedHotkeys, SubnetIdentitiesV3, SubnetOwner } from '../storage.ts';
import { isHotkeyRegisteredOnAnyNetwork } from '../subnets/uids.ts';
import { type ChainIdentityV2, chainIdentityFields, type SubnetIdentityV3, subnetIdentityFields } from '../types.ts';

/** Names and addresses of people and subnets. Source: pallets/subtensor utils/identity.rs. */

type ChainIdentity = ValueOf<typeof ChainIdentityV2>;
type SubnetIdentity = ValueOf<typeof SubnetIdentityV3>;

/** Longest value of each field, bytes. */
const CHAIN_IDENTITY_LIMITS: Readonly<Record<keyof ChainIdentity, number>> = {
  name: 256,
  url: 256,
  github_repo: 256,
  image: 1024,
  discord: 256,
  description: 1024,
  additional: 1024,
};
const SUBNET_IDENTITY_LIMITS: Readonly<Record<keyof SubnetIdentity, number>> = {
  subnet_name: 256,
  github_repo: 1024,
  subnet_contact: 1024,
  subnet_url: 1024,
  discord: 256,
  description: 1024,
  logo_url: 1024,
  additional: 1024,
};

function fits<K extends string>(
  identity: Readonly<Record<K, Uint8Array>>,
  limits: Readonly<Record<K, number>>,
): boolean {
  return (Object.keys(limits) as K[]).every((field) => identity[field].length <= limits[field]);
}

/** The chain also adds lengths up, but its limit on the sum can only be broken together with one of these. */
const isValidIdentity = (identity: ChainIdentity): boolean => fits(identity, CHAIN_IDENTITY_LIMITS);
export const isValidSubnetIdentity = (identity: SubnetIdentity): boolean => fits(identity, SUBNET_IDENTITY_LIMITS);

/** @throws HotKeyNotRegisteredInNetwork, InvalidIdentity */
function doSetIdentity(x: Ext, origin: Origin, identity: ChainIdentity): void {
  const coldkey = ensureSigned(origin);
  if (!OwnedHotkeys.get(x, coldkey).some((hotkey) => isHotkeyRegisteredOnAnyNetwork(x, hotkey)))
    throw errors.HotKeyNotRegisteredInNetwork;
  if (!isValidIdentity(identity)) throw errors.InvalidIdentity;
  IdentitiesV2.insert(x, coldkey, identity);
  events.deposit(x, 'ChainIdentitySet', coldkey);
}

/** @throws NotSubnetOwner, InvalidIdentity */
function doSetSubnetIdentity(x: Ext, origin: Origin, netuid: number, identity: SubnetIdentity): void {
  const coldkey = ensureSigned(origin);
  if (SubnetOwner.get(x, netuid) !== coldkey) throw errors.NotSubnetOwner;
  if (!isValidSubnetIdentity(identity)) throw errors.InvalidIdentity;
  SubnetIdentitiesV3.insert(x, netuid, identity);
  events.deposit(x, 'SubnetIdentitySet', netuid);
}

/** Calls 68 and 78. */
export const identityCalls = {
  set_identity: callWithNames(68, chainIdentityFields, costs(207_040_000n, 6829n), (x, origin, identity) =>
    doSetIdentity(x, origin, identity),
  ),
  set_subnet_identity: callWithNames(
    78,
    { netuid: NetUid, ...subnetIdentityFields },
    costs(142_513_000n, 4060n),
    (x, origin, { netuid, ...identity }) => doSetSubnetIdentity(x, origin, netuid, identity),
  ),
};
