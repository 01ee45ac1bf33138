import { type LocalHost, startLocalHost } from '../chain/local-host.ts';
import { developmentAddress } from '../domain/wallet/dev-accounts.ts';
import { CliError } from '../errors.ts';
import { localDataFolder, readPlayground } from './chain.ts';
import type { CommandContext } from './context.ts';
import { requireLocal } from './localnet-access.ts';
import { startDetached } from './localnet-detach.ts';
import { portOf, presetOf, type StartFlags, sealingOf } from './localnet-flags.ts';
import type { StartResult } from './localnet-start-result.ts';

const ROLES: readonly (readonly [uri: string, role: string])[] = [
  ['//Alice', 'sudo key; pays `localnet fund`'],
  ['//Bob', 'rich'],
  ['//Charlie', 'rich'],
  ['//One', 'makes the blocks, gets the fees'],
];
/** How long the node may take to write its last blocks after Ctrl-C. */
const GRACE_MS = 15_000;
const STATUS_MS = 250;

/** Serves the bundled chain. In the foreground the node ends with the command, which ends on Ctrl-C or `localnet stop`. */
export async function startLocal(context: CommandContext, flags: StartFlags): Promise<StartResult> {
  requireLocal(context);
  context.meta.network = 'local';
  if (context.dryRun) {
    throw new CliError('USAGE', '`localnet start` serves a chain: it cannot be planned without doing it.', {
      hints: ['Leave --dry-run out; --ephemeral leaves nothing behind.'],
    });
  }
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

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
