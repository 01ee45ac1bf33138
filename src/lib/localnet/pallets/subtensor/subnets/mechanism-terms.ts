/** Several mechanisms in one subnet (chain: pallets/subtensor/src/subnets/mechanism.rs). */

import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub, U16_MAX } from '../../../fixed/integer.ts';
import type { EpochOutput } from '../epoch/epoch-types.ts';

/**
 * Emission of each mechanism (chain: `split_emissions`). What rounding or a short split leaves over goes to mechanism 0.
 *
 * @param alpha - rao of the whole subnet
 * @param split - `MechanismEmissionSplit`, u16 parts of 65535, or null for equal parts
 */
export function splitEmissions(alpha: bigint, mechanismCount: number, split: readonly number[] | null): bigint[] {
  const parts =
    split === null
      ? new Array<bigint>(mechanismCount).fill(mechanismCount === 0 ? 0n : alpha / BigInt(mechanismCount))
      : split.map((part) => (alpha * BigInt(part)) / U16_MAX);
  const result = Array.from({ length: mechanismCount }, (_, i) => parts[i] ?? 0n);
  // The chain's u64 sum wraps in release.
  const total = BigInt.asUintN(
    64,
    result.reduce((acc, part) => acc + part, 0n),
  );
  if (result.length > 0) result[0] = saturatingAddU64(result[0]!, saturatingSub(alpha, total));
  return result;
}

/**
 * Weight of a mechanism among the aggregated terms, U64F64: its share of the emission.
 * Without emission the first mechanism has all of it.
 */
export function mechanismWeight(mechanism: number, emission: bigint, totalEmission: bigint): U64F64 {
  const otherwise = mechanism === 0 ? U64F64.one : 0n;
  return U64F64.safeDiv(U64F64.saturatingFromNum(emission), U64F64.saturatingFromNum(totalEmission), otherwise);
}

/** The aggregated terms of a subnet. Bonds and incentive are kept per mechanism and are not among them. */
export type SubnetTerms = Omit<EpochOutput, 'bonds' | 'incentive'>;

/** trunc(existing + added · weight). */
const accumulate = (existing: bigint, added: bigint, weight: U64F64): U64F64 =>
  U64F64.saturatingAdd(
    U64F64.saturatingFromNum(existing),
    U64F64.saturatingMul(U64F64.saturatingFromNum(added), weight),
  );

const accumulateU16 = (existing: readonly number[], added: readonly number[], weight: U64F64): number[] =>
  weight === U64F64.one
    ? existing.map((value, uid) => Math.min(value + added[uid]!, Number(U16_MAX)))
    : existing.map((value, uid) =>
        Number(U64F64.saturatingToU16(accumulate(BigInt(value), BigInt(added[uid]!), weight))),
      );

const accumulateU64 = (existing: readonly bigint[], added: readonly bigint[], weight: U64F64): bigint[] =>
  weight === U64F64.one
    ? existing.map((value, uid) => saturatingAddU64(value, added[uid]!))
    : existing.map((value, uid) => U64F64.saturatingToU64(accumulate(value, added[uid]!, weight)));

const addU64 = (a: readonly bigint[], b: readonly bigint[]): bigint[] =>
  a.map((value, uid) => saturatingAddU64(value, b[uid]!));

const or = (a: readonly boolean[], b: readonly boolean[]): boolean[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, uid) => a[uid] === true || b[uid] === true);

const emptyTerms = (n: number): SubnetTerms => {
  const zeros = (): number[] => new Array<number>(n).fill(0);
  const zeroRao = (): bigint[] => new Array<bigint>(n).fill(0n);
  const none = (): boolean[] => new Array<boolean>(n).fill(false);
  return {
    active: none(),
    newValidatorPermits: none(),
    stake: zeroRao(),
    stakeWeight: zeros(),
    consensus: zeros(),
    dividends: zeros(),
    validatorTrust: zeros(),
    serverEmission: zeroRao(),
    validatorEmission: zeroRao(),
    emission: zeroRao(),
  };
};

/**
 * Terms of the whole subnet (chain: the fold in `epoch_with_mechanisms`): server and validator emission and stake add up, permits and
 * activity hold if they hold anywhere, everything else accumulates by weight. That includes `emission`, which therefore understates
 * what several mechanisms paid.
 *
 * @param mechanisms - in the order of their ids
 */
export function aggregateMechanisms(
  mechanisms: readonly { readonly terms: SubnetTerms; readonly weight: U64F64 }[],
): SubnetTerms {
  const n = mechanisms[0]?.terms.stake.length ?? 0;
  return mechanisms.reduce<SubnetTerms>(
    (total, { terms, weight }) => ({
      active: or(total.active, terms.active),
      newValidatorPermits: or(total.newValidatorPermits, terms.newValidatorPermits),
      stake: addU64(total.stake, terms.stake),
      stakeWeight: accumulateU16(total.stakeWeight, terms.stakeWeight, weight),
      consensus: accumulateU16(total.consensus, terms.consensus, weight),
      dividends: accumulateU16(total.dividends, terms.dividends, weight),
      validatorTrust: accumulateU16(total.validatorTrust, terms.validatorTrust, weight),
      serverEmission: addU64(total.serverEmission, terms.serverEmission),
      validatorEmission: addU64(total.validatorEmission, terms.validatorEmission),
      emission: accumulateU64(total.emission, terms.emission, weight),
    }),
    emptyTerms(n),
  );
}
