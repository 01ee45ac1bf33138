import { spawn } from 'node:child_process';

const ESC = '\u001b[';
export interface Guide {
  readonly colors: boolean;
  say(text?: string): void;
  heading(text: string): void;
  /** A line of a calculation, the amount to the right. */
  amount(label: string, amount: string): void;
  /** Says that two values agree. @throws Error when they do not */
  check(sentence: string, found: bigint, expected: bigint): void;
  /** Shows a command, runs it, shows its answer. @throws Error when it fails */
  run(words: readonly string[]): Promise<void>;
}

/** Runs commands as a person would and says what they show. */
export function createGuide(program: string, env: NodeJS.ProcessEnv, colors: boolean): Guide {
  const paint = (code: string, text: string): string => (colors ? `${ESC}${code}m${text}${ESC}0m` : text);
  const say = (text = ''): void => console.log(text);
  return {
    colors,
    say,
    heading: (text) => say(`\n${paint('1', text)}`),
    amount: (label, amount) => say(`  ${label.padEnd(52)} ${amount.padStart(22)}`),
    check: (sentence, found, expected) => {
      if (found !== expected) throw new Error(`${sentence}: ${found} rao found, ${expected} expected`);
      say(`  ${paint('32', '✓')} ${sentence}`);
    },
    run: async (words) => {
      say(`\n${paint('36', '$')} ${paint('1', `btcli-ts ${words.join(' ')}`)}`);
      const { code, stdout, stderr } = await execute([program, ...words], env);
      if (code !== 0) throw new Error(`btcli-ts ${words.join(' ')} ended with exit code ${code}\n${stderr}`);
      process.stdout.write(stdout.endsWith('\n') || stdout === '' ? stdout : `${stdout}\n`);
    },
  };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function execute(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
