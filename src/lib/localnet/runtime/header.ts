import { blake2_256 } from '../frame/hashing.ts';
import { DigestType } from '../pallets/system/types.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { struct } from '../scale/compound.ts';
import { compactNumber, u32 } from '../scale/primitives.ts';
import { encode, type Type, type ValueOf } from '../scale/type.ts';
import { H256 } from '../scale/well-known.ts';

/** A block header; hashes are hex without 0x. */
export const Header = struct(
  'sp_runtime::generic::header::Header',
  {
    parent_hash: H256,
    number: compactNumber(u32),
    state_root: H256,
    extrinsics_root: H256,
    digest: DigestType,
  },
  { params: [{ name: 'Number', type: u32 as Type<unknown> }, { name: 'Hash' }] },
);
export type HeaderValue = ValueOf<typeof Header>;

/** The block hash: blake2-256 of the SCALE header. */
export function headerHash(header: HeaderValue): Hex {
  return toHex(blake2_256(encode(Header, header)));
}
