import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { type Neuron, readNeurons } from '../subnet/neurons.ts';
import { nextEpochBlock } from './next-epoch.ts';

/** A neuron in its subnet's last epoch. */
export interface EpochRow extends Neuron {
  /** u16 of 65535. */
  readonly validatorTrust: number;
  /** Of the mechanism; the neuron's own `incentive` is that of mechanism 0. */
  readonly mechanismIncentive: number;
  /** Weights that it has set and not changed since, by number. */
  readonly weightsSet: number;
}

export interface EpochTable {
  /** Block of the last epoch; undefined when there was none yet. */
  readonly block: number | undefined;
  readonly nextBlock: number | undefined;
  readonly tempo: number;
  readonly mechanisms: number;
  readonly rows: readonly EpochRow[];
}

/** Mechanisms share a subnet's netuid in storage. Source: subnets/mechanism.rs. */
const MECHANISM_STRIDE = 4096;

/**
 * Root has neurons, and no epochs.
 * @param head number of the block that is read
 * @throws CliError VALIDATION for a mechanism that is not there
 */
export async function readEpochTable(
  reader: Reader,
  netuid: number,
  mechanism: number,
  head: number,
): Promise<EpochTable> {
  const index = mechanism * MECHANISM_STRIDE + netuid;
  const [neurons, weights, stored] = await Promise.all([
    readNeurons(reader, netuid),
    reader.entries<readonly [number, number], readonly unknown[]>('SubtensorModule', 'Weights', index),
    reader.many<[readonly number[], readonly number[], bigint, bigint, bigint, number, number]>([
      ['SubtensorModule', 'ValidatorTrust', netuid],
      ['SubtensorModule', 'Incentive', index],
      ['SubtensorModule', 'LastMechansimStepBlock', netuid],
      ['SubtensorModule', 'LastEpochBlock', netuid],
      ['SubtensorModule', 'PendingEpochAt', netuid],
      ['SubtensorModule', 'Tempo', netuid],
      ['SubtensorModule', 'MechanismCountCurrent', netuid],
    ]),
  ]);
  const [trust, incentive, epoch, last, pending, tempo, mechanisms] = stored;
  if (mechanism >= mechanisms) {
    throw new CliError('VALIDATION', `Subnet ${netuid} has no mechanism ${mechanism}.`, {
      hints: [`Its mechanisms are 0 to ${mechanisms - 1}.`],
      data: { netuid, mechanism, mechanisms },
    });
  }
  const rowLengths = new Map(weights.map(([[, uid], row]) => [uid, row.length]));
  return {
    block: epoch === 0n ? undefined : Number(epoch),
    nextBlock: netuid === 0 ? undefined : nextEpochBlock({ tempo, last: Number(last), pending: Number(pending) }, head),
    tempo,
    mechanisms,
    rows: neurons.map((neuron) => ({
      ...neuron,
      validatorTrust: trust[neuron.uid] ?? 0,
      mechanismIncentive: incentive[neuron.uid] ?? 0,
      weightsSet: rowLengths.get(neuron.uid) ?? 0,
    })),
  };
}
