import { shortAlpha, unitsOf } from '../units.ts';
import type { ExplanationResult, NeuronEpochResult } from './epoch-explanation.ts';
import { percent } from './fixed-decimal.ts';
import type { Column } from './render/table.ts';
import type { Ui } from './render/ui.ts';

/** An explanation of an epoch in plain words and numbers, step by step. */
export function renderExplanation(result: ExplanationResult, ui: Ui): void {
  const { netuid, subnet, uid, block, mechanism, mechanisms } = result;
  const of = mechanisms > 1 ? `, mechanism ${mechanism} of ${mechanisms}` : '';
  ui.heading(`Uid ${uid} of subnet ${netuid} (${subnet}) in the epoch of block ${block}${of}`);
  ui.fields([
    ['Hotkey', result.hotkey ?? 'none'],
    ['Coldkey', result.coldkey ?? 'none'],
  ]);
  renderPot(result, ui);
  renderStake(result, ui);
  renderReceived(result, ui);
  renderGiven(result, ui);
  renderBonds(result, ui);
  renderEmission(result, ui);
  renderPayout(result, ui);
  renderWhatIf(result, ui);
  renderCheck(result, ui);
}

const alphaOf = ({ symbol }: ExplanationResult, amount: string): string => shortAlpha(unitsOf(amount), symbol);

/** Ten places say more than a person reads: six do. */
const six = (decimal: string): string => decimal.slice(0, -4);

function renderPot(result: ExplanationResult, ui: Ui): void {
  const { drained, mechanisms } = result;
  ui.heading('1. What there was to share');
  ui.line(
    `The subnet's pots held ${alphaOf(result, drained.epochAlpha)}; ${alphaOf(result, drained.ofThisBlockAlpha)} of it came from the epoch's own block.`,
  );
  if (mechanisms > 1) ui.line(`This mechanism's part of it: ${alphaOf(result, drained.mechanismAlpha)}.`);
  ui.fields([
    ['For servers (miners)', alphaOf(result, drained.serverAlpha)],
    ['For validators', alphaOf(result, drained.validatorAlpha)],
    ['For root stakers', alphaOf(result, drained.rootAlpha)],
    ['For the owner, apart', alphaOf(result, drained.ownerAlpha)],
  ]);
}

function renderStake(result: ExplanationResult, ui: Ui): void {
  const { neuron, parameters } = result;
  ui.heading('2. Its stake');
  ui.line(
    `It brings ${alphaOf(result, neuron.stakeAlpha)} (alpha plus weighted TAO of root, after what childkeys give and take).`,
  );
  if (neuron.stakeAlpha !== neuron.countedStakeAlpha && unitsOf(neuron.countedStakeAlpha) === 0n) {
    ui.line(`That is below the threshold of ${alphaOf(result, parameters.stakeThresholdAlpha)}, so it counts as none.`);
  }
  ui.line(`That is ${six(neuron.stakeShare)} of all stake on the subnet.`);
  ui.line(
    neuron.permit
      ? `It held a validator permit, so its weights and its stake count.${result.uid === parameters.ownerUid ? ' (The owner always holds one.)' : ''}`
      : 'It held no validator permit, so its weights and its stake do not count.',
  );
  if (neuron.permit !== neuron.newPermit) {
    ui.line(
      neuron.newPermit
        ? `It gets one with this epoch, as one of the ${parameters.maxAllowedValidators} with the most stake.`
        : `It loses it with this epoch: ${parameters.maxAllowedValidators} others have more stake.`,
    );
  }
  ui.line(
    neuron.active
      ? `It is active: its last update is not older than ${parameters.activityCutoffBlocks} blocks.`
      : `It is not active: its last update is older than ${parameters.activityCutoffBlocks} blocks, so its stake does not count.`,
  );
  ui.line(`Its part of the stake of active validators: ${six(neuron.activeStake)}.`);
}

type Received = NeuronEpochResult['received'][number];
type Given = NeuronEpochResult['weights'][number];
type Bond = NeuronEpochResult['bonds'][number];

const REASONS = {
  'no-permit': 'no permit',
  self: 'towards itself',
  'registered-later': 'set before the target registered',
  'unrevealed-commit': 'a commit from before the target registered',
} as const;

const column = <R>(key: string & keyof R, header: string): Column<R> => ({
  key,
  header,
  align: 'right',
  text: (row) => six(String(row[key])),
});
const counts = <R extends { readonly masked: keyof typeof REASONS | null }>(): Column<R> => ({
  key: 'masked',
  header: 'Counts',
  text: ({ masked }) => (masked === null ? 'yes' : `no: ${REASONS[masked]}`),
});

function renderReceived(result: ExplanationResult, ui: Ui): void {
  const { neuron, parameters } = result;
  ui.heading('3. What others think of it: consensus and incentive');
  if (neuron.received.length === 0) {
    ui.line('Nobody gives it a weight, so its consensus, its rank and its incentive are 0.');
    return;
  }
  ui.table<Received>(
    [
      { key: 'uid', header: 'Validator', align: 'right' },
      { key: 'stored', header: 'Stored', align: 'right' },
      counts(),
      column('activeStake', 'Active stake'),
      column('weight', 'Weight'),
      column('clipped', 'Clipped'),
    ],
    neuron.received,
  );
  ui.line(
    `Consensus ${six(neuron.consensus)}: the median of the weights, by stake. Validators with ${six(neuron.consensusSupport)} of the active stake give it at least so much; kappa asks for ${parameters.kappa}.`,
  );
  ui.line('Weights above the consensus are clipped to it.');
  ui.line(
    `Rank ${six(neuron.rank)}: the sum of active stake · clipped weight. Over the ranks of all that is an incentive of ${six(neuron.incentive)}.`,
  );
}

function renderGiven(result: ExplanationResult, ui: Ui): void {
  const { neuron, parameters } = result;
  ui.heading('4. What it thinks of others: validator trust');
  if (neuron.weights.length === 0) {
    ui.line('It gives no weights, so its validator trust is 0.');
    return;
  }
  ui.table<Given>(
    [
      { key: 'uid', header: 'Miner', align: 'right' },
      { key: 'stored', header: 'Stored', align: 'right' },
      counts(),
      column('weight', 'Weight'),
      column('clipped', 'Clipped'),
      column('forBonds', 'For bonds'),
    ],
    neuron.weights,
  );
  ui.line(
    `Validator trust ${six(neuron.validatorTrust)}: the sum of the clipped weights; what is missing to 1 lay above the consensus.`,
  );
  ui.line(
    `For bonds, weights are clipped as far as the bonds penalty of ${parameters.bondsPenalty} goes (1: wholly, 0: not at all).`,
  );
}

function renderBonds(result: ExplanationResult, ui: Ui): void {
  const { neuron, parameters } = result;
  ui.heading('5. Its bonds and dividends');
  if (neuron.bonds.length === 0) {
    ui.line('It holds no bonds, so its dividends are 0.');
    return;
  }
  const yuma3 = parameters.yuma === 3;
  ui.table<Bond>(
    [
      { key: 'uid', header: 'In miner', align: 'right' },
      column('before', 'Before'),
      column('target', yuma3 ? 'Moves to' : 'Bought'),
      column('alpha', 'Step'),
      column('after', 'After'),
      ...(yuma3 ? [column<Bond>('share', 'Share')] : []),
      column('incentive', 'Incentive'),
    ],
    neuron.bonds,
  );
  ui.line(
    yuma3
      ? 'Each bond moves by its step from where it was to the weight. Its share is of all bonds in the miner.'
      : 'Stake · weight buys a part of the miner; the bond moves to it by its step, and all bonds in a miner add up to 1.',
  );
  if (parameters.liquidAlpha)
    ui.line('Liquid alpha: the step depends on how far weight, bond and consensus are apart.');
  ui.line(
    `Σ ${yuma3 ? 'share' : 'bond'} · incentive${yuma3 ? ' · active stake' : ''} = ${six(neuron.rawDividends)}; over that of all validators: dividends of ${six(neuron.dividends)}.`,
  );
}

function renderEmission(result: ExplanationResult, ui: Ui): void {
  const { neuron, drained } = result;
  ui.heading('6. Its emission');
  ui.line(`Of ${alphaOf(result, drained.mechanismAlpha)}, servers and validators share half and half where both earn.`);
  ui.fields([
    ['For incentive', `${alphaOf(result, neuron.incentiveAlpha)} (${percent(neuron.serverShare)})`],
    ['For dividends', `${alphaOf(result, neuron.dividendAlpha)} (${percent(neuron.validatorShare)})`],
    ['Kept as emission', alphaOf(result, neuron.emissionAlpha)],
  ]);
}

function renderPayout(result: ExplanationResult, ui: Ui): void {
  const { payout } = result;
  ui.heading('7. What was paid');
  const destination = {
    stake: 'staked with the hotkey',
    'auto-stake': `staked with ${payout.stakedWith}, its coldkey's auto-stake hotkey`,
    burn: "burnt: the hotkey is the subnet owner's",
    recycle: "recycled: the hotkey is the subnet owner's",
  }[payout.incentiveTo];
  const none = (amount: string): boolean => unitsOf(amount) === 0n;
  ui.fields([
    ['Incentive', `${alphaOf(result, payout.incentiveAlpha)}${none(payout.incentiveAlpha) ? '' : `, ${destination}`}`],
    [
      'Alpha dividends',
      `${alphaOf(result, payout.alphaDividends)}; after the take ${alphaOf(result, payout.alphaToStakers)} for its stakers`,
    ],
    [
      'Root dividends',
      `${alphaOf(result, payout.rootDividends)}; after the take ${alphaOf(result, payout.rootToStakers)} for its stakers on root`,
    ],
  ]);
  ui.line('Dividends are shared between a childkey and its parents before they are split into both pots.');
}

function renderWhatIf({ whatIf, neuron, symbol }: ExplanationResult, ui: Ui): void {
  if (!whatIf) return;
  ui.heading(`What if ${whatIf.changes.join(', ')}`);
  const after = whatIf.neuron;
  const rows: [string, string, string][] = [
    ['Stake share', six(neuron.stakeShare), six(after.stakeShare)],
    ['Active stake', six(neuron.activeStake), six(after.activeStake)],
    ['Consensus', six(neuron.consensus), six(after.consensus)],
    ['Validator trust', six(neuron.validatorTrust), six(after.validatorTrust)],
    ['Rank', six(neuron.rank), six(after.rank)],
    ['Incentive', six(neuron.incentive), six(after.incentive)],
    ['Dividends', six(neuron.dividends), six(after.dividends)],
    [`Incentive, ${symbol}`, neuron.incentiveAlpha, after.incentiveAlpha],
    [`Dividends, ${symbol}`, neuron.dividendAlpha, after.dividendAlpha],
  ];
  ui.table<(typeof rows)[number]>(
    [
      { key: 'term', header: 'Uid itself', text: ([term]) => term },
      { key: 'before', header: 'As it was', align: 'right', text: ([, before]) => before },
      { key: 'after', header: 'What if', align: 'right', text: ([, , changed]) => changed },
    ],
    rows,
  );
  const others = whatIf.others.length;
  ui.line();
  ui.line(others === 0 ? 'Nobody earns anything else.' : `Earnings that change (${others}):`);
  if (others === 0) return;
  const amount = (
    key: 'incentiveAlpha' | 'incentiveAlphaAfter' | 'dividendAlpha' | 'dividendAlphaAfter',
    header: string,
  ) => ({
    key,
    header,
    align: 'right' as const,
  });
  ui.table(
    [
      { key: 'uid', header: 'UID', align: 'right' },
      amount('incentiveAlpha', 'Incentive'),
      amount('incentiveAlphaAfter', 'What if'),
      amount('dividendAlpha', 'Dividends'),
      amount('dividendAlphaAfter', 'What if'),
    ],
    whatIf.others,
  );
}

function renderCheck({ check, block }: ExplanationResult, ui: Ui): void {
  ui.heading('Check');
  if (check.equal) {
    ui.done(`All ${check.compared} values recomputed from block ${block - 1} equal what the chain stored.`);
    return;
  }
  ui.line(
    ui.colors.yellow(`${check.differences.length} of ${check.compared} values differ from what the chain stored:`),
  );
  if (check.registeredSince.length > 0) {
    ui.line(
      `Later in the same block someone registered at uid ${check.registeredSince.join(', ')}, which clears its values.`,
    );
  }
  ui.table(
    [
      { key: 'item', header: 'Item' },
      { key: 'key', header: 'Of' },
      { key: 'recomputed', header: 'Recomputed', align: 'right' },
      { key: 'stored', header: 'Stored', align: 'right' },
    ],
    check.differences.slice(0, 50),
  );
  if (check.differences.length > 50) ui.line(`… and ${check.differences.length - 50} more; --json has all.`);
}
