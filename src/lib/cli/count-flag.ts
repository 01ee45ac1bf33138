import { Flags } from '@oclif/core';
import { CliError } from '../errors.ts';

/** A whole number within limits, read exactly. */
function countFlag(options: {
  readonly summary: string;
  readonly value: string;
  readonly least?: number;
  readonly most: number;
}) {
  const { summary, value, least = 0, most } = options;
  return Flags.custom<number>({
    helpValue: value,
    summary,
    parse: async (text) => {
      if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
      throw new CliError('USAGE', `"${text.slice(0, 40)}" is not a whole number from ${least} to ${most}.`, {
        data: { value: text.slice(0, 40) },
      });
    },
  })();
}

/** One of a subnet's mechanisms. */
export const mechanismFlag = () => countFlag({ summary: 'the mechanism (default 0)', value: 'M', most: 15 });

/** One of a subnet's neurons. */
export const uidFlag = () => countFlag({ summary: 'the neuron', value: 'UID', most: 65_535 });
