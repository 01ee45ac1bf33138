import { I96F32 } from '../fixed/fixed.ts';
import { log2 } from '../fixed/transcendental.ts';
import { blockEmissionForIssuance } from '../pallets/subtensor/coinbase/block-emission.ts';
import { compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, hasKeys, type JsonObject, listOf, objectOf, rowsOf } from './json.ts';

const THOUSANDFOLD_EMISSION = 1_000_000_000_000n;

/**
 * The chain's own way to the halvings, log2(1 / (1 - issuance / supply)) in I96F32: the independent check of the integer form in use.
 * -1 once the supply is reached.
 */
function logResidual(issuance: bigint, totalSupply: bigint): bigint | null {
  if (issuance >= totalSupply) return -1n;
  const part = I96F32.safeDiv(I96F32.saturatingFromNum(issuance), I96F32.saturatingFromNum(totalSupply));
  const inverse = I96F32.checkedDiv(I96F32.one, I96F32.saturatingSub(I96F32.one, part));
  return inverse === null ? null : log2(I96F32, inverse);
}

function* checkBoundaries(json: JsonObject, supply: bigint, emission: bigint): Generator<VectorRow> {
  for (const [i, raw] of listOf(json.boundaries, 'boundaries').entries()) {
    const boundary = objectOf(raw, 'boundary');
    const first = bigOf(boundary.issuance_first, 'issuance_first');
    yield compareRow(`boundaries[${i}]`, [
      ['emission_before', blockEmissionForIssuance(first - 1n, supply, emission), boundary.emission_before],
      ['emission_from_here', blockEmissionForIssuance(first, supply, emission), boundary.emission_from_here],
    ]);
  }
}

/** Emission per block by issuance, and the exact issuances where it changes. */
export const blockEmissionFormat: VectorFormat = {
  name: 'block emission',
  recognises: (json) => hasKeys(json, ['default_block_emission', 'total_supply', 'rows']),
  *check(json) {
    const file = objectOf(json);
    const supply = bigOf(file.total_supply, 'total_supply');
    const emission = bigOf(file.default_block_emission, 'default_block_emission');
    let i = 0;
    for (const row of rowsOf(file, 'rows')) {
      const issuance = bigOf(row[0]);
      yield compareRow(`rows[${i++}]`, [
        ['emission', blockEmissionForIssuance(issuance, supply, emission), row[1]],
        ['log2', logResidual(issuance, supply), row[2]],
        ['thousandfold', blockEmissionForIssuance(issuance, supply, THOUSANDFOLD_EMISSION), row[3]],
      ]);
    }
    if ('boundaries' in file) yield* checkBoundaries(file, supply, emission);
  },
};
