import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { slotDuration } from '../../pallets/aura/slot.ts';
import { Authorities } from '../../pallets/aura/spec.ts';
import { AuraPublic } from '../../pallets/aura/types.ts';
import { CurrentSetId, Authorities as GrandpaAuthorities } from '../../pallets/grandpa/spec.ts';
import { GrandpaPublic } from '../../pallets/grandpa/types.ts';
import { option, tuple, vec } from '../../scale/compound.ts';
import { bytes, fixedBytes, u64 } from '../../scale/primitives.ts';
import { newtype } from '../../scale/type.ts';

// Who makes blocks. Source: sp-consensus-aura, sp-consensus-grandpa, sp-session, runtime/src/lib.rs.

const SlotDuration = newtype('sp_consensus_slots::SlotDuration', u64, { typeName: 'u64' });
/** Milliseconds a slot; public keys are sr25519. */
export const AuraApi = runtimeApi('AuraApi', 1, {
  slot_duration: apiMethod({}, SlotDuration, (x) => slotDuration(x.params)),
  authorities: apiMethod({}, vec(AuraPublic), (x) => Authorities.get(x)),
});

const OpaqueValue = newtype('sp_runtime::OpaqueValue', bytes, { typeName: 'Vec<u8>' });
/** Public keys are ed25519, with their votes. Key ownership cannot be proven on this chain. */
export const GrandpaApi = runtimeApi('GrandpaApi', 3, {
  grandpa_authorities: apiMethod({}, vec(tuple(GrandpaPublic, u64)), (x) => GrandpaAuthorities.get(x)),
  generate_key_ownership_proof: apiMethod(
    { set_id: u64, authority_id: GrandpaPublic },
    option(OpaqueValue),
    () => undefined,
  ),
  current_set_id: apiMethod({}, u64, (x) => CurrentSetId.get(x)),
});

const KeyTypeId = newtype('sp_core::crypto::KeyTypeId', fixedBytes(4), { typeName: '[u8; 4]' });
/** Key types of the chain's session keys in their order, as hex of ASCII. */
const AURA = '61757261';
const GRANDPA = '6772616e';
const KEY_LENGTH = 32;

/** Session keys: an sr25519 key for Aura and an ed25519 key for Grandpa. The localnet's node has no key store to make new ones in. */
export const SessionKeys = runtimeApi('SessionKeys', 1, {
  decode_session_keys: apiMethod({ encoded: bytes }, option(vec(tuple(bytes, KeyTypeId))), (_, { encoded }) =>
    encoded.length < 2 * KEY_LENGTH
      ? undefined
      : [[encoded.slice(0, KEY_LENGTH), AURA] as const, [encoded.slice(KEY_LENGTH, 2 * KEY_LENGTH), GRANDPA] as const],
  ),
});
