import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BaseCommand, type Context, type Result } from '../../../src/lib/cli/base-command.ts';
import { netuidFlag, taoFlag } from '../../../src/lib/cli/flags.ts';
import { Interrupt } from '../../../src/lib/cli/interrupt.ts';
import type { Ui } from '../../../src/lib/cli/render/ui.ts';
import { result, s } from '../../../src/lib/cli/schema/schema.ts';
import { CliError, ERROR_EXIT_CODES } from '../../../src/lib/errors.ts';
import { formatUnits, parseTao } from '../../../src/lib/units.ts';
import { runInProcess } from '../../helpers/run-in-process.ts';

type Work = (context: Context<typeof Probe>) => Promise<unknown>;

/** A command whose work is given by the test. */
class Probe extends BaseCommand<typeof Probe> {
  static override summary = 'probe';
  static override flags = { netuid: netuidFlag(), amount: taoFlag() };
  static override result = result('test.probe/v1', s.object({ amountTao: s.amount() }));
  static work: Work = async () => undefined;

  async execute(context: Context<typeof Probe>): Promise<Result<typeof Probe>> {
    await Probe.work(context);
    return { amountTao: formatUnits(context.flags.amount ?? 0n) };
  }

  render({ amountTao }: Result<typeof Probe>, ui: Ui): void {
    ui.line(ui.tao(amountTao));
  }
}

async function run(args: string[], work: Work = async () => undefined, interrupt = new Interrupt(), env = {}) {
  Probe.work = work;
  return runInProcess(Probe, 'test probe', args, { interrupt, env });
}

describe('a command', () => {
  it('answers people and scripts', async () => {
    expect(await run(['--amount', '1.5'])).toMatchObject({ code: 0, stdout: '1.5 τ\n', stderr: '' });
    const { json, stderr } = await run(['--amount', '1.5', '--json'], async ({ meta, warn, note }) => {
      meta.network = 'local';
      void [warn, note];
    });
    expect(json).toEqual({
      ok: true,
      schema: 'test.probe/v1',
      data: { amountTao: '1.500000000' },
      warnings: [],
      meta: { network: 'local' },
    });
    expect(stderr).toBe('');
  });

  it('keeps warnings in JSON, and progress off stdout', async () => {
    const work: Work = async (context) => {
      context.note('working');
      context.warn('careful');
      context.debug('detail');
    };
    const scripted = await run(['--json'], work);
    expect(scripted.json.warnings).toEqual(['careful']);
    expect(scripted.stderr).toBe('working\n');
    const person = await run(['--quiet'], work);
    expect(person).toMatchObject({ stdout: '0 τ\n', stderr: 'Warning: careful\n' });
    expect((await run(['--verbose'], work)).stderr).toContain('detail');
  });

  it('names the option whose value its own parser refuses', async () => {
    const { json, code } = await run(['--amount', '1,5', '--json']);
    expect(json.error).toMatchObject({ code: 'AMOUNT_INVALID', data: { option: '--amount' } });
    expect(json.error.message).toMatch(/^--amount: .*separator/);
    expect(json.error.message).not.toContain('help');
    expect(code).toBe(12);
  });

  it.each(Object.entries(ERROR_EXIT_CODES))('%s exits with %i', async (code, exit) => {
    const outcome = await run(['--json'], async () => {
      throw new CliError(code as keyof typeof ERROR_EXIT_CODES, 'Sentence.', { data: { done: [] } });
    });
    expect(outcome.code).toBe(exit);
    expect(outcome.json.error.code).toBe(code);
  });

  it('runs what was deferred, the last first, also after a failure', async () => {
    const order: string[] = [];
    await run([], async (context) => {
      context.defer(() => order.push('first'));
      context.defer(async () => order.push('second'));
      throw new CliError('TIMEOUT', 'Late.');
    });
    expect(order).toEqual(['second', 'first']);
  });

  it('names every missing input at once', async () => {
    const { json } = await run(['--json'], async (context) => {
      await context.needs({
        netuid: {
          flag: 'netuid',
          type: 'netuid',
          message: 'Which subnet?',
          value: context.flags.netuid,
          parse: Number,
          choices: async () => [{ value: 5, name: '5 five' }],
        },
        amount: { flag: 'amount', type: 'tao', message: 'How much?', value: context.flags.amount, parse: parseTao },
      });
    });
    expect(json.error).toMatchObject({
      code: 'INPUT_REQUIRED',
      message: 'Missing: --netuid, --amount.',
      data: {
        needs: [
          { flag: '--netuid', type: 'netuid', choices: [{ value: '5', name: '5 five' }] },
          { flag: '--amount', type: 'tao' },
        ],
      },
    });
  });

  it('does not let slow or failing choices hide what is missing', async () => {
    const { json } = await run(['--json'], async (context) => {
      const choices = async (): Promise<never> => {
        throw new Error('no network');
      };
      await context.need({ flag: 'netuid', type: 'netuid', message: '?', parse: Number, choices });
    });
    expect(json.error.data.needs).toEqual([{ flag: '--netuid', type: 'netuid' }]);
  });
});

describe('failures of the system', () => {
  const errno = (code: string, path?: string): Error => Object.assign(new Error(code), { code, path });
  it.each([
    [errno('ECONNREFUSED'), 'NETWORK_UNREACHABLE', 10],
    [errno('ENOTFOUND'), 'NETWORK_UNREACHABLE', 10],
    [errno('ENOSPC', '/x'), 'FILE_DISK_FULL', 16],
    [errno('ENOSPC'), 'FILE_DISK_FULL', 16],
    [errno('EROFS', '/x'), 'FILE_READ_ONLY', 16],
    [errno('EACCES', '/x'), 'FILE_ACCESS_DENIED', 16],
  ])('%s is told as %s', async (error, code, exit) => {
    const outcome = await run(['--json'], () => Promise.reject(error));
    expect(outcome).toMatchObject({ code: exit, json: { error: { code } } });
  });
});

describe('a bug', () => {
  it('exits with 70 and leaves a report without secrets, for its owner only', async () => {
    const data = mkdtempSync(join(tmpdir(), 'btcli-bug-'));
    const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const outcome = await run(
      ['--json', '--wallet-name', 'canary-name'],
      () => Promise.reject(new TypeError(`cannot read x of ${phrase}`)),
      new Interrupt(),
      { BTCLI_DATA_DIR: data },
    );
    expect(outcome.code).toBe(70);
    const { error } = outcome.json;
    expect(error.code).toBe('BUG');
    const report = readFileSync(error.data.report, 'utf8');
    expect(report).toContain('TypeError');
    expect(report).toContain('run.test.ts');
    for (const text of [report, outcome.stdout, outcome.stderr]) {
      expect(text).not.toContain('sausage');
    }
    expect(report).not.toContain('canary');
    expect(statSync(error.data.report).mode & 0o777).toBe(0o600);
    rmSync(data, { recursive: true });
  });

  it('says so when no report can be written', async () => {
    const outcome = await run([], () => Promise.reject(new Error('x')), new Interrupt(), {
      BTCLI_DATA_DIR: '/dev/null/nowhere',
    });
    expect(outcome.code).toBe(70);
    expect(outcome.stderr).toContain('No report could be written.');
  });
});

describe('an interrupt', () => {
  const forever = (): Promise<never> => new Promise(() => {});

  it('ends at once when nothing was sent', async () => {
    const interrupt = new Interrupt();
    setTimeout(() => interrupt.raise(), 20);
    const { code, stderr } = await run([], forever, interrupt);
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted. Nothing had been sent.');
  });

  it('says what had been sent', async () => {
    const interrupt = new Interrupt();
    const { code, json } = await run(
      ['--json'],
      async (context) => {
        context.onInterrupt(() => 'Extrinsic 0x12 was sent and may still be included.', { grace: 10 });
        interrupt.raise();
        await forever();
      },
      interrupt,
    );
    expect(code).toBe(130);
    expect(json.error).toMatchObject({
      code: 'INTERRUPTED',
      message: 'Interrupted. Extrinsic 0x12 was sent and may still be included.',
    });
  });

  it('waits for a command that stops by itself, and takes its answer', async () => {
    const interrupt = new Interrupt();
    const { code, stdout } = await run(
      ['--amount', '7'],
      async (context) => {
        context.onInterrupt(() => undefined, { grace: 5_000 });
        interrupt.raise();
        await new Promise((resolve) => setTimeout(resolve, 50));
      },
      interrupt,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '7 τ\n' });
  });

  it('forgets a handler that was taken back', async () => {
    const interrupt = new Interrupt();
    const { stderr } = await run(
      [],
      async (context) => {
        context.onInterrupt(() => 'sent')();
        interrupt.raise();
        throw interrupt.signal.reason;
      },
      interrupt,
    );
    expect(stderr).toContain('Nothing had been sent.');
  });
});
