import { U64F64 } from '../../fixed/fixed.ts';
import { costs, operational } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { weight } from '../../frame/weight.ts';
import { U64F64Type } from '../../scale/fixed-types.ts';
import { bool, u16, u64 } from '../../scale/primitives.ts';
import { callWithNames, NetUid, TaoBalance } from '../subtensor/call-args.ts';
import { events as subtensorEvents } from '../subtensor/events.ts';
import {
  AdjustmentAlpha,
  AdjustmentInterval,
  BurnHalfLife,
  BurnIncreaseMult,
  Difficulty,
  MaxBurn,
  MaxDifficulty,
  MaxRegistrationsPerBlock,
  MinBurn,
  MinDifficulty,
  TargetRegistrationsPerInterval,
} from '../subtensor/storage.ts';
import { ROOT_NETUID } from '../subtensor/subnets/subnet.ts';
import { setNetworkRegistrationAllowed } from '../subtensor/utils/misc.ts';
import { ownerHyperparamUpdate } from '../subtensor/utils/rate-limiting.ts';
import { errors, events } from './spec.ts';
import { asOwnerOrRootOf, ensureRootInWindow, ensureRootOf } from './subnet-setting.ts';

/** Rao; minimum prices stay below, maximum prices above. */
const MIN_BURN_UPPER_BOUND = 1_000_000_000n;
const MAX_BURN_LOWER_BOUND = 100_000_000n;
/** Blocks. */
const MAX_BURN_HALF_LIFE = 36_100;

/** Registration of neurons and its price. Source: pallets/admin-utils lib.rs. */
export const registrationSettings = {
  sudo_set_network_registration_allowed: callWithNames(
    19,
    { netuid: NetUid, registration_allowed: bool },
    costs(107_113_000n),
    (x, origin, { netuid, registration_allowed }) => {
      ensureRoot(origin);
      setNetworkRegistrationAllowed(x, netuid, registration_allowed);
    },
  ),
  sudo_set_network_pow_registration_allowed: callWithNames(
    20,
    { netuid: NetUid, registration_allowed: bool },
    costs(114_000_000n),
    () => {
      throw errors.POWRegistrationDisabled;
    },
  ),
  sudo_set_min_difficulty: callWithNames(
    4,
    { netuid: NetUid, min_difficulty: u64 },
    costs(259_554_000n, 4383n),
    (x, origin, { netuid, min_difficulty }) => {
      ensureRootInWindow(x, origin, netuid);
      MinDifficulty.insert(x, netuid, min_difficulty);
      subtensorEvents.deposit(x, 'MinDifficultySet', [netuid, min_difficulty]);
    },
  ),
  sudo_set_max_difficulty: callWithNames(
    5,
    { netuid: NetUid, max_difficulty: u64 },
    costs(259_704_000n, 4383n),
    (x, origin, { netuid, max_difficulty }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('MaxDifficulty'), () => {
        MaxDifficulty.insert(x, netuid, max_difficulty);
        subtensorEvents.deposit(x, 'MaxDifficultySet', [netuid, max_difficulty]);
      }),
  ),
  sudo_set_difficulty: callWithNames(
    24,
    { netuid: NetUid, difficulty: u64 },
    costs(259_434_000n, 4383n),
    (x, origin, { netuid, difficulty }) => {
      ensureRootInWindow(x, origin, netuid);
      Difficulty.insert(x, netuid, difficulty);
      subtensorEvents.deposit(x, 'DifficultySet', [netuid, difficulty]);
    },
  ),
  sudo_set_adjustment_interval: callWithNames(
    8,
    { netuid: NetUid, adjustment_interval: u16 },
    costs(141_320_000n, 4084n),
    (x, origin, { netuid, adjustment_interval }) => {
      ensureRootOf(x, origin, netuid);
      AdjustmentInterval.insert(x, netuid, adjustment_interval);
      subtensorEvents.deposit(x, 'AdjustmentIntervalSet', [netuid, adjustment_interval]);
    },
  ),
  sudo_set_adjustment_alpha: callWithNames(
    9,
    { netuid: NetUid, adjustment_alpha: u64 },
    costs(139_000_000n),
    (x, origin, { netuid, adjustment_alpha }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('AdjustmentAlpha'), () => {
        AdjustmentAlpha.insert(x, netuid, adjustment_alpha);
        subtensorEvents.deposit(x, 'AdjustmentAlphaSet', [netuid, adjustment_alpha]);
      }),
  ),
  sudo_set_target_registrations_per_interval: callWithNames(
    21,
    { netuid: NetUid, target_registrations_per_interval: u16 },
    costs(259_103_000n, 4383n),
    (x, origin, { netuid, target_registrations_per_interval }) => {
      ensureRootInWindow(x, origin, netuid);
      TargetRegistrationsPerInterval.insert(x, netuid, target_registrations_per_interval);
      subtensorEvents.deposit(x, 'RegistrationPerIntervalSet', [netuid, target_registrations_per_interval]);
    },
  ),
  sudo_set_max_registrations_per_block: callWithNames(
    27,
    { netuid: NetUid, max_registrations_per_block: u16 },
    costs(259_604_000n, 4383n),
    (x, origin, { netuid, max_registrations_per_block }) => {
      ensureRootInWindow(x, origin, netuid);
      MaxRegistrationsPerBlock.insert(x, netuid, max_registrations_per_block);
      subtensorEvents.deposit(x, 'MaxRegistrationsPerBlockSet', [netuid, max_registrations_per_block]);
    },
  ),
  sudo_set_min_burn: callWithNames(
    22,
    { netuid: NetUid, min_burn: TaoBalance },
    costs(287_780_000n, 4385n),
    (x, origin, { netuid, min_burn }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('MinBurn'), () => {
        if (min_burn >= MIN_BURN_UPPER_BOUND || min_burn >= MaxBurn.get(x, netuid)) throw errors.ValueNotInBounds;
        MinBurn.insert(x, netuid, min_burn);
        subtensorEvents.deposit(x, 'MinBurnSet', [netuid, min_burn]);
      }),
  ),
  sudo_set_max_burn: callWithNames(
    23,
    { netuid: NetUid, max_burn: TaoBalance },
    costs(286_949_000n, 4410n),
    (x, origin, { netuid, max_burn }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('MaxBurn'), () => {
        if (max_burn <= MAX_BURN_LOWER_BOUND || max_burn <= MinBurn.get(x, netuid)) throw errors.ValueNotInBounds;
        MaxBurn.insert(x, netuid, max_burn);
        subtensorEvents.deposit(x, 'MaxBurnSet', [netuid, max_burn]);
      }),
  ),
  sudo_set_burn_half_life: callWithNames(
    89,
    { netuid: NetUid, burn_half_life: u16 },
    operational(weight(225_000_000n)),
    (x, origin, { netuid, burn_half_life }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('BurnHalfLife'), () => {
        if (netuid === ROOT_NETUID) throw errors.NotPermittedOnRootSubnet;
        if (burn_half_life < 1 || burn_half_life > MAX_BURN_HALF_LIFE) throw errors.InvalidValue;
        BurnHalfLife.insert(x, netuid, burn_half_life);
        events.deposit(x, 'BurnHalfLifeSet', { netuid, burn_half_life });
      }),
  ),
  sudo_set_burn_increase_mult: callWithNames(
    90,
    { netuid: NetUid, burn_increase_mult: U64F64Type },
    operational(weight(225_000_000n)),
    (x, origin, { netuid, burn_increase_mult }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('BurnIncreaseMult'), () => {
        if (netuid === ROOT_NETUID) throw errors.NotPermittedOnRootSubnet;
        if (burn_increase_mult < U64F64.one || burn_increase_mult > 3n * U64F64.one) throw errors.InvalidValue;
        BurnIncreaseMult.insert(x, netuid, burn_increase_mult);
        events.deposit(x, 'BurnIncreaseMultSet', { netuid, burn_increase_mult });
      }),
  ),
};
