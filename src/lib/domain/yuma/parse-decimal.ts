import { caseError, quoted } from './case-error.ts';

const PLACES = 9;

/** A decimal number that is not negative, as billionths. @throws CliError VALIDATION with the line */
export function parseDecimal(text: string, what: string, line: number): bigint {
  const match = /^(\d{1,15})(?:\.(\d{1,9}))?$/.exec(text);
  if (match) return BigInt(match[1]! + (match[2] ?? '').padEnd(PLACES, '0'));
  throw caseError(line, `${what} is a decimal number, not negative and with up to nine places; found ${quoted(text)}.`);
}
