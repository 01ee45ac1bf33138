import { CliError } from '../../errors.ts';

const LONGEST = 60;

/** What is wrong with a case, with the line it stands in; 0 for what stands in no file. */
export const caseError = (line: number, message: string): CliError =>
  line === 0
    ? new CliError('VALIDATION', `${message.slice(0, 1).toUpperCase()}${message.slice(1)}`)
    : new CliError('VALIDATION', `Line ${line}: ${message}`, { data: { line } });

/** Text from a file as an error may repeat it. */
export const quoted = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is in a file must not reach the terminal raw
  `"${text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, LONGEST)}${text.length > LONGEST ? '…' : ''}"`;
