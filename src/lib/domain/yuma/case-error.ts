import { CliError } from '../../errors.ts';

const LONGEST = 60;
/** What would break lines or colour the terminal, and halves of characters, which no file can hold. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** What is wrong with a case, with the line it stands in; 0 for what stands in no file. */
export const caseError = (line: number, message: string): CliError =>
  line === 0
    ? new CliError('VALIDATION', `${message.slice(0, 1).toUpperCase()}${message.slice(1)}`)
    : new CliError('VALIDATION', `Line ${line}: ${message}`, { data: { line } });

/** Text from a file as it may reach the terminal. */
export const printable = (text: string): string => text.replaceAll(UNPRINTABLE, ' ');

/** Text from a file as an error may repeat it. */
export function quoted(text: string): string {
  const characters = [...printable(text)];
  return `"${characters.slice(0, LONGEST).join('')}${characters.length > LONGEST ? '…' : ''}"`;
}

/** @throws CliError VALIDATION when a neuron's name cannot be shown as it is */
export function checkName(name: string, line: number): void {
  if (printable(name) !== name) throw caseError(line, `the name ${quoted(name)} has characters that cannot be shown.`);
}
