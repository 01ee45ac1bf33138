import { type LocalHost, startLocalHost } from '../chain/local-host.ts';
import { describeSealing } from '../domain/localnet/status.ts';
import { developmentAddress } from '../domain/wallet/dev-accounts.ts';
import { CliError } from '../errors.ts';
import type { Sealing } from '../localnet/index.ts';
import { localDataFolder, readPlayground } from './chain.ts';
import type { CommandContext } from './context.ts';
import { requireLocal } from './localnet-access.ts';
import { startDetached } from './localnet-detach.ts';
import { presetOf } from './localnet-flags.ts';
import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';

export const startSchema = s.object({
  endpoint: s.string(),
  genesisHash: s.hash(),
  preset: s.string(),
  fast: s.boolean(),
  seal: s.choice(['instant', 'interval', 'manual']),
  intervalMs: s.nullable(s.integer()),
  block: s.block(),
  pid: s.integer(),
  detached: s.boolean('runs on after this command'),
  directory: s.nullable(s.string('null: in memory, gone at the end')),
  accounts: s.array(
    s.object({ uri: s.string('secret URI of the public development phrase'), address: s.ss58(), role: s.string() }),
  ),
});
export type StartResult = Infer<typeof startSchema>;

export interface StartFlags {
  readonly port: string;
  readonly host: string;
  readonly seal?: string | undefined;
  readonly 'block-time'?: string | undefined;
  readonly fast?: boolean;
  readonly preset?: string | undefined;
  readonly durable?: boolean;
  readonly detach?: boolean;
  readonly ephemeral?: boolean;
}

const ROLES: readonly (readonly [uri: string, role: string])[] = [
  ['//Alice', 'sudo key; pays `localnet fund`'],
  ['//Bob', 'rich'],
  ['//Charlie', 'rich'],
  ['//One', 'makes the blocks, gets the fees'],
];
/** How long the node may take to write its last blocks after Ctrl-C. */
const GRACE_MS = 15_000;
const STATUS_MS = 250;
const SLOT_MS = { normal: 12_000, fast: 250 };

/** Serves the bundled chain. In the foreground the node ends with the command, which ends on Ctrl-C or `localnet stop`. */
export async function startLocal(context: CommandContext, flags: StartFlags): Promise<StartResult> {
  requireLocal(context);
  context.meta.network = 'local';
  const preset = presetOf(flags);
  const sealing = sealingOf(flags);
  const port = portOf(flags.port);
  if (flags.detach) {
    if (flags.ephemeral)
      throw new CliError('USAGE', '--detach and --ephemeral exclude each other.', {
        hints: ['A chain in memory cannot be found again.'],
      });
    return startDetached(context, flags);
  }
  const { root, index } = context.program.facts;
  context.progress.say('Opening the chain');
  const host = await startLocalHost({
    directory: flags.ephemeral ? undefined : localDataFolder(context.paths.data),
    preset,
    fast: flags.fast || undefined,
    sealing,
    durable: flags.durable === true,
    port,
    host: flags.host,
    version: index.version,
    playgroundSnapshot: () => readPlayground(root),
    onFault: (error) => context.note(`Fault: ${error instanceof Error ? error.message : error}`),
  });
  context.progress.stop();
  context.defer(() => serve(context, host));
  if (!isLoopback(flags.host)) {
    context.warn(`Everyone who reaches ${flags.host} can use this chain. The methods that rewrite it are off there.`);
  }
  return describe(context, host, flags);
}

/** Holds the command open until somebody ends it, then closes the chain. Runs after the answer was printed. */
async function serve(context: CommandContext, host: LocalHost): Promise<void> {
  const settled = context.onInterrupt(() => 'The node was asked to stop.', { grace: GRACE_MS });
  const show = (): void => {
    const { block, transactions, connections } = host.now();
    const clients = `${connections} client${connections === 1 ? '' : 's'}`;
    if (context.output.io.stderr.isTTY)
      context.progress.say(`block ${block} · ${transactions} transactions · ${clients}`);
  };
  show();
  const timer = setInterval(show, STATUS_MS);
  await Promise.race([
    host.stopped,
    new Promise<void>((resolve) => {
      if (context.signal.aborted) resolve();
      else context.signal.addEventListener('abort', () => resolve(), { once: true });
    }),
  ]);
  clearInterval(timer);
  context.progress.stop();
  await host.close();
  settled();
  context.note(`Stopped at block ${host.now().block}.`);
}

function describe(context: CommandContext, host: LocalHost, flags: StartFlags): StartResult {
  const { endpoint, genesisHash, preset, fast, sealing } = host;
  const { block } = host.now();
  context.meta.block = block;
  return {
    endpoint,
    genesisHash,
    preset,
    fast,
    seal: sealing.mode,
    intervalMs: sealing.mode === 'interval' ? sealing.ms : null,
    block,
    pid: process.pid,
    detached: false,
    directory: flags.ephemeral ? null : localDataFolder(context.paths.data),
    accounts: ROLES.map(([uri, role]) => ({ uri, address: developmentAddress(uri), role })),
  };
}

export function renderStart(started: StartResult, ui: Ui): void {
  const { endpoint, preset, fast, seal, intervalMs, block, genesisHash, directory, accounts, detached, pid } = started;
  const sealing: Sealing = seal === 'interval' ? { mode: seal, ms: intervalMs ?? SLOT_MS.normal } : { mode: seal };
  ui.done(`The bundled chain listens at ${ui.colors.bold(endpoint)}${detached ? ` (process ${pid})` : ''}`);
  ui.fields([
    ['Preset', `${preset}${fast ? ', fast blocks' : ''}, at block ${block}`],
    ['Seals', describeSealing(sealing)],
    ['Genesis', genesisHash],
    ['Data', directory ?? 'in memory: gone at the end'],
  ]);
  ui.heading('Development accounts (their secrets are public: never use them elsewhere)');
  ui.table(
    [
      { key: 'uri', header: 'Secret' },
      { key: 'address', header: 'Address' },
      { key: 'role', header: 'Role', shrink: 'wrap' },
    ],
    accounts,
  );
  ui.line();
  ui.line(detached ? '`btcli-ts localnet stop` ends it.' : 'Ctrl-C, or `btcli-ts localnet stop` elsewhere, ends it.');
}

/** What seals blocks: --seal, or --block-time, which means interval; instant by default. @throws CliError USAGE */
function sealingOf(flags: StartFlags): (fast: boolean) => Sealing {
  const { seal, 'block-time': time } = flags;
  if (time !== undefined) {
    if (seal !== undefined && seal !== 'interval') {
      throw new CliError('USAGE', `--block-time goes with --seal interval, not ${seal}.`, {
        hints: ['Leave one of them out.'],
      });
    }
    const ms = durationOf(time);
    return () => ({ mode: 'interval', ms });
  }
  if (seal === 'interval') return (fast) => ({ mode: 'interval', ms: fast ? SLOT_MS.fast : SLOT_MS.normal });
  return () => ({ mode: seal === 'manual' ? 'manual' : 'instant' });
}

function durationOf(text: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?\s*(ms|s|m)?$/.exec(text.trim());
  const unit = { ms: 1, s: 1000, m: 60_000 }[match?.[3] ?? 's'] as number;
  const ms = match ? Math.round(Number(`${match[1]}.${match[2] ?? 0}`) * unit) : 0;
  if (ms >= 1 && ms <= 86_400_000) return ms;
  throw new CliError('USAGE', `--block-time: "${text.slice(0, 40)}" is not a time between 1ms and a day.`, {
    hints: ['Write 12s or 250ms.'],
    data: { option: '--block-time', value: text.slice(0, 40) },
  });
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new CliError('USAGE', `--port: "${text.slice(0, 40)}" is not a port.`, {
    hints: ['A port is a number from 1 to 65535; 0 lets the system choose.'],
    data: { option: '--port', value: text.slice(0, 40) },
  });
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
