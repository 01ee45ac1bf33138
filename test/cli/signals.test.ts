import { beforeAll, describe, expect, it } from 'vitest';
import { bundleText } from '../helpers/child-script.ts';
import { ROOT } from '../helpers/project-root.ts';
import { runProgram } from '../helpers/run-cli.ts';

/** The real entry point with a command that says "ready" and then waits: for ever, or (graceful) for the signal. */
const PROGRAM = `
import { BaseCommand } from './src/lib/cli/base-command.ts';
import { main } from './src/lib/cli/main.ts';
import { result, s } from './src/lib/cli/schema/schema.ts';
class Waiting extends BaseCommand {
  static result = result('config.path/v1', s.object({}));
  async execute(context) {
    const mode = context.env.MODE;
    if (mode === 'sent') context.onInterrupt(() => 'Extrinsic 0x12 was sent and may still be included.', { grace: 50 });
    if (mode === 'stubborn') context.onInterrupt(() => undefined, { grace: 60_000 });
    if (mode === 'graceful') context.onInterrupt(() => undefined, { grace: 5_000 });
    setInterval(() => {}, 1_000);
    context.note('ready');
    await new Promise((resolve) => { if (mode === 'graceful') context.signal.addEventListener('abort', resolve); });
    return {};
  }
  render(_, ui) { ui.line('stopped at a safe point'); }
}
await main(${JSON.stringify(ROOT)}, async () => Waiting);
`;

let program: string;
beforeAll(async () => {
  program = await bundleText('waiting-command', PROGRAM);
});

async function signalled(mode: string, args: string[], ...signals: NodeJS.Signals[]) {
  let sent = false;
  return runProgram([process.execPath, program, 'config', 'path', ...args], {
    env: { MODE: mode },
    onOutput: (printed, kill) => {
      if (sent || !printed.includes('ready')) return;
      sent = true;
      for (const [index, signal] of signals.entries()) setTimeout(() => kill(signal), index * 100);
    },
  });
}

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends with 130 and one document', async (signal) => {
    const { code, stdout } = await signalled('plain', ['--json'], signal);
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'INTERRUPTED' } });
  });

  it('say what had been sent', async () => {
    const { code, stderr, stdout } = await signalled('sent', [], 'SIGINT');
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toContain('Extrinsic 0x12 was sent and may still be included.');
  });

  it('let a command stop at a safe point', async () => {
    expect(await signalled('graceful', [], 'SIGINT')).toMatchObject({ code: 0, stdout: 'stopped at a safe point\n' });
  });

  it('end a command that does not stop when they come twice', async () => {
    const { code, stdout } = await signalled('stubborn', ['--json'], 'SIGINT', 'SIGINT');
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INTERRUPTED' } });
  });
});
