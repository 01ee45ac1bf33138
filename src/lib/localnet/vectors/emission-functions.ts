import { U96F32 } from '../fixed/fixed.ts';
import { blockEmissionForIssuance } from '../pallets/subtensor/coinbase/block-emission.ts';
import { rootProportion, taoWeightOf } from '../pallets/subtensor/coinbase/root-proportion.ts';
import {
  getNetworkRootSellFlag,
  getSubnetBlockEmissions,
  getSubnetTerms,
} from '../pallets/subtensor/coinbase/subnet-shares.ts';
import { movingPriceOf, nextMovingPrice } from '../pallets/subtensor/staking/moving-price.ts';
import { calculatePrice, DEFAULT_QUOTE_WEIGHT } from '../pallets/swap/balancer.ts';
import { compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, booleanOf, hasOnlyKeys, type JsonObject, listOf, objectOf, rowsOf } from './json.ts';

/** `TaoWeight` of the recorded emission cases. */
const TAO_WEIGHT = 971_718_665_099_567_868n;

interface Subnet {
  readonly tao: bigint;
  readonly alphaIn: bigint;
  readonly alphaIssuance: bigint;
  readonly movingPrice: bigint;
  readonly minerBurned: bigint;
  readonly emissionEnabled: boolean;
}

function subnetOf(value: unknown): Subnet {
  const subnet = objectOf(value, 'subnet');
  const alphaIn = bigOf(subnet.alpha_in, 'alpha_in');
  return {
    tao: bigOf(subnet.tao, 'tao'),
    alphaIn,
    alphaIssuance: alphaIn + bigOf(subnet.alpha_out, 'alpha_out'),
    movingPrice: movingPriceOf(bigOf(subnet.moving_price_I96F32, 'moving_price_I96F32')),
    minerBurned: bigOf(subnet.miner_burned_U96F32, 'miner_burned_U96F32'),
    emissionEnabled: booleanOf(subnet.emission_enabled, 'emission_enabled'),
  };
}

function checkEmissionCase(label: string, recorded: JsonObject): VectorRow {
  const subnets = listOf(recorded.subnets, 'subnets').map(subnetOf);
  const blockEmission = U96F32.saturatingFromNum(bigOf(recorded.block_emission, 'block_emission'));
  const rootTao = bigOf(recorded.root_tao, 'root_tao');
  const emissions = getSubnetBlockEmissions(subnets, blockEmission);
  const terms = subnets.map((subnet, i) =>
    getSubnetTerms(
      emissions[i]!,
      blockEmissionForIssuance(subnet.alphaIssuance),
      calculatePrice(DEFAULT_QUOTE_WEIGHT, subnet.alphaIn, subnet.tao),
      rootProportion(rootTao, subnet.alphaIssuance, taoWeightOf(TAO_WEIGHT)),
    ),
  );
  return compareRow(label, [
    ['emissions', emissions, recorded.emissions_U96F32],
    ['tao_in', terms.map((term) => term.taoIn), recorded.tao_in],
    ['alpha_in', terms.map((term) => term.alphaIn), recorded.alpha_in],
    ['alpha_out', terms.map((term) => term.alphaOut), recorded.alpha_out],
    ['excess_tao', terms.map((term) => term.excessTao), recorded.excess_tao],
    ['root_sell_flag', getNetworkRootSellFlag(subnets.map((subnet) => subnet.movingPrice)), recorded.root_sell_flag],
  ]);
}

const sections: { readonly [section: string]: (table: JsonObject, name: string) => Iterable<VectorRow> } = {
  *emission_shares(table, name) {
    for (const [i, recorded] of listOf(table.cases, 'cases').entries()) {
      yield checkEmissionCase(`${name}[${i}]`, objectOf(recorded, 'case'));
    }
  },
  *root_proportion(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const issuance = bigOf(row[1]) + bigOf(row[2]);
      const taoWeight = taoWeightOf(bigOf(row[3]));
      yield compareRow(`${name}[${i++}]`, [
        ['tao_weight', taoWeight, row[4]],
        ['alpha_issuance', issuance, row[5]],
        ['root_proportion', rootProportion(bigOf(row[0]), issuance, taoWeight), row[6]],
      ]);
    }
  },
  *update_moving_price(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const price = calculatePrice(DEFAULT_QUOTE_WEIGHT, bigOf(row[6]), bigOf(row[5]));
      const movingPrice = nextMovingPrice({
        currentBlock: bigOf(row[0]),
        firstEmissionBlock: bigOf(row[1]),
        movingPrice: movingPriceOf(bigOf(row[2])),
        halvingBlocks: bigOf(row[3]),
        movingAlpha: bigOf(row[4]),
        price,
      });
      yield compareRow(`${name}[${i++}]`, [
        ['price', price, row[7]],
        ['moving_price_after', movingPrice, row[8]],
      ]);
    }
  },
};

/** Moving price, root proportion, and the division of a block's emission among subnets. */
export const emissionFunctionsFormat: VectorFormat = {
  name: 'emission functions',
  recognises: (json) => hasOnlyKeys(json, Object.keys(sections)),
  *check(json) {
    for (const [name, table] of Object.entries(objectOf(json))) yield* sections[name]!(objectOf(table, name), name);
  },
};
