import { Args, Flags } from '@oclif/core';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { needCase } from '../../lib/cli/yuma-case-input.ts';
import { listExamples, writeSimulation } from '../../lib/cli/yuma-files.ts';
import {
  describeSimulation,
  type SimulatedRow,
  simulationColumns,
  simulationSchema,
} from '../../lib/cli/yuma-result.ts';
import { renderExamples, renderSimulation } from '../../lib/cli/yuma-view.ts';
import { simulateCase } from '../../lib/domain/yuma/simulate-case.ts';

export default class YumaSimulate extends ListCommand<typeof YumaSimulate, SimulatedRow> {
  static override summary = "Run the chain's Yuma consensus on stakes and weights of your own.";
  static override description = [
    'FILE is JSON, or CSV with the columns epoch,item,neuron,target,value. What an epoch does not change stays as it was:',
    '  {"neurons": ["Alice", "Bob", "Miner"], "epochs": [{"epochs": 10, "stakes": {"Alice": 80, "Bob": 20},',
    '   "weights": {"Alice": {"Miner": 1}, "Bob": {"Miner": 1}}, "parameters": {"yuma3": true}}]}',
    '  1,stake,Alice,,80 / 1,weight,Alice,Miner,1 / 5,register,Miner,, / 1,parameter,,kappa,32767 / 10,end,,,',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --list-examples',
    '<%= config.bin %> <%= command.id %> --example cabal --set yuma3=false',
    '<%= config.bin %> <%= command.id %> weights.csv --output result.csv',
  ];
  static override args = { file: Args.string({ description: 'the case' }) };
  static override flags = {
    example: Flags.string({
      helpValue: 'NAME',
      summary: 'a case that ships with the program',
      exclusive: ['list-examples'],
    }),
    'list-examples': Flags.boolean({ summary: 'list the cases that ship with the program' }),
    set: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'NAME=VALUE',
      summary: 'a hyperparameter for all epochs, as kappa=32767 or liquidAlpha=true; repeatable',
    }),
    output: Flags.string({ helpValue: 'FILE', summary: 'also write it to a .csv or .json file' }),
  };
  static override result = result('yuma.simulate/v1', simulationSchema);

  protected readonly rowsField = 'rows';
  protected readonly columns = simulationColumns;

  async execute(context: Context<typeof YumaSimulate>): Promise<Result<typeof YumaSimulate>> {
    const { args, flags, program } = context;
    if (flags['list-examples']) {
      const examples = await listExamples(program.facts.root);
      return { ...describeSimulation({ title: '', why: '', neurons: [], steps: [] }, []), examples };
    }
    const yumaCase = await needCase(context, args.file, flags.example);
    const simulation = describeSimulation(yumaCase, await simulateCase(yumaCase, flags.set ?? []));
    if (flags.output === undefined) return simulation;
    if (context.dryRun) {
      context.note(`Dry run: ${flags.output} would be written.`);
      return simulation;
    }
    const written = { ...simulation, output: flags.output };
    await writeSimulation(context, flags.output, written);
    return written;
  }

  override render(simulation: Result<typeof YumaSimulate>, ui: Ui, context: Context<typeof YumaSimulate>): void {
    if (simulation.examples.length > 0) renderExamples(simulation, ui);
    else super.render(simulation, ui, context);
  }

  protected override footer(simulation: Result<typeof YumaSimulate>, ui: Ui): void {
    renderSimulation(simulation, ui);
  }
}
