import type { CliError } from '../errors.ts';

/** With a full stop, unless it ends otherwise or is a label with a value ("Path: /tmp/x"), which is to be copied. */
export function asSentence(text: string): string {
  return /[.?!:…]$|^[A-Z][a-z]+: \S*$/.test(text) ? text : `${text}.`;
}

/** What is wrong and what to do, in one line: for a prompt that asks again. */
export function complaintOf({ message, hints }: CliError): string {
  return [message, ...hints].map(asSentence).join(' ');
}
