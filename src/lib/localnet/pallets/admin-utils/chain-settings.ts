import { costs } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { u8, u16, u64 } from '../../scale/primitives.ts';
import { BlockNumber, callWithNames, MechId, TaoBalance } from '../subtensor/call-args.ts';
import { events as subtensorEvents } from '../subtensor/events.ts';
import { clearSmallNominations, getNominatorMinRequiredStake } from '../subtensor/staking/small-nominations.ts';
import {
  AdminFreezeWindow,
  CKBurn,
  ColdkeySwapAnnouncementDelay,
  ColdkeySwapReannouncementDelay,
  CommitRevealWeightsVersion,
  DissolveNetworkScheduleDuration,
  MaxEpochsPerBlock,
  MinDelegateTake,
  NetworkImmunityPeriod,
  NetworkLockReductionInterval,
  NetworkMinLockCost,
  NominatorMinRequiredStake,
  OwnerHyperparamRateLimit,
  StakeThreshold,
  StartCallDelay,
  SubnetLimit,
  SubnetOwnerCut,
  TxDelegateTakeRateLimit,
  TxRateLimit,
} from '../subtensor/storage.ts';
import { doSetMaxMechanismCount } from '../subtensor/subnets/mechanism.ts';
import { setNetworkRateLimit } from '../subtensor/subnets/subnet.ts';
import { setMaxDelegateTake } from '../subtensor/utils/misc.ts';
import { errors } from './spec.ts';

/** Settings of the whole chain; root only. Source: pallets/admin-utils lib.rs. */
export const chainSettings = {
  sudo_set_default_take: callWithNames(1, { default_take: u16 }, costs(105_400_000n), (x, origin, { default_take }) => {
    ensureRoot(origin);
    setMaxDelegateTake(x, default_take);
  }),
  sudo_set_tx_rate_limit: callWithNames(
    2,
    { tx_rate_limit: u64 },
    costs(105_440_000n),
    (x, origin, { tx_rate_limit }) => {
      ensureRoot(origin);
      TxRateLimit.put(x, tx_rate_limit);
      subtensorEvents.deposit(x, 'TxRateLimitSet', tx_rate_limit);
    },
  ),
  sudo_set_subnet_owner_cut: callWithNames(
    28,
    { subnet_owner_cut: u16 },
    costs(114_000_000n),
    (x, origin, { subnet_owner_cut }) => {
      ensureRoot(origin);
      SubnetOwnerCut.put(x, subnet_owner_cut);
      subtensorEvents.deposit(x, 'SubnetOwnerCutSet', subnet_owner_cut);
    },
  ),
  sudo_set_network_rate_limit: callWithNames(
    29,
    { rate_limit: u64 },
    costs(114_000_000n),
    (x, origin, { rate_limit }) => {
      ensureRoot(origin);
      setNetworkRateLimit(x, rate_limit);
    },
  ),
  sudo_set_network_immunity_period: callWithNames(
    35,
    { immunity_period: u64 },
    costs(114_000_000n),
    (x, origin, { immunity_period }) => {
      ensureRoot(origin);
      NetworkImmunityPeriod.put(x, immunity_period);
      subtensorEvents.deposit(x, 'NetworkImmunityPeriodSet', immunity_period);
    },
  ),
  sudo_set_network_min_lock_cost: callWithNames(
    36,
    { lock_cost: TaoBalance },
    costs(114_000_000n),
    (x, origin, { lock_cost }) => {
      ensureRoot(origin);
      NetworkMinLockCost.put(x, lock_cost);
      subtensorEvents.deposit(x, 'NetworkMinLockCostSet', lock_cost);
    },
  ),
  sudo_set_subnet_limit: callWithNames(37, { max_subnets: u16 }, costs(114_000_000n), (x, origin, { max_subnets }) => {
    ensureRoot(origin);
    SubnetLimit.put(x, max_subnets);
    subtensorEvents.deposit(x, 'SubnetLimitSet', max_subnets);
  }),
  sudo_set_lock_reduction_interval: callWithNames(
    38,
    { interval: u64 },
    costs(114_000_000n),
    (x, origin, { interval }) => {
      ensureRoot(origin);
      NetworkLockReductionInterval.put(x, interval);
      subtensorEvents.deposit(x, 'NetworkLockCostReductionIntervalSet', interval);
    },
  ),
  sudo_set_stake_threshold: callWithNames(42, { min_stake: u64 }, costs(105_500_000n), (x, origin, { min_stake }) => {
    ensureRoot(origin);
    StakeThreshold.put(x, min_stake);
    subtensorEvents.deposit(x, 'StakeThresholdSet', min_stake);
  }),
  sudo_set_nominator_min_required_stake: callWithNames(
    43,
    { min_stake: u64 },
    costs(255_697_000n, 6890n),
    (x, origin, { min_stake }) => {
      ensureRoot(origin);
      const before = getNominatorMinRequiredStake(x);
      NominatorMinRequiredStake.put(x, min_stake);
      if (min_stake > before) clearSmallNominations(x);
    },
  ),
  sudo_set_tx_delegate_take_rate_limit: callWithNames(
    45,
    { tx_rate_limit: u64 },
    costs(105_420_000n),
    (x, origin, { tx_rate_limit }) => {
      ensureRoot(origin);
      TxDelegateTakeRateLimit.put(x, tx_rate_limit);
      subtensorEvents.deposit(x, 'TxDelegateTakeRateLimitSet', tx_rate_limit);
    },
  ),
  sudo_set_min_delegate_take: callWithNames(46, { take: u16 }, costs(105_490_000n), (x, origin, { take }) => {
    ensureRoot(origin);
    MinDelegateTake.put(x, take);
    subtensorEvents.deposit(x, 'MinDelegateTakeSet', take);
  }),
  sudo_set_dissolve_network_schedule_duration: callWithNames(
    55,
    { duration: BlockNumber },
    costs(105_591_000n),
    (x, origin, { duration }) => {
      ensureRoot(origin);
      DissolveNetworkScheduleDuration.put(x, duration);
      subtensorEvents.deposit(x, 'DissolveNetworkScheduleDurationSet', duration);
    },
  ),
  sudo_set_commit_reveal_version: callWithNames(71, { version: u16 }, costs(106_052_000n), (x, origin, { version }) => {
    ensureRoot(origin);
    CommitRevealWeightsVersion.put(x, version);
    subtensorEvents.deposit(x, 'CommitRevealVersionSet', version);
  }),
  sudo_set_ck_burn: callWithNames(73, { burn: u64 }, costs(140_650_000n), (x, origin, { burn }) => {
    ensureRoot(origin);
    CKBurn.put(x, burn);
  }),
  sudo_set_admin_freeze_window: callWithNames(74, { window: u16 }, costs(105_450_000n), (x, origin, { window }) => {
    ensureRoot(origin);
    AdminFreezeWindow.put(x, window);
    subtensorEvents.deposit(x, 'AdminFreezeWindowSet', window);
  }),
  sudo_set_owner_hparam_rate_limit: callWithNames(75, { epochs: u16 }, costs(105_471_000n), (x, origin, { epochs }) => {
    ensureRoot(origin);
    OwnerHyperparamRateLimit.put(x, epochs);
    subtensorEvents.deposit(x, 'OwnerHyperparamRateLimitSet', epochs);
  }),
  sudo_set_start_call_delay: callWithNames(85, { delay: u64 }, costs(114_000_000n), (x, origin, { delay }) => {
    ensureRoot(origin);
    StartCallDelay.put(x, delay);
    subtensorEvents.deposit(x, 'StartCallDelaySet', delay);
  }),
  sudo_set_coldkey_swap_announcement_delay: callWithNames(
    86,
    { duration: BlockNumber },
    costs(105_370_000n),
    (x, origin, { duration }) => {
      ensureRoot(origin);
      ColdkeySwapAnnouncementDelay.put(x, duration);
      subtensorEvents.deposit(x, 'ColdkeySwapAnnouncementDelaySet', duration);
    },
  ),
  sudo_set_coldkey_swap_reannouncement_delay: callWithNames(
    87,
    { duration: BlockNumber },
    costs(105_360_000n),
    (x, origin, { duration }) => {
      ensureRoot(origin);
      ColdkeySwapReannouncementDelay.put(x, duration);
      subtensorEvents.deposit(x, 'ColdkeySwapReannouncementDelaySet', duration);
    },
  ),
  sudo_set_max_mechanism_count: callWithNames(
    88,
    { max_mechanism_count: MechId },
    costs(140_000_000n),
    (x, origin, { max_mechanism_count }) => {
      ensureRoot(origin);
      doSetMaxMechanismCount(x, max_mechanism_count);
    },
  ),
  sudo_set_max_epochs_per_block: callWithNames(
    96,
    { max_epochs_per_block: u8 },
    costs(105_530_000n),
    (x, origin, { max_epochs_per_block }) => {
      ensureRoot(origin);
      if (max_epochs_per_block < 1) throw errors.ValueNotInBounds;
      MaxEpochsPerBlock.put(x, max_epochs_per_block);
      subtensorEvents.deposit(x, 'MaxEpochsPerBlockSet', max_epochs_per_block);
    },
  ),
};
