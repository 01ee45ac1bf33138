import type { Reader } from '../chain/reader.ts';
import { readNeurons } from '../domain/subnet/neurons.ts';
import { CliError } from '../errors.ts';
import { shortUnits } from '../units.ts';
import type { CommandContext } from './context.ts';

/** The neuron that was named, or one chosen from a list. */
export function needUid(
  context: CommandContext,
  reader: Reader,
  netuid: number,
  given: number | undefined,
): Promise<number> {
  return context.need<number>({
    flag: 'uid',
    type: 'uid',
    message: 'Which neuron?',
    value: given,
    parse: (text) => {
      if (/^\d{1,5}$/.test(text)) return Number(text);
      throw new CliError('USAGE', `"${text.slice(0, 40)}" is not a uid.`);
    },
    choices: async () =>
      (await readNeurons(reader, netuid)).map(({ uid, hotkey, emission }) => ({
        value: uid,
        name: `${String(uid).padStart(4)}  ${hotkey}  earned ${shortUnits(emission, 4)}`,
      })),
  });
}
