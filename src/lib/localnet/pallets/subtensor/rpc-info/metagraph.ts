import { I64F64 } from '../../../fixed/fixed.ts';
import { DispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { option, struct } from '../../../scale/compound.ts';
import { bool } from '../../../scale/primitives.ts';
import { encode, type Type, type ValueOf } from '../../../scale/type.ts';
import { AccountId32 } from '../../../scale/well-known.ts';
import { CommitmentOf } from '../../commitments/spec.ts';
import { Registration } from '../../commitments/types.ts';
import { getStakeWeightsForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import { Incentive, Keys, LastUpdate, MechanismCountCurrent, StakeThreshold, ValidatorPermit } from '../storage.ts';
import { ensureMechanismExists, getMechanismStorageIndex } from '../subnets/mechanism.ts';
import { getAllSubnetNetuids, ifSubnetExist } from '../subnets/subnet.ts';
import { commitmentsType, metagraphFields, uidList } from './metagraph-fields.ts';
import { field, readFields, SubnetView, typesOf, type ViewField } from './subnet-view.ts';

// A whole subnet, or the parts of it that a client names. Source: pallets/subtensor rpc_info/metagraph.rs.

const params = [{ name: 'AccountId', type: AccountId32 as Type<unknown> }];

export const Metagraph = struct('pallet_subtensor::rpc_info::metagraph::Metagraph', typesOf(metagraphFields), {
  params,
});
export type MetagraphValue = ValueOf<typeof Metagraph>;

/** Uids with a permit and more stake than the threshold, by ascending stake. */
function validators(x: Ext, netuid: number): readonly number[] {
  const permits = ValidatorPermit.get(x, netuid);
  const threshold = I64F64.saturatingFromNum(StakeThreshold.get(x));
  return [...Keys.iterPrefix(x, netuid)]
    .filter(([uid]) => permits[uid])
    .map(([uid, hotkey]) => ({ uid, stake: getStakeWeightsForHotkeyOnSubnet(x, hotkey, netuid).total }))
    .sort((a, b) => (a.stake < b.stake ? -1 : a.stake > b.stake ? 1 : 0))
    .filter(({ stake }) => stake > threshold)
    .map(({ uid }) => uid);
}

/** Everything that a selective metagraph can hold; a field's place is its index. */
const selectiveFields = {
  ...metagraphFields,
  validators: field(uidList, ({ x, netuid }) => validators(x, netuid)),
  commitments: field(commitmentsType, ({ x, netuid }) =>
    [...CommitmentOf.iterPrefix(x, netuid)].map(
      ([account, registration]) => [account, [...encode(Registration, registration)]] as const,
    ),
  ),
};
type SelectiveFields = typeof selectiveFields;
const byIndex = Object.entries(selectiveFields) as readonly (readonly [string, ViewField<unknown>])[];

/** A field that was asked for; what it holds may itself be absent. */
export interface Selected<T> {
  readonly value: T;
}

/** `Option<T>` that keeps `Some(None)` apart from `None`. */
function selectedOrNot<T>(inner: Type<T>): Type<Selected<T> | undefined> {
  const flag = option(inner);
  return {
    encode: (out, selected) => {
      out.u8(selected ? 1 : 0);
      if (selected) inner.encode(out, selected.value);
    },
    decode: (input) => (bool.decode(input) ? { value: inner.decode(input) } : undefined),
    shape: () => flag.shape(),
  };
}

type Selectable<F> = {
  readonly [K in keyof F]: F[K] extends ViewField<infer T> ? Type<Selected<T> | undefined> : never;
};
const { netuid: netuidField, ...selectable } = selectiveFields;
const selectableTypes = Object.fromEntries(
  Object.entries(selectable).map(([name, { type }]) => [name, selectedOrNot(type as Type<unknown>)]),
) as Selectable<Omit<SelectiveFields, 'netuid'>>;

/** As `Metagraph`, with what was not asked for left out. */
export const SelectiveMetagraph = struct(
  'pallet_subtensor::rpc_info::metagraph::SelectiveMetagraph',
  { netuid: netuidField.type, ...selectableTypes },
  { params },
);
export type SelectiveMetagraphValue = ValueOf<typeof SelectiveMetagraph>;

export const getMetagraph = (x: Ext, netuid: number): MetagraphValue | undefined =>
  ifSubnetExist(x, netuid) ? readFields(metagraphFields, new SubnetView(x, netuid)) : undefined;

export const getAllMetagraphs = (x: Ext) => getAllSubnetNetuids(x).map((netuid) => getMetagraph(x, netuid));

function mechanismExists(x: Ext, netuid: number, mechanism: number): boolean {
  try {
    ensureMechanismExists(x, netuid, mechanism);
    return true;
  } catch (thrown) {
    if (thrown instanceof DispatchError) return false;
    throw thrown;
  }
}

/** The metagraph with one mechanism's updates and incentives, under its storage index. */
export function getMechagraph(x: Ext, netuid: number, mechanism: number): MetagraphValue | undefined {
  if (!mechanismExists(x, netuid, mechanism)) return undefined;
  const metagraph = getMetagraph(x, netuid);
  const index = getMechanismStorageIndex(netuid, mechanism);
  return (
    metagraph && {
      ...metagraph,
      netuid: index,
      last_update: LastUpdate.get(x, index),
      incentives: Incentive.get(x, index),
    }
  );
}

export const getAllMechagraphs = (x: Ext) =>
  getAllSubnetNetuids(x).flatMap((netuid) =>
    Array.from({ length: MechanismCountCurrent.get(x, netuid) }, (_, mechanism) => getMechagraph(x, netuid, mechanism)),
  );

/** The fields at these indices; others stay empty, and so does the netuid (0) unless index 0 is asked for. */
export function getSelectiveMetagraph(
  x: Ext,
  netuid: number,
  indexes: readonly number[],
): SelectiveMetagraphValue | undefined {
  if (!ifSubnetExist(x, netuid)) return undefined;
  const view = new SubnetView(x, netuid);
  const selected: Record<string, unknown> = { netuid: 0 };
  for (const index of indexes) {
    const known = byIndex[index];
    if (known) selected[known[0]] = known[0] === 'netuid' ? netuid : { value: known[1].read(view) };
  }
  return selected as unknown as SelectiveMetagraphValue;
}

/** As `getSelectiveMetagraph` with one mechanism's updates and incentives; the netuid is always there. */
export function getSelectiveMechagraph(
  x: Ext,
  netuid: number,
  mechanism: number,
  indexes: readonly number[],
): SelectiveMetagraphValue | undefined {
  const selected = getSelectiveMetagraph(x, netuid, indexes);
  const index = getMechanismStorageIndex(netuid, mechanism);
  return (
    selected && {
      ...selected,
      netuid,
      ...(selected.last_update ? { last_update: { value: LastUpdate.get(x, index) } } : {}),
      ...(selected.incentives ? { incentives: { value: Incentive.get(x, index) } } : {}),
    }
  );
}
