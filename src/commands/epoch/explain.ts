import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { mechanismFlag, uidFlag } from '../../lib/cli/count-flag.ts';
import { describeExplanation, explanationSchema } from '../../lib/cli/epoch-explanation.ts';
import { renderExplanation } from '../../lib/cli/epoch-explanation-view.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { needUid } from '../../lib/cli/uid-input.ts';
import { explainEpoch } from '../../lib/domain/epoch/explain.ts';
import { parseChange } from '../../lib/domain/epoch/what-if.ts';

export default class EpochExplain extends BaseCommand<typeof EpochExplain> {
  static override summary = 'Say step by step why a neuron got what it got in the last epoch.';
  static override description = [
    'Reads the state of the block before the epoch, runs the same computation on it, shows every step, and checks that',
    'the results are those that the chain stored. --set runs the epoch again with something changed.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5 --uid 3',
    '<%= config.bin %> <%= command.id %> --netuid 5 --uid 3 --set weight=7:65535 --set stake=3:1000',
    '<%= config.bin %> <%= command.id %> --netuid 5 --uid 7 --set weight=0/7:0 --json',
  ];
  static override flags = {
    netuid: netuidFlag(),
    uid: uidFlag(),
    mechanism: mechanismFlag(),
    set: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'CHANGE',
      summary: 'what if: weight=UID:VALUE (its own), weight=FROM/TO:VALUE, stake=UID:AMOUNT; repeatable',
    }),
  };
  static override result = result('epoch.explain/v1', explanationSchema);

  async execute(context: Context<typeof EpochExplain>): Promise<Result<typeof EpochExplain>> {
    const { flags, progress } = context;
    const client = await openChain(context);
    const reader = await client.reader();
    const { netuid, name, symbol } = await needSubnet(context, reader, flags.netuid, {
      followedBy: [{ flag: 'uid', type: 'uid', value: flags.uid }],
    });
    const uid = await needUid(context, reader, netuid, flags.uid);
    const mechanism = flags.mechanism ?? 0;
    const set = flags.set ?? [];
    const changes = set.map((text) => parseChange(text, uid));
    progress.say('Reading the state before the epoch');
    const explanation = await explainEpoch(client, reader, { netuid, mechanism, uid, changes });
    context.meta.block = explanation.block;
    const { differences, registeredSince } = explanation;
    if (differences.length > 0) {
      const why = registeredSince.length > 0 ? ` (uid ${registeredSince.join(', ')} registered in the same block)` : '';
      context.warn(`${differences.length} recomputed values differ from what the chain stored${why}.`);
    }
    return describeExplanation({ netuid, name, symbol, mechanism, uid, changes: set }, explanation);
  }

  render(explanation: Result<typeof EpochExplain>, ui: Ui): void {
    renderExplanation(explanation, ui);
  }
}
