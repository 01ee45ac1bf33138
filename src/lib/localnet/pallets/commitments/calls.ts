import { normal } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { ensureRoot, ensureSigned } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, dbWrites, weight } from '../../frame/weight.ts';
import { u16, u32 } from '../../scale/primitives.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { reserve, unreserve } from '../balances/reservable.ts';
import { doResetBonds } from '../subtensor/epoch/reset-bonds.ts';
import { SubnetEpochIndex } from '../subtensor/storage.ts';
import { mechanismIndices } from '../subtensor/subnets/mechanism.ts';
import { isHotkeyRegisteredOnNetwork } from '../subtensor/subnets/uids.ts';
import { blockNumber } from '../system/block.ts';
import {
  CommitmentOf,
  constants,
  errors,
  events,
  LastBondsReset,
  LastCommitment,
  MaxSpace,
  UsedSpaceOf,
} from './spec.ts';
import { addTimelocked, removeTimelocked } from './timelocked-index.ts';
import { CommitmentInfo, type Data } from './types.ts';

type Field = ValueOf<typeof Data>;

const MAX_FIELDS = constants.MaxFields.value as number;
const INITIAL_DEPOSIT = constants.InitialDeposit.value as bigint;
const FIELD_DEPOSIT = constants.FieldDeposit.value as bigint;
/** What every commitment counts at least. */
const MIN_USED_SPACE = 100;
const HASH_LENGTH = 32;

const SET_COMMITMENT = addWeight(weight(33_480_000n), dbReadsWrites(5, 4));
const SET_MAX_SPACE = addWeight(weight(2_856_000n), dbWrites(1));

/** Bytes that a field counts against the space of an epoch. */
function spaceOf(field: Field): number {
  switch (field.type) {
    case 'None':
    case 'ResetBondsFlag':
      return 0;
    case 'BlakeTwo256':
    case 'Sha256':
    case 'Keccak256':
    case 'ShaThree256':
      return HASH_LENGTH;
    case 'TimelockEncrypted':
      return field.value.encrypted.length;
    case 'BigRaw':
      return field.value.length;
    default:
      return field.value.length / 2;
  }
}

/** Counts a commitment's bytes in the subnet's epoch. @throws Commitments.SpaceLimitExceeded */
function useSpace(x: Ext, netuid: number, who: AccountId, fields: readonly Field[]): void {
  const needed = Math.max(
    fields.reduce((sum, field) => sum + spaceOf(field), 0),
    MIN_USED_SPACE,
  );
  const last_epoch = SubnetEpochIndex.get(x, netuid);
  const usage = UsedSpaceOf.get(x, netuid, who);
  const used_space = (usage?.last_epoch === last_epoch ? usage.used_space : 0n) + BigInt(needed);
  if (used_space > BigInt(MaxSpace.get(x))) throw errors.SpaceLimitExceeded;
  UsedSpaceOf.insert(x, netuid, who, { last_epoch, used_space });
}

/** Locks or frees what the number of fields asks for. Answers the deposit. @throws Commitments.UnexpectedUnreserveLeftover, DispatchError */
function adjustDeposit(x: Ext, who: AccountId, before: bigint, fields: number): bigint {
  const after = INITIAL_DEPOSIT + FIELD_DEPOSIT * BigInt(fields);
  if (after > before) reserve(x, who, after - before);
  if (before > after && unreserve(x, who, before - after) !== 0n) throw errors.UnexpectedUnreserveLeftover;
  return after;
}

/** Calls of the chain's pallets/commitments (src/lib.rs). */
export const calls = {
  set_commitment: call(
    0,
    { netuid: u16, info: CommitmentInfo },
    normal(SET_COMMITMENT, 'No'),
    (x, origin, { netuid, info }) => {
      const who = ensureSigned(origin);
      if (!isHotkeyRegisteredOnNetwork(x, netuid, who)) throw errors.AccountNotAllowedCommit;
      const { fields } = info;
      if (fields.length > MAX_FIELDS) throw errors.TooManyFieldsInCommitmentInfo;
      const block = blockNumber(x);
      if (fields.some(({ type }) => type === 'ResetBondsFlag')) {
        LastBondsReset.insert(x, netuid, who, block);
        for (const index of mechanismIndices(x, netuid)) doResetBonds(x, index, who);
      }
      useSpace(x, netuid, who, fields);
      const deposit = adjustDeposit(x, who, CommitmentOf.get(x, netuid, who)?.deposit ?? 0n, fields.length);
      CommitmentOf.insert(x, netuid, who, { deposit, block, info });
      LastCommitment.insert(x, netuid, who, block);
      const timelocked = fields.find((field) => field.type === 'TimelockEncrypted');
      if (timelocked) {
        const { reveal_round } = timelocked.value;
        events.deposit(x, 'TimelockCommitment', { netuid, who, reveal_round });
        addTimelocked(x, netuid, who);
      } else {
        events.deposit(x, 'Commitment', { netuid, who });
        removeTimelocked(x, netuid, who);
      }
    },
    { netuid: 'NetUid', info: 'Box<CommitmentInfo<T::MaxFields>>' },
  ),
  set_max_space: call(
    2,
    { new_limit: u32 },
    normal(SET_MAX_SPACE),
    (x, origin, { new_limit }) => {
      ensureRoot(origin);
      MaxSpace.put(x, new_limit);
    },
    { new_limit: 'u32' },
  ),
};
