import { beforeAll, expect, it } from 'vitest';
import { bundleText } from '../helpers/child-script.ts';
import { CTRL_C, ENTER, type Keystrokes, runProgramOnTerminal } from '../helpers/run-cli.ts';

const PHRASE = 'abandon ability able about above absent absorb abstract absurd abuse access accident';
const WORDS = PHRASE.split(' ');
const PROGRAM = `
import { showPhrase } from './src/lib/cli/secret-screen.ts';
import { processIo } from './src/lib/cli/io.ts';
import { restoreTerminal } from './src/lib/cli/interrupt.ts';
import { Keyboard } from './src/lib/cli/keyboard.ts';
const keyboard = new Keyboard(processIo, () => {});
let code = 0;
try {
  await showPhrase({ io: processIo, signal: new AbortController().signal, keyboard }, Buffer.from('${PHRASE}'));
  process.stderr.write('remembered\\n');
} catch { code = 130; }
restoreTerminal(processIo);
process.exit(code);
`;

let program: string;
beforeAll(async () => {
  program = await bundleText('phrase-screen', PROGRAM);
});

const answer = (printed: string): string => {
  const number = Number([...printed.matchAll(/Word (\d+):/g)].at(-1)?.[1]);
  return `${WORDS[number - 1]}${ENTER}`;
};

it('shows the phrase on the alternate screen, asks two words back, and leaves nothing', async () => {
  const keys: Keystrokes[] = [
    { expect: 'Press Enter', send: ENTER },
    { expect: /Word \d+:/, send: `wrong${ENTER}` },
    { expect: 'not the word', send: answer },
    { expect: /✔[^\n]*\n[^\n]*Word \d+:/, send: answer },
  ];
  const { stderr, code } = await runProgramOnTerminal([process.execPath, program], keys);
  expect(code).toBe(0);
  const [, inside = ''] = stderr.split('\u001b[?1049h');
  const [shown = '', after = ''] = inside.split('\u001b[?1049l');
  for (const word of WORDS) expect(shown).toContain(word);
  expect(shown.endsWith('\u001b[2J\u001b[3J\u001b[H')).toBe(true);
  expect(after).toContain('remembered');
  for (const word of ['abandon', 'accident']) expect(after).not.toContain(word);
});

it('clears the screen on Ctrl-C', async () => {
  const { stderr, code } = await runProgramOnTerminal(
    [process.execPath, program],
    [{ expect: 'Press Enter', send: CTRL_C }],
  );
  expect(code).toBe(130);
  const [shown = '', after = ''] = stderr.split('\u001b[?1049l');
  expect(shown.endsWith('\u001b[2J\u001b[3J\u001b[H')).toBe(true);
  expect(after).not.toContain('abandon');
});
