import { describeSealing, type LocalStatus } from '../domain/localnet/status.ts';
import { SLOT_MS } from '../domain/slot.ts';
import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';

export const statusSchema = s.object({
  running: s.boolean('a process has the chain open and answers'),
  directory: s.string(),
  sizeBytes: s.integer(),
  owner: s.nullable(s.object({ pid: s.integer(), startedAt: s.string('ISO 8601') })),
  chain: s.nullable(
    s.object({
      preset: s.string(),
      rootMode: s.string('trie: real state roots; digest: a rolling hash of changes'),
      fast: s.boolean('fast blocks: 250 ms and short tempos'),
      slotMs: s.integer(),
      seal: s.choice(['instant', 'interval', 'manual']),
      intervalMs: s.nullable(s.integer()),
      genesisHash: s.hash(),
      block: s.block(),
      waitingTransactions: s.integer(),
      endpoints: s.array(s.string()),
    }),
  ),
});
export type StatusResult = Infer<typeof statusSchema>;

export function describeStatus({ place, chain }: LocalStatus): StatusResult {
  return {
    running: place.owner !== undefined,
    directory: place.directory,
    sizeBytes: place.bytes,
    owner: place.owner ? { pid: place.owner.pid, startedAt: new Date(place.owner.startedAt).toISOString() } : null,
    chain: chain
      ? {
          preset: chain.preset,
          rootMode: chain.rootMode,
          fast: chain.slotMs === SLOT_MS.fast,
          slotMs: chain.slotMs,
          seal: chain.sealing.mode,
          intervalMs: chain.sealing.mode === 'interval' ? chain.sealing.ms : null,
          genesisHash: chain.genesisHash,
          block: chain.block,
          waitingTransactions: chain.waiting,
          endpoints: [...chain.endpoints],
        }
      : null,
  };
}

export function renderStatus({ running, owner, chain, directory, sizeBytes }: StatusResult, ui: Ui): void {
  const size = `${(sizeBytes / 1e6).toFixed(1)} MB`;
  if (!chain) {
    ui.line('There is no local chain yet: the first command on the local network makes one.');
    ui.fields([['Data', directory]]);
    return;
  }
  const sealing =
    chain.seal === 'interval' ? { mode: chain.seal, ms: chain.intervalMs ?? chain.slotMs } : { mode: chain.seal };
  ui.line(
    running
      ? `Process ${owner?.pid} has the local chain open.`
      : 'The local chain is at rest; commands open it themselves.',
  );
  ui.fields([
    ['Block', String(chain.block)],
    ['Preset', `${chain.preset}${chain.fast ? ', fast blocks' : ''}`],
    ['Seals', running ? describeSealing(sealing) : undefined],
    ['Waiting', chain.waitingTransactions > 0 ? `${chain.waitingTransactions} transactions` : undefined],
    ['Listens at', chain.endpoints.length > 0 ? chain.endpoints.join(', ') : undefined],
    ['Since', owner ? owner.startedAt : undefined],
    ['Genesis', chain.genesisHash],
    ['Data', `${directory} (${size})`],
  ]);
}
