/** Quotes a word for a POSIX shell when it needs quoting. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line that would have needed no question: what was typed, and what was answered. Holds no secret, since no option carries one. */
export function equivalentCommand(
  id: string,
  argv: readonly string[],
  answers: ReadonlyMap<string, string | undefined>,
): string {
  const answered = [...answers].map(([flag, value]) => [`--${flag}`, ...(value === undefined ? [] : [value])]);
  // Agreement comes last, where it is seen and easily left out.
  answered.sort((left, right) => Number(left[0] === '--yes') - Number(right[0] === '--yes'));
  const end = argv.indexOf('--');
  const options =
    end === -1 ? [...argv, ...answered.flat()] : [...argv.slice(0, end), ...answered.flat(), ...argv.slice(end)];
  return ['btcli-ts', ...id.split(' '), ...options].map(shellQuote).join(' ');
}
