import { randomInt } from 'node:crypto';
import { useAlternateScreen } from './interrupt.ts';
import { type Asking, askText } from './prompts.ts';

const PER_LINE = 4;
const ATTEMPTS = 3;
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';
const SPACE = 0x20;

/**
 * Shows a recovery phrase on the alternate screen, which leaves no trace in the scrollback, and asks two of its words
 * back. The phrase comes and stays as bytes, which the caller owns and wipes.
 * @param title whose phrase it is
 */
export async function showPhrase(asking: Asking, phrase: Uint8Array, title = ''): Promise<void> {
  const { stderr } = asking.io;
  const words = splitWords(phrase);
  useAlternateScreen(asking.io, true);
  try {
    for (;;) {
      stderr.write(
        `${CLEAR}${title === '' ? '' : `${title}\n\n`}Write these ${words.length} words down, in this order. They are shown only now.\n\n`,
      );
      for (const [index, word] of words.entries()) {
        stderr.write(`${String(index + 1).padStart(4)}. `);
        stderr.write(word);
        stderr.write((index + 1) % PER_LINE === 0 ? '\n' : ' '.repeat(Math.max(1, 12 - word.length)));
      }
      stderr.write('\n');
      await askText(asking, 'Press Enter when you have them.');
      stderr.write(CLEAR);
      if (await remembers(asking, words)) return;
    }
  } finally {
    stderr.write(CLEAR);
    useAlternateScreen(asking.io, false);
  }
}

/** Asks for two different words; after three wrong answers the phrase is shown again. */
async function remembers(asking: Asking, words: readonly Uint8Array[]): Promise<boolean> {
  const first = randomInt(words.length);
  const second = (first + 1 + randomInt(words.length - 1)) % words.length;
  for (const position of [first, second].sort((left, right) => left - right)) {
    if (!(await knows(asking, words[position]!, position + 1))) return false;
  }
  return true;
}

async function knows(asking: Asking, word: Uint8Array, number: number): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const typed = Buffer.from((await askText(asking, `Word ${number}:`)).trim().toLowerCase());
    const isRight = typed.equals(word);
    typed.fill(0);
    if (isRight) return true;
    asking.io.stderr.write('That is not the word. Look at what you wrote down.\n');
  }
  return false;
}

/** Views into the phrase, no copies. */
function splitWords(phrase: Uint8Array): Uint8Array[] {
  const words: Uint8Array[] = [];
  let start = 0;
  for (let end = 0; end <= phrase.length; end++) {
    if (end < phrase.length && phrase[end] !== SPACE) continue;
    if (end > start) words.push(phrase.subarray(start, end));
    start = end + 1;
  }
  return words;
}
