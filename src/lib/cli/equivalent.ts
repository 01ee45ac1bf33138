/** Quotes a word for a POSIX shell when it needs quoting. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command line that would have needed no question: what was typed, and what was answered. Holds no secret, since no option carries one. */
export function equivalentCommand(id: string, argv: readonly string[], answers: ReadonlyMap<string, string>): string {
  const answered = [...answers].flatMap(([flag, value]) => [`--${flag}`, value]);
  const end = argv.indexOf('--');
  const options = end === -1 ? [...argv, ...answered] : [...argv.slice(0, end), ...answered, ...argv.slice(end)];
  return ['btcli-ts', ...id.split(' '), ...options].map(shellQuote).join(' ');
}
