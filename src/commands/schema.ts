import { BaseCommand, type Context, type Result } from '../lib/cli/base-command.ts';
import type { Ui } from '../lib/cli/render/ui.ts';
import { describeSchema, schemaNames } from '../lib/cli/schema/registry.ts';
import { result, s } from '../lib/cli/schema/schema.ts';

export default class SchemaCommand extends BaseCommand<typeof SchemaCommand> {
  static override summary = "Print the JSON Schema of a command's output.";
  static override description =
    'Without a command, the names of all schemas. The name is a command (stake add) or a schema (stake.add/v1, error/v1).';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> config get'];
  static override strict = false;
  static override result = result(
    'schema/v1',
    s.either(
      s.object({ schemas: s.array(s.object({ command: s.string(), schema: s.string() })) }),
      s.object({ schema: s.string(), document: s.record(s.json()) }),
    ),
  );
  static override ignoresBrokenConfig = true;

  async execute(context: Context<typeof SchemaCommand>): Promise<Result<typeof SchemaCommand>> {
    const { facts, load } = context.program;
    if (context.words.length === 0) return { schemas: schemaNames(facts.index) };
    return describeSchema(context.words, facts.index, async (id) => (await load(id)).result);
  }

  render(found: Result<typeof SchemaCommand>, ui: Ui): void {
    if ('document' in found) ui.verbatim(JSON.stringify(found.document, null, 2));
    else ui.fields(found.schemas.map(({ command, schema }) => [command, schema]));
  }
}
