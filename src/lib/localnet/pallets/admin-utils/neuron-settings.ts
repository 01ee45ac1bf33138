import { costs } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { u16, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { callWithNames, NetUid, named } from '../subtensor/call-args.ts';
import { events as subtensorEvents } from '../subtensor/events.ts';
import {
  MaxAllowedUids,
  MechanismCountCurrent,
  MinAllowedUids,
  MinNonImmuneUids,
  ServingRateLimit,
  SubnetworkN,
} from '../subtensor/storage.ts';
import { DEFAULT_MAX_ALLOWED_UIDS, ensureMaxUidsOverAllMechanisms } from '../subtensor/subnets/mechanism.ts';
import { doSetSnOwnerHotkey } from '../subtensor/subnets/start-call.ts';
import { trimToMaxAllowedUids } from '../subtensor/subnets/trim-uids.ts';
import {
  setImmunityPeriod,
  setMaxAllowedUids,
  setMaxAllowedValidators,
  setOwnerImmuneNeuronLimit,
} from '../subtensor/utils/misc.ts';
import { ownerHyperparamUpdate } from '../subtensor/utils/rate-limiting.ts';
import { errors } from './spec.ts';
import { asOwnerOrRoot, asOwnerOrRootOf, ensureRootInWindow } from './subnet-setting.ts';

const SystemAccount = named(AccountId32, '<T as frame_system::Config>::AccountId');

/** Neurons: how many, who is safe, where they serve. Source: pallets/admin-utils lib.rs. */
export const neuronSettings = {
  sudo_set_immunity_period: callWithNames(
    13,
    { netuid: NetUid, immunity_period: u16 },
    costs(259_414_000n, 4383n),
    (x, origin, { netuid, immunity_period }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('ImmunityPeriod'), () => {
        setImmunityPeriod(x, netuid, immunity_period);
      }),
  ),
  sudo_set_max_allowed_uids: callWithNames(
    15,
    { netuid: NetUid, max_allowed_uids: u16 },
    costs(343_381_000n, 4433n),
    (x, origin, { netuid, max_allowed_uids }) =>
      asOwnerOrRootOf(x, origin, netuid, ownerHyperparamUpdate('MaxAllowedUids'), () => {
        if (max_allowed_uids < MinAllowedUids.get(x, netuid)) throw errors.MaxAllowedUidsLessThanMinAllowedUids;
        if (SubnetworkN.get(x, netuid) > max_allowed_uids) throw errors.MaxAllowedUIdsLessThanCurrentUIds;
        if (max_allowed_uids > DEFAULT_MAX_ALLOWED_UIDS) throw errors.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids;
        ensureMaxUidsOverAllMechanisms(max_allowed_uids, MechanismCountCurrent.get(x, netuid));
        setMaxAllowedUids(x, netuid, max_allowed_uids);
      }),
  ),
  sudo_set_min_allowed_uids: callWithNames(
    79,
    { netuid: NetUid, min_allowed_uids: u16 },
    costs(312_890_000n, 4383n),
    (x, origin, { netuid, min_allowed_uids }) => {
      ensureRootInWindow(x, origin, netuid);
      if (min_allowed_uids >= MaxAllowedUids.get(x, netuid)) throw errors.MinAllowedUidsGreaterThanMaxAllowedUids;
      if (min_allowed_uids >= SubnetworkN.get(x, netuid)) throw errors.MinAllowedUidsGreaterThanCurrentUids;
      MinAllowedUids.insert(x, netuid, min_allowed_uids);
      subtensorEvents.deposit(x, 'MinAllowedUidsSet', [netuid, min_allowed_uids]);
    },
  ),
  sudo_set_max_allowed_validators: callWithNames(
    25,
    { netuid: NetUid, max_allowed_validators: u16 },
    costs(285_896_000n, 4383n),
    (x, origin, { netuid, max_allowed_validators }) => {
      ensureRootInWindow(x, origin, netuid);
      if (max_allowed_validators > MaxAllowedUids.get(x, netuid)) throw errors.MaxValidatorsLargerThanMaxUIds;
      setMaxAllowedValidators(x, netuid, max_allowed_validators);
    },
  ),
  sudo_set_owner_immune_neuron_limit: callWithNames(
    72,
    { netuid: NetUid, immune_neurons: u16 },
    costs(225_107_000n, 4280n),
    (x, origin, { netuid, immune_neurons }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('ImmuneNeuronLimit'), () => {
        setOwnerImmuneNeuronLimit(x, netuid, immune_neurons);
      }),
  ),
  sudo_set_min_non_immune_uids: callWithNames(
    84,
    { netuid: NetUid, min: u16 },
    costs(106_783_000n),
    (x, origin, { netuid, min }) => {
      ensureRoot(origin);
      MinNonImmuneUids.insert(x, netuid, min);
      subtensorEvents.deposit(x, 'MinNonImmuneUidsSet', [netuid, min]);
    },
  ),
  sudo_trim_to_max_allowed_uids: callWithNames(
    78,
    { netuid: NetUid, max_n: u16 },
    costs(338_302_000n, 4398n),
    (x, origin, { netuid, max_n }) =>
      asOwnerOrRoot(x, origin, netuid, 'MaxUidsTrimming', () => {
        trimToMaxAllowedUids(x, netuid, max_n);
      }),
  ),
  sudo_set_subnet_owner_hotkey: callWithNames(
    64,
    { netuid: NetUid, hotkey: SystemAccount },
    costs(103_918_000n),
    (x, origin, { netuid, hotkey }) => doSetSnOwnerHotkey(x, origin, netuid, hotkey),
  ),
  sudo_set_sn_owner_hotkey: callWithNames(
    67,
    { netuid: NetUid, hotkey: SystemAccount },
    costs(275_687_000n, 4177n),
    (x, origin, { netuid, hotkey }) => doSetSnOwnerHotkey(x, origin, netuid, hotkey),
  ),
  sudo_set_serving_rate_limit: callWithNames(
    3,
    { netuid: NetUid, serving_rate_limit: u64 },
    costs(228_633_000n, 4212n),
    (x, origin, { netuid, serving_rate_limit }) =>
      asOwnerOrRoot(x, origin, netuid, ownerHyperparamUpdate('ServingRateLimit'), () => {
        ServingRateLimit.insert(x, netuid, serving_rate_limit);
        subtensorEvents.deposit(x, 'ServingRateLimitSet', [netuid, serving_rate_limit]);
      }),
  ),
};
