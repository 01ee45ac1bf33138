import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { Slot } from '../../pallets/aura/types.ts';
import { option, struct } from '../../scale/compound.ts';
import { bytes, fixedBytes, unit } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import { Header } from '../header.ts';

// The chain serves BABE's API beside Aura's and answers it with empty values. Source: runtime/src/lib.rs.

const BabePublic = newtype('sp_consensus_babe::app::Public', fixedBytes(32), { typeName: 'sr25519::Public' });
const OpaqueKeyOwnershipProof = newtype('sp_consensus_babe::OpaqueKeyOwnershipProof', bytes, { typeName: 'Vec<u8>' });
const EquivocationProof = struct(
  'sp_consensus_slots::EquivocationProof',
  { offender: BabePublic, slot: Slot, first_header: Header, second_header: Header },
  {
    params: [
      { name: 'Header', type: Header as Type<unknown> },
      { name: 'Id', type: BabePublic as Type<unknown> },
    ],
  },
);

export const BabeApi = runtimeApi('BabeApi', 2, {
  current_epoch_start: apiMethod({}, Slot, () => 0n),
  generate_key_ownership_proof: apiMethod(
    { slot: Slot, authority_id: BabePublic },
    option(OpaqueKeyOwnershipProof),
    () => undefined,
  ),
  submit_report_equivocation_unsigned_extrinsic: apiMethod(
    { equivocation_proof: EquivocationProof, key_owner_proof: OpaqueKeyOwnershipProof },
    option(unit),
    () => undefined,
  ),
});
