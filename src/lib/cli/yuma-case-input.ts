import type { YumaCase } from '../domain/yuma/yuma-case.ts';
import { CliError } from '../errors.ts';
import type { CommandContext } from './context.ts';
import { listExamples, readCase, readExample } from './yuma-files.ts';

/** The case of a file or an example; without either, an example to choose. @throws CliError INPUT_REQUIRED, USAGE */
export async function needCase(
  context: CommandContext,
  file: string | undefined,
  example: string | undefined,
): Promise<YumaCase> {
  if (file !== undefined && example !== undefined) throw new CliError('USAGE', 'Give a file or --example, not both.');
  if (file !== undefined) return readCase(file);
  const { root } = context.program.facts;
  const name = await context.need<string>({
    flag: 'example',
    type: 'name',
    message: 'Which example?',
    value: example,
    parse: String,
    choices: async () =>
      (await listExamples(root)).map(({ name: value, title }) => ({ value, name: `${value}: ${title}` })),
  });
  return readExample(root, name);
}
