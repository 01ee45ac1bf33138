import { describeSealing } from '../domain/localnet/status.ts';
import { SLOT_MS } from '../domain/slot.ts';
import type { Sealing } from '../localnet/index.ts';
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
