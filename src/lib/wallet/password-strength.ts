import { CliError } from '../errors.ts';

export const MIN_PASSWORD_LENGTH = 6;
const MIN_BITS = 28;

/** Left-to-right neighbours on the usual keyboards, and the alphabet: runs along them add almost nothing. */
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
];

/** What people choose first; as a part of a password each counts as one letter. */
const COMMON = [
  'password',
  'passwort',
  'welcome',
  'letmein',
  'iloveyou',
  'monkey',
  'dragon',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'shadow',
  'master',
  'superman',
  'trustno',
  'admin',
  'login',
  'secret',
  'hello',
  'wallet',
  'coldkey',
  'hotkey',
  'bitcoin',
  'crypto',
  'bittensor',
  'tensor',
  'default',
  'changeme',
  'test',
  'abc',
];

const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function follows(previous: string, next: string): boolean {
  if (previous === next) return true;
  return RUNS.some((run) => {
    const at = run.indexOf(previous);
    return at >= 0 && (run[at + 1] === next || run[at - 1] === next);
  });
}

function alphabetSize(text: string): number {
  let size = 0;
  if (/[a-z]/.test(text)) size += 26;
  if (/[A-Z]/.test(text)) size += 26;
  if (/[0-9]/.test(text)) size += 10;
  if (/[ -/:-@[-`{-~]/.test(text)) size += 33;
  if (/[^ -~]/.test(text)) size += 100;
  return size;
}

/**
 * A rough number of bits of guessing work: letters that are not a common word, not a repetition and not a step along the
 * alphabet or a keyboard row, times the bits of the alphabet in use. It errs towards refusing.
 */
function passwordBits(password: string): number {
  const letters = [...password];
  const lower = letters.map((letter) => letter.toLowerCase());
  const plain = lower.map((letter) => LEET[letter] ?? letter);
  const counted = letters.map(() => true);
  for (const word of COMMON) {
    for (let at = plain.join('').indexOf(word); at >= 0; at = plain.join('').indexOf(word, at + 1))
      for (let i = 1; i < word.length; i++) counted[at + i] = false;
  }
  for (let i = 1; i < lower.length; i++) if (follows(lower[i - 1] as string, lower[i] as string)) counted[i] = false;
  for (let period = 2; period <= lower.length / 2; period++)
    for (let i = period; i < lower.length; i++) {
      const block = lower.slice(i, i + period).join('');
      if (block.length === period && lower.slice(i - period, i).join('') === block) counted.fill(false, i, i + period);
    }
  return counted.filter(Boolean).length * Math.log2(Math.max(alphabetSize(password), 2));
}

/**
 * The rule for passwords that are set (never for those that open existing files): at least six characters, and 28 bits by the
 * estimate of {@link passwordBits}, which with two seconds per guess is about eight core-years on average.
 * @throws CliError PASSWORD_WEAK with `data.reason` `too-short` or `guessable`
 */
export function checkPasswordStrength(password: Uint8Array): void {
  const text = Buffer.from(password.buffer, password.byteOffset, password.byteLength).toString('utf8');
  if ([...text].length < MIN_PASSWORD_LENGTH)
    throw new CliError('PASSWORD_WEAK', `A password has at least ${MIN_PASSWORD_LENGTH} characters`, {
      data: { reason: 'too-short' },
    });
  if (passwordBits(text) < MIN_BITS)
    throw new CliError('PASSWORD_WEAK', 'This password is easy to guess', {
      hints: ['Use four or more unrelated words, or a longer mix of letters, digits and signs'],
      data: { reason: 'guessable' },
    });
}
