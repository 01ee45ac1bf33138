import { costs } from '../../frame/dispatch-info.ts';
import { option, vec } from '../../scale/compound.ts';
import { bool, i16, u16, u64 } from '../../scale/primitives.ts';
import { callWithNames, MechId, NetUid, named } from '../subtensor/call-args.ts';
import { errors as subtensorErrors } from '../subtensor/errors.ts';
import { events as subtensorEvents } from '../subtensor/events.ts';
import {
  ActivityCutoff,
  AlphaSigmoidSteepness,
  BondsMovingAverage,
  BondsPenalty,
  Kappa,
  LiquidAlphaOn,
  MinActivityCutoff,
  Rho,
  WeightsSetRateLimit,
  WeightsVersionKey,
  Yuma3On,
} from '../subtensor/storage.ts';
import { doSetEmissionSplit, doSetMechanismCount } from '../subtensor/subnets/mechanism.ts';
import { doSetAlphaValues } from '../subtensor/utils/alpha-values.ts';
import {
  applyTempoWithCycleReset,
  setBondsReset,
  setCommitRevealWeightsEnabled,
  setMinAllowedWeights,
  setRevealPeriod,
} from '../subtensor/utils/misc.ts';
import { ownerHyperparamUpdate } from '../subtensor/utils/rate-limiting.ts';
import { errors, events } from './spec.ts';
import {
  asOwnerOrRoot,
  asOwnerOrRootOf,
  ensureRootInWindow,
  ensureRootOf,
  ensureSubnetExists,
} from './subnet-setting.ts';

/** Owners may smooth bonds up to this many millionths; root without limit. */
const OWNER_MAX_BONDS_MOVING_AVERAGE = 975_000n;
const OptionU16s = named(option(vec(u16)), 'Option<Vec<u16>>');

/** Weights, consensus, bonds and mechanisms. Source: pallets/admin-utils lib.rs. */
export const consensusSettings = {
  sudo_set_weights_version_key: callWithNames(
    6,
    { netuid: NetUid, weights_version_key: u64 },
    costs(259_204_000n, 4383n),
    (x, origin, { netuid, weights_version_key }) =>
      asOwnerOrRootOf(x, origin, netuid, 'SetWeightsVersionKey', () => {
        WeightsVersionKey.insert(x, netuid, weights_version_key);
        subtensorEvents.deposit(x, 'WeightsVersionKeySet', [netuid, weights_version_key]);
      }),
  ),
  sudo_set_weights_set_rate_limit: callWithNames(
    7,
    { netuid: NetUid, weights_set_rate_limit: u64 },
    costs(141_420_000n, 4084n),
    (x, origin, { netuid, weights_set_rate_limit }) => {
      ensureRootOf(x, origin, netuid);
      WeightsSetRateLimit.insert(x, netuid, weights_set_rate_limit);
      subtensorEvents.deposit(x, 'WeightsSetRateLimitSet', [netuid, weights_set_rate_limit]);
    },
  ),
  sudo_set_min_allowed_weights: callWithNames(
    14,
    { netuid: NetUid, min_allowed_weights: u16 },
    costs(259_664_000n, 4383n),
    (x, origin, { netuid, min_allowed_weights }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('MinAllowedWeights'), () => {
        setMinAllowedWeights(x, netuid, min_allowed_weights);
      }),
  ),
  sudo_set_kappa: callWithNames(
    16,
    { netuid: NetUid, kappa: u16 },
    costs(141_301_000n, 4084n),
    (x, origin, { netuid, kappa }) => {
      ensureRootOf(x, origin, netuid);
      Kappa.insert(x, netuid, kappa);
      subtensorEvents.deposit(x, 'KappaSet', [netuid, kappa]);
    },
  ),
  sudo_set_rho: callWithNames(
    17,
    { netuid: NetUid, rho: u16 },
    costs(256_268_000n, 4383n),
    (x, origin, { netuid, rho }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('Rho'), () => {
        Rho.insert(x, netuid, rho);
      }),
  ),
  sudo_set_activity_cutoff: callWithNames(
    18,
    { netuid: NetUid, activity_cutoff: u16 },
    costs(285_165_000n, 4383n),
    (x, origin, { netuid, activity_cutoff }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('ActivityCutoff'), () => {
        if (activity_cutoff < MinActivityCutoff.get(x)) throw subtensorErrors.ActivityCutoffTooLow;
        ActivityCutoff.insert(x, netuid, activity_cutoff);
        subtensorEvents.deposit(x, 'ActivityCutoffSet', [netuid, activity_cutoff]);
      }),
  ),
  sudo_set_bonds_moving_average: callWithNames(
    26,
    { netuid: NetUid, bonds_moving_average: u64 },
    costs(259_495_000n, 4383n),
    (x, origin, { netuid, bonds_moving_average }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('BondsMovingAverage'), (owner) => {
        if (owner !== undefined && bonds_moving_average > OWNER_MAX_BONDS_MOVING_AVERAGE)
          throw errors.BondsMovingAverageMaxReached;
        ensureSubnetExists(x, netuid);
        BondsMovingAverage.insert(x, netuid, bonds_moving_average);
        subtensorEvents.deposit(x, 'BondsMovingAverageSet', [netuid, bonds_moving_average]);
      }),
  ),
  sudo_set_bonds_penalty: callWithNames(
    60,
    { netuid: NetUid, bonds_penalty: u16 },
    costs(259_354_000n, 4383n),
    (x, origin, { netuid, bonds_penalty }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('BondsPenalty'), () => {
        BondsPenalty.insert(x, netuid, bonds_penalty);
        subtensorEvents.deposit(x, 'BondsPenaltySet', [netuid, bonds_penalty]);
      }),
  ),
  sudo_set_bonds_reset_enabled: callWithNames(
    70,
    { netuid: NetUid, enabled: bool },
    costs(230_507_000n, 4280n),
    (x, origin, { netuid, enabled }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('BondsResetEnabled'), () => {
        setBondsReset(x, netuid, enabled);
        events.deposit(x, 'BondsResetToggled', { netuid, enabled });
      }),
  ),
  sudo_set_tempo: callWithNames(
    30,
    { netuid: NetUid, tempo: u16 },
    costs(361_298_000n, 4383n),
    (x, origin, { netuid, tempo }) => {
      ensureRootInWindow(x, origin, netuid);
      applyTempoWithCycleReset(x, netuid, tempo);
    },
  ),
  sudo_set_commit_reveal_weights_enabled: callWithNames(
    49,
    { netuid: NetUid, enabled: bool },
    costs(259_544_000n, 4383n),
    (x, origin, { netuid, enabled }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('CommitRevealEnabled'), () => {
        setCommitRevealWeightsEnabled(x, netuid, enabled);
      }),
  ),
  sudo_set_commit_reveal_weights_interval: callWithNames(
    57,
    { netuid: NetUid, interval: u64 },
    costs(259_654_000n, 4383n),
    (x, origin, { netuid, interval }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('WeightCommitInterval'), () => {
        setRevealPeriod(x, netuid, interval);
      }),
  ),
  sudo_set_liquid_alpha_enabled: callWithNames(
    50,
    { netuid: NetUid, enabled: bool },
    costs(225_538_000n, 4280n),
    (x, origin, { netuid, enabled }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('LiquidAlphaEnabled'), () => {
        LiquidAlphaOn.insert(x, netuid, enabled);
      }),
  ),
  sudo_set_alpha_values: callWithNames(
    51,
    { netuid: NetUid, alpha_low: u16, alpha_high: u16 },
    costs(259_224_000n, 4427n),
    (x, origin, { netuid, alpha_low, alpha_high }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('AlphaValues'), () => {
        doSetAlphaValues(x, origin, netuid, alpha_low, alpha_high);
      }),
  ),
  sudo_set_alpha_sigmoid_steepness: callWithNames(
    68,
    { netuid: NetUid, steepness: i16 },
    costs(256_438_000n, 4383n),
    (x, origin, { netuid, steepness }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('AlphaSigmoidSteepness'), (owner) => {
        if (owner !== undefined && steepness < 0) throw errors.NegativeSigmoidSteepness;
        AlphaSigmoidSteepness.insert(x, netuid, steepness);
      }),
  ),
  sudo_set_yuma3_enabled: callWithNames(
    69,
    { netuid: NetUid, enabled: bool },
    costs(228_583_000n, 4280n),
    (x, origin, { netuid, enabled }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('Yuma3Enabled'), () => {
        Yuma3On.insert(x, netuid, enabled);
        events.deposit(x, 'Yuma3EnableToggled', { netuid, enabled });
      }),
  ),
  sudo_set_mechanism_count: callWithNames(
    76,
    { netuid: NetUid, mechanism_count: MechId },
    costs(140_000_000n),
    (x, origin, { netuid, mechanism_count }) =>
      asOwnerOrRoot(x, origin, netuid, 'MechanismCountUpdate', () => {
        doSetMechanismCount(x, netuid, mechanism_count);
      }),
  ),
  sudo_set_mechanism_emission_split: callWithNames(
    77,
    { netuid: NetUid, maybe_split: OptionU16s },
    costs(140_000_000n),
    (x, origin, { netuid, maybe_split }) =>
      asOwnerOrRoot(x, origin, netuid, 'MechanismEmission', () => {
        doSetEmissionSplit(x, netuid, maybe_split);
      }),
  ),
};
