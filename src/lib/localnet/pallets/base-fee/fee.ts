import type { Ext } from '../../frame/ext.ts';
import { blockWeights, totalConsumed } from '../system/block-weight.ts';
import { BlockWeight } from '../system/spec.ts';
import { BaseFeePerGas, Elasticity, events } from './spec.ts';

// Frontier's base fee (pallet-base-fee, frame/base-fee/src/lib.rs): it moves with how full the blocks are.

const MILLION = 1_000_000n;
const TARGET = 500_000n;
const DEFAULT_BASE_FEE = 20_000_000_000n;
const LOWEST = (DEFAULT_BASE_FEE * TARGET) / MILLION;
const MAX_U256 = (1n << 256n) - 1n;

const toWords = (value: bigint): readonly bigint[] =>
  [0n, 64n, 128n, 192n].map((shift) => (value >> shift) & 0xffff_ffff_ffff_ffffn);
const fromWords = (value: readonly bigint[]): bigint => value.reduceRight((sum, word) => (sum << 64n) | word, 0n);

/** `Permill * Permill`: parts per million, rounded down. */
const multiplyPermill = (a: bigint, b: bigint): bigint => (a * b) / MILLION;

/** Moves the fee for the next block by how full this one was. */
export function adjustBaseFee(x: Ext): void {
  const elasticity = BigInt(Elasticity.get(x));
  if (elasticity === 0n) return;
  const used = totalConsumed(BlockWeight.get(x)).ref_time;
  const max = blockWeights.max_block.ref_time;
  const usage = used >= max ? MILLION : (used * MILLION) / max;
  if (usage === TARGET) return;
  const distance = (usage > TARGET ? usage - TARGET : TARGET - usage) * 2n;
  const coefficient = multiplyPermill(elasticity, distance);
  const fee = fromWords(BaseFeePerGas.get(x));
  if (fee * coefficient > MAX_U256) {
    events.deposit(x, 'BaseFeeOverflow');
    return;
  }
  const step = (fee * coefficient) / MILLION;
  if (usage > TARGET) {
    const raised = fee + step;
    BaseFeePerGas.put(x, toWords(raised > MAX_U256 ? MAX_U256 : raised));
  } else {
    const lowered = fee > step ? fee - step : 0n;
    BaseFeePerGas.put(x, toWords(lowered >= LOWEST ? lowered : LOWEST));
  }
}
