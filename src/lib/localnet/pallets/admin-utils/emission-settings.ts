import { U64F64 } from '../../fixed/fixed.ts';
import { costs, operational } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { weight } from '../../frame/weight.ts';
import { I64F64Type, I96F32Type, U64F64Type } from '../../scale/fixed-types.ts';
import { bool, u16, u64 } from '../../scale/primitives.ts';
import { callWithNames, NetUid, named, TaoBalance } from '../subtensor/call-args.ts';
import { events as subtensorEvents } from '../subtensor/events.ts';
import {
  EMAPriceHalvingBlocks,
  FlowEmaSmoothingFactor,
  FlowNormExponent,
  MaxChildkeyTake,
  MinChildkeyTake,
  NetTaoFlowEnabled,
  OwnerCutAutoLockEnabled,
  OwnerCutEnabled,
  RecycleOrBurn,
  SubnetEmissionEnabled,
  SubnetMovingAlpha,
  SubtokenEnabled,
  TaoFlowCutoff,
  TransferToggle,
} from '../subtensor/storage.ts';
import { RecycleOrBurnEnum } from '../subtensor/types.ts';
import { ensureAdminWindowOpen } from '../subtensor/utils/admin-window.ts';
import { setMinChildkeyTakeForSubnet, setRaoRecycled } from '../subtensor/utils/misc.ts';
import { ownerHyperparamUpdate } from '../subtensor/utils/rate-limiting.ts';
import { errors, events } from './spec.ts';
import {
  asOwnerOrRoot,
  asOwnerOrRootOf,
  ensureOwnerOrRootInWindow,
  ensureRootOf,
  ensureSubnetButRoot,
} from './subnet-setting.ts';

const RecycleOrBurnArg = named(RecycleOrBurnEnum, 'pallet_subtensor::RecycleOrBurnEnum');

/** Emission, pools and what becomes of alpha. Source: pallets/admin-utils lib.rs. */
export const emissionSettings = {
  sudo_set_subnet_moving_alpha: callWithNames(
    63,
    { alpha: I96F32Type },
    costs(102_955_000n),
    (x, origin, { alpha }) => {
      ensureRoot(origin);
      SubnetMovingAlpha.put(x, alpha);
    },
  ),
  sudo_set_tao_flow_cutoff: callWithNames(
    81,
    { flow_cutoff: I64F64Type },
    costs(107_343_000n),
    (x, origin, { flow_cutoff }) => {
      ensureRoot(origin);
      TaoFlowCutoff.put(x, flow_cutoff);
    },
  ),
  sudo_set_tao_flow_normalization_exponent: callWithNames(
    82,
    { exponent: U64F64Type },
    costs(107_343_000n),
    (x, origin, { exponent }) => {
      ensureRoot(origin);
      if (exponent < U64F64.one || exponent > 2n * U64F64.one) throw errors.InvalidValue;
      FlowNormExponent.put(x, exponent);
    },
  ),
  sudo_set_tao_flow_smoothing_factor: callWithNames(
    83,
    { smoothing_factor: u64 },
    costs(107_343_000n),
    (x, origin, { smoothing_factor }) => {
      ensureRoot(origin);
      FlowEmaSmoothingFactor.put(x, smoothing_factor);
    },
  ),
  sudo_set_net_tao_flow_enabled: callWithNames(91, { enabled: bool }, costs(107_343_000n), (x, origin, { enabled }) => {
    ensureRoot(origin);
    NetTaoFlowEnabled.put(x, enabled);
  }),
  sudo_set_ema_price_halving_period: callWithNames(
    65,
    { netuid: NetUid, ema_halving: u64 },
    costs(104_198_000n),
    (x, origin, { netuid, ema_halving }) => {
      ensureRoot(origin);
      EMAPriceHalvingBlocks.insert(x, netuid, ema_halving);
    },
  ),
  sudo_set_subtoken_enabled: callWithNames(
    66,
    { netuid: NetUid, subtoken_enabled: bool },
    costs(225_467_000n, 4280n),
    (x, origin, { netuid, subtoken_enabled }) => {
      ensureRoot(origin);
      ensureAdminWindowOpen(x, netuid);
      SubtokenEnabled.insert(x, netuid, subtoken_enabled);
    },
  ),
  sudo_set_toggle_transfer: callWithNames(
    61,
    { netuid: NetUid, toggle: bool },
    costs(228_343_000n, 4280n),
    (x, origin, { netuid, toggle }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('TransferEnabled'), () => {
        TransferToggle.insert(x, netuid, toggle);
        subtensorEvents.deposit(x, 'TransferToggle', [netuid, toggle]);
      }),
  ),
  sudo_set_recycle_or_burn: callWithNames(
    80,
    { netuid: NetUid, recycle_or_burn: RecycleOrBurnArg },
    costs(270_000_000n),
    (x, origin, { netuid, recycle_or_burn }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('RecycleOrBurn'), () => {
        RecycleOrBurn.insert(x, netuid, recycle_or_burn);
      }),
  ),
  sudo_set_rao_recycled: callWithNames(
    39,
    { netuid: NetUid, rao_recycled: TaoBalance },
    costs(141_541_000n, 4084n),
    (x, origin, { netuid, rao_recycled }) => {
      ensureRootOf(x, origin, netuid);
      setRaoRecycled(x, netuid, rao_recycled);
    },
  ),
  sudo_set_owner_cut_enabled: callWithNames(
    92,
    { netuid: NetUid, enabled: bool },
    operational(weight(225_000_000n)),
    (x, origin, { netuid, enabled }) => {
      ensureOwnerOrRootInWindow(x, origin, netuid);
      OwnerCutEnabled.insert(x, netuid, enabled);
    },
  ),
  sudo_set_owner_cut_auto_lock_enabled: callWithNames(
    95,
    { netuid: NetUid, enabled: bool },
    operational(weight(225_000_000n)),
    (x, origin, { netuid, enabled }) => {
      ensureOwnerOrRootInWindow(x, origin, netuid);
      OwnerCutAutoLockEnabled.insert(x, netuid, enabled);
    },
  ),
  sudo_set_subnet_emission_enabled: callWithNames(
    94,
    { netuid: NetUid, enabled: bool },
    costs(141_351_000n, 4084n),
    (x, origin, { netuid, enabled }) => {
      ensureRoot(origin);
      ensureSubnetButRoot(x, netuid);
      SubnetEmissionEnabled.insert(x, netuid, enabled);
      events.deposit(x, 'SubnetEmissionEnabledSet', { netuid, enabled });
    },
  ),
  sudo_set_min_childkey_take_per_subnet: callWithNames(
    93,
    { netuid: NetUid, take: u16 },
    costs(313_100_000n, 4419n),
    (x, origin, { netuid, take }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('MinChildkeyTake'), () => {
        if (take < MinChildkeyTake.get(x) || take > MaxChildkeyTake.get(x)) throw errors.InvalidValue;
        setMinChildkeyTakeForSubnet(x, netuid, take);
      }),
  ),
  sudo_set_total_issuance: callWithNames(33, { total_issuance: TaoBalance }, costs(5_931_000n), () => {
    throw errors.Deprecated;
  }),
};
