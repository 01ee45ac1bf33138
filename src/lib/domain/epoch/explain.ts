import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import type { EpochInput, EpochOutput, EpochResults, RebuiltEpoch } from '../../localnet/pure.ts';
import { computeOnState } from '../fetched-state.ts';
import { isFast } from '../slot.ts';
import { compareResults, type ResultDifference } from './compare-results.ts';
import { type NeuronEpoch, neuronEpoch } from './neuron-epoch.ts';
import { type Change, checkChanges, withChanges } from './what-if.ts';

export interface ExplainRequest {
  readonly netuid: number;
  readonly mechanism: number;
  readonly uid: number;
  readonly changes: readonly Change[];
}

export interface Explanation {
  /** The block whose start the epoch ran at. */
  readonly block: number;
  readonly rebuilt: RebuiltEpoch;
  readonly input: EpochInput;
  readonly neuron: NeuronEpoch;
  /** Values compared with what the chain stored, and those that differ. */
  readonly compared: number;
  readonly differences: readonly ResultDifference[];
  /** Uids that someone registered at later in the epoch's block, which cleared what the epoch had stored. */
  readonly registeredSince: readonly number[];
  readonly payout: Payout;
  readonly whatIf: WhatIf | null;
}

/** What the neuron's hotkey was owed, in rao of alpha. */
export interface Payout {
  readonly incentive: bigint;
  /** Where the incentive went. */
  readonly incentiveTo: 'stake' | 'auto-stake' | 'burn' | 'recycle';
  /** The hotkey that the incentive is staked with, hex; null where it is withheld. */
  readonly stakedWith: string | null;
  /** Dividends of its own and of what it validates for parents, takes included: from the alpha pot and the root pot. */
  readonly alphaDividends: bigint;
  readonly rootDividends: bigint;
  /** What was left for stakers after the take, as the chain stored it. */
  readonly alphaToStakers: bigint;
  readonly rootToStakers: bigint;
}

export interface WhatIf {
  readonly neuron: NeuronEpoch;
  readonly before: EpochOutput;
  readonly after: EpochOutput;
}

/** Why a neuron got what it got in its subnet's last epoch. @throws CliError VALIDATION, NODE_ERROR */
export async function explainEpoch(client: ChainClient, reader: Reader, request: ExplainRequest): Promise<Explanation> {
  const pure = await import('../../localnet/pure.ts');
  const { netuid, mechanism, uid, changes } = request;
  const { block, parent, at } = await findEpoch(client, reader, netuid);
  const params = { fast: isFast(reader) };
  const { rebuilt, recomputed } = await computeOnState({ connection: client.connection, at: parent }, (state) => {
    const x = pure.openState(state, params);
    const rebuilt = pure.rebuildEpoch(x, netuid, block);
    return { rebuilt, recomputed: pure.readEpochResults(x, netuid, mechanism) };
  });
  if (!rebuilt) throw notReproduced(netuid, block);
  const input = checkedInput(rebuilt, request);
  const stored = await computeOnState({ connection: client.connection, at }, (state) =>
    pure.readEpochResults(pure.openState(state, params), netuid, mechanism),
  );
  const trace = pure.traceEpoch(input);
  const registeredSince = await registeredIn(client, at, netuid, block, input.n);
  const after = changes.length === 0 ? undefined : withChanges(input, changes);
  const changed = after && pure.traceEpoch(after);
  return {
    block,
    rebuilt,
    input,
    neuron: neuronEpoch(input, trace, uid),
    ...compareResults(recomputed, stored),
    registeredSince,
    payout: payoutOf(rebuilt, recomputed, uid, (fixed) => pure.U96F32.saturatingToU64(fixed)),
    whatIf:
      after && changed
        ? { neuron: neuronEpoch(after, changed, uid), before: trace.output, after: changed.output }
        : null,
  };
}

/** The number of the block in which the last epoch ran, the hash of the block before it (`parent`) and its own (`at`). */
async function findEpoch(client: ChainClient, reader: Reader, netuid: number) {
  if (netuid === 0) {
    throw new CliError(
      'VALIDATION',
      'Root (0) has no epochs: it holds TAO, and its stakers are paid by the other subnets.',
      {
        hints: ['`btcli-ts subnet list` shows the others.'],
        data: { netuid },
      },
    );
  }
  const block = Number(await reader.get<bigint>('SubtensorModule', 'LastMechansimStepBlock', netuid));
  if (block === 0) {
    throw new CliError('VALIDATION', `Subnet ${netuid} has not had an epoch yet.`, {
      hints: ['On the local chain `btcli-ts localnet advance --epochs 1` runs it on to its next one.'],
      data: { netuid },
    });
  }
  const [parent, at] = await Promise.all(
    [block - 1, block].map((number) => client.connection.request<string | null>('chain_getBlockHash', [number])),
  );
  if (!parent || !at) {
    throw new CliError('NODE_ERROR', `The node does not know block ${block}, in which the epoch ran.`, {
      hints: ['A node with the whole history has it: --network archive for finney.'],
      data: { block },
    });
  }
  return { block, parent, at };
}

function checkedInput(rebuilt: RebuiltEpoch, { netuid, mechanism, uid, changes }: ExplainRequest): EpochInput {
  const input = rebuilt.inputs[mechanism];
  if (!input) {
    throw new CliError('VALIDATION', `Subnet ${netuid} has no mechanism ${mechanism}.`, {
      hints: [`Its mechanisms are 0 to ${rebuilt.inputs.length - 1}.`],
      data: { netuid, mechanism, mechanisms: rebuilt.inputs.length },
    });
  }
  if (uid >= input.n) {
    throw new CliError('VALIDATION', `Subnet ${netuid} had no uid ${uid} in that epoch.`, {
      hints: [`Its neurons were 0 to ${input.n - 1}. \`btcli-ts epoch show --netuid ${netuid}\` lists them.`],
      data: { netuid, uid, neurons: input.n },
    });
  }
  checkChanges(changes, input.n);
  return input;
}

function notReproduced(netuid: number, block: number): CliError {
  return new CliError('NODE_ERROR', `The rules of spec 425 run no epoch of subnet ${netuid} in block ${block}.`, {
    hints: ['The network may run a newer runtime than this program knows.'],
    data: { netuid, block },
  });
}

async function registeredIn(
  client: ChainClient,
  at: string,
  netuid: number,
  block: number,
  n: number,
): Promise<number[]> {
  const reader = await client.reader(at);
  const blocks = await reader.many<bigint[]>(
    Array.from({ length: n }, (_, uid) => ['SubtensorModule', 'BlockAtRegistration', netuid, uid] as const),
  );
  return blocks.flatMap((registered, uid) => (Number(registered) === block ? [uid] : []));
}

function payoutOf(
  { hotkeys, autoStake, policy, dues }: RebuiltEpoch,
  results: EpochResults,
  uid: number,
  truncate: (fixed: bigint) => bigint,
): Payout {
  const hotkey = hotkeys[uid];
  const find = (amounts: readonly (readonly [string, bigint])[]): bigint =>
    amounts.find(([account]) => account === hotkey)?.[1] ?? 0n;
  const withheld = hotkey !== undefined && policy.ownerHotkeys.includes(hotkey);
  const destination = autoStake[uid];
  return {
    incentive: find(dues.incentives),
    incentiveTo: withheld
      ? policy.withheld === 'Recycle'
        ? 'recycle'
        : 'burn'
      : destination === undefined
        ? 'stake'
        : 'auto-stake',
    stakedWith: withheld ? null : (destination ?? hotkey ?? null),
    alphaDividends: truncate(find(dues.alpha)),
    rootDividends: truncate(find(dues.root)),
    alphaToStakers: find(results.alphaDividends),
    rootToStakers: find(results.rootDividends),
  };
}
