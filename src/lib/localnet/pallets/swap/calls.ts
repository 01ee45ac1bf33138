import { costs } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { bool, i64, u16, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { NetworksAdded } from '../subtensor/storage.ts';
import { errors, events, FeeRate } from './spec.ts';
import { PositionId, TickIndex } from './types.ts';

/** Highest fee rate that may be set, parts of 65535. */
const MAX_FEE_RATE = 10_000;
const ACCOUNT = 'T::AccountId';
const deprecated = (): never => {
  throw errors.Deprecated;
};

/** Calls of the pallet. Liquidity of users is gone: those calls only say so. Source: pallets/swap/src/pallet/mod.rs. */
export const calls = {
  set_fee_rate: call(
    0,
    { netuid: u16, rate: u16 },
    costs(140_063_000n, 3994),
    (x, origin, { netuid, rate }) => {
      ensureRoot(origin);
      if (!NetworksAdded.get(x, netuid)) throw errors.MechanismDoesNotExist;
      if (rate > MAX_FEE_RATE) throw errors.FeeRateTooHigh;
      FeeRate.insert(x, netuid, rate);
      events.deposit(x, 'FeeRateSet', { netuid, rate });
    },
    { netuid: 'NetUid', rate: 'u16' },
  ),
  add_liquidity: call(
    1,
    { hotkey: AccountId32, netuid: u16, tick_low: TickIndex, tick_high: TickIndex, liquidity: u64 },
    costs(15_000_000n),
    deprecated,
    { hotkey: ACCOUNT, netuid: 'NetUid', tick_low: 'TickIndex', tick_high: 'TickIndex', liquidity: 'u64' },
  ),
  remove_liquidity: call(
    2,
    { hotkey: AccountId32, netuid: u16, position_id: PositionId },
    costs(15_000_000n),
    deprecated,
    { hotkey: ACCOUNT, netuid: 'NetUid', position_id: 'PositionId' },
  ),
  modify_position: call(
    3,
    { hotkey: AccountId32, netuid: u16, position_id: PositionId, liquidity_delta: i64 },
    costs(15_000_000n),
    deprecated,
    { hotkey: ACCOUNT, netuid: 'NetUid', position_id: 'PositionId', liquidity_delta: 'i64' },
  ),
  toggle_user_liquidity: call(4, { netuid: u16, enable: bool }, costs(15_000_000n), deprecated, {
    netuid: 'NetUid',
    enable: 'bool',
  }),
  disable_lp: call(5, {}, costs(15_000_000n), deprecated),
};
