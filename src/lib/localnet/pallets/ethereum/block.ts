import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Ext } from '../../frame/ext.ts';
import { concatBytes, fromHex, type Hex, toHex, utf8 } from '../../scale/bytes.ts';
import { enumeration, struct, vec } from '../../scale/compound.ts';
import { encode, type ValueOf } from '../../scale/type.ts';
import { H256 } from '../../scale/well-known.ts';
import { blockAuthor } from '../aura/slot.ts';
import { type DigestItemValue, depositLog } from '../system/block.ts';
import { constants as systemConstants } from '../system/spec.ts';
import { Now } from '../timestamp/spec.ts';
import { rlp, rlpList, rlpNumber } from './rlp.ts';
import { BlockHash, CurrentBlock, CurrentReceipts, CurrentTransactionStatuses } from './spec.ts';
import type { Header } from './types.ts';

// Frontier's block of every Substrate block (pallet-ethereum, frame/ethereum/src/lib.rs): this chain runs no Ethereum
// transactions, so its lists and their roots are those of nothing.

type HeaderValue = ValueOf<typeof Header>;

const ENGINE_ID = toHex(utf8.encode('fron'));
const ZERO_HASH: Hex = '0'.repeat(64);
const GAS_LIMIT = 75_000_000n;
const BLOCK_HASH_COUNT = systemConstants.BlockHashCount.value as number;

const keccak = (bytes: Uint8Array): Hex => toHex(keccak_256(bytes));
const NO_BLOOM: Hex = '0'.repeat(512);
const NO_NONCE: Hex = '0'.repeat(16);
const NO_OMMERS = keccak(rlp([]));
const EMPTY_TRIE = keccak(rlp(new Uint8Array()));

const PostLog = enumeration(
  'fp_consensus::PostLog',
  { Hashes: struct('fp_consensus::Hashes', { block_hash: H256, transaction_hashes: vec(H256) }) },
  { indices: { Hashes: 1 } },
);

/** A U256 as its four 64-bit words, lowest first. */
const words = (value: bigint): readonly bigint[] =>
  [0n, 64n, 128n, 192n].map((shift) => (value >> shift) & 0xffff_ffff_ffff_ffffn);
const ZERO = words(0n);

/** Bytes 4 to 24 of the author's key, as the chain's FindAuthorTruncated takes them. */
function beneficiary(x: Ext): Hex {
  return blockAuthor(x)?.slice(8, 48) ?? '0'.repeat(40);
}

/** Fields of the header that are the same in every block, encoded, in their places between those that differ. */
const CONSTANT = {
  ommers: rlp(fromHex(NO_OMMERS)),
  rootsToDifficulty: encodedList([fromHex(EMPTY_TRIE), fromHex(EMPTY_TRIE), fromHex(NO_BLOOM), rlpNumber(0)]),
  gas: encodedList([rlpNumber(GAS_LIMIT), rlpNumber(0)]),
  tail: encodedList([new Uint8Array(), fromHex(ZERO_HASH), fromHex(NO_NONCE)]),
};

function encodedList(fields: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...fields.map(rlp));
}

interface BlockTerms {
  readonly parentHash: Hex;
  readonly beneficiary: Hex;
  readonly stateRoot: Hex;
  readonly number: number;
  readonly timestamp: bigint;
}

function hashOf({ parentHash, beneficiary, stateRoot, number, timestamp }: BlockTerms): Hex {
  return keccak(
    rlpList([
      rlp(fromHex(parentHash)),
      CONSTANT.ommers,
      rlp(fromHex(beneficiary)),
      rlp(fromHex(stateRoot)),
      CONSTANT.rootsToDifficulty,
      rlp(rlpNumber(number)),
      CONSTANT.gas,
      rlp(rlpNumber(timestamp)),
      CONSTANT.tail,
    ]),
  );
}

/** The digest item that names an Ethereum block without transactions. */
export const ethereumDigest = (block_hash: Hex): DigestItemValue => ({
  type: 'Consensus',
  value: [ENGINE_ID, encode(PostLog, { type: 'Hashes', value: { block_hash, transaction_hashes: [] } })],
});

/** Stores the Ethereum block of `number`; outside genesis its hash goes into the header's digest. */
export function storeBlock(x: Ext, number: number, log: boolean): void {
  const terms: BlockTerms = {
    parentHash: number > 0 ? BlockHash.get(x, words(BigInt(number - 1))) : ZERO_HASH,
    beneficiary: beneficiary(x),
    stateRoot: x.runtime.stateRoot(x),
    number,
    timestamp: Now.get(x),
  };
  const header: HeaderValue = {
    parent_hash: terms.parentHash,
    ommers_hash: NO_OMMERS,
    beneficiary: terms.beneficiary,
    state_root: terms.stateRoot,
    transactions_root: EMPTY_TRIE,
    receipts_root: EMPTY_TRIE,
    logs_bloom: NO_BLOOM,
    difficulty: ZERO,
    number: words(BigInt(number)),
    gas_limit: words(GAS_LIMIT),
    gas_used: ZERO,
    timestamp: terms.timestamp,
    extra_data: new Uint8Array(),
    mix_hash: ZERO_HASH,
    nonce: NO_NONCE,
  };
  const block_hash = hashOf(terms);
  CurrentBlock.put(x, { header, transactions: [], ommers: [] });
  CurrentReceipts.put(x, []);
  CurrentTransactionStatuses.put(x, []);
  BlockHash.insert(x, words(BigInt(number)), block_hash);
  if (log) depositLog(x, ethereumDigest(block_hash));
}

/** What a block's end does: the block, and one hash fewer at the old end. */
export function finalizeBlock(x: Ext, number: number): void {
  storeBlock(x, number, true);
  const oldest = number - BLOCK_HASH_COUNT - 1;
  if (oldest > 0) BlockHash.remove(x, words(BigInt(oldest)));
}
