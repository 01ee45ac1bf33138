import { Flags } from '@oclif/core';
import { CliError } from '../errors.ts';

const DAY_MILLISECONDS = 86_400_000;
const LONGEST_DAYS = 3_650;

/** A time of the chain's own in days, fractions allowed. */
export const daysFlag = Flags.custom<number>({
  helpValue: 'N',
  summary: "how many days of the chain's own time (default 1)",
  parse: async (text) => {
    const days = Number(text);
    if (/^\d{1,4}(\.\d{1,6})?$/.test(text) && days > 0 && days <= LONGEST_DAYS) return days;
    throw new CliError('USAGE', `"${text.slice(0, 40)}" is not a number of days up to ${LONGEST_DAYS}.`, {
      data: { value: text.slice(0, 40) },
    });
  },
});

/** At least one block. @param slotMilliseconds of a block */
export const blocksOfDays = (days: number, slotMilliseconds: number): number =>
  Math.max(1, Math.round((days * DAY_MILLISECONDS) / slotMilliseconds));
