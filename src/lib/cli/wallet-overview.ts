import { readHoldings } from '../domain/wallet/holdings.ts';
import { ownedHotkeys } from '../domain/wallet/hotkeys.ts';
import { type Registration, readRegistrations } from '../domain/wallet/registrations.ts';
import { formatUnits } from '../units.ts';
import { listWallets, type WalletSummary } from '../wallet/index.ts';
import { addressBookOf } from './addresses.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { type Infer, s } from './schema/schema.ts';
import { chooseWallet } from './wallet-access.ts';
import { requireWallet } from './wallet-keys.ts';

const share = (description: string) => s.decimal(`${description}, 0 to 1`);

const neuronSchema = s.object({
  wallet: s.string(),
  hotkeyName: s.nullable(s.string('null: not on this machine')),
  hotkey: s.ss58(),
  netuid: s.netuid(),
  subnet: s.string(),
  symbol: s.string(),
  uid: s.uid(),
  active: s.boolean(),
  validatorPermit: s.boolean(),
  stakeAlpha: s.amount('alpha and weighted TAO, as the epoch weighs it'),
  consensus: share('consensus'),
  incentive: share('incentive'),
  dividends: share('dividends'),
  emissionAlpha: s.amount('of the last epoch'),
  blocksSinceUpdate: s.integer('since it last set weights'),
});

const accountSchema = s.object({
  wallet: s.string(),
  coldkey: s.nullable(s.ss58()),
  freeTao: s.amount(),
  stakedTao: s.amount('at present prices, slippage not included'),
});

export const overviewSchema = s.object({ accounts: s.array(accountSchema), neurons: s.array(neuronSchema) });

export type NeuronRow = Infer<typeof neuronSchema>;
export type Overview = Infer<typeof overviewSchema>;

interface OverviewFlags {
  readonly all?: boolean | undefined;
  readonly netuid?: number | undefined;
  readonly 'include-hotkeys'?: string | undefined;
  readonly 'exclude-hotkeys'?: string | undefined;
}

/** What the wallets' hotkeys do on the chain: those on this machine, and those that the coldkey owns elsewhere. */
export async function walletOverview(context: CommandContext, flags: OverviewFlags): Promise<Overview> {
  const wallets = flags.all ? listWallets(context.settings.walletPath) : [requireWallet(await chooseWallet(context))];
  const client = await openChain(context);
  const reader = await client.reader();
  const block = await client.numberOf(reader.at);
  context.meta.block = block;
  const coldkeys = wallets.flatMap(({ coldkey }) => (coldkey?.address === undefined ? [] : [coldkey.address]));
  const holdings = new Map((await readHoldings(reader, coldkeys)).map((one) => [one.address, one]));
  const [included, excluded] = await Promise.all([
    namedHotkeys(context, flags['include-hotkeys']),
    namedHotkeys(context, flags['exclude-hotkeys']),
  ]);
  const isWanted = (address: string, name: string | null): boolean => {
    const isIn = (named: ReadonlySet<string>): boolean => named.has(address) || (name !== null && named.has(name));
    return (included === undefined || isIn(included)) && (excluded === undefined || !isIn(excluded));
  };
  const neurons: NeuronRow[] = [];
  for (const wallet of wallets) {
    const names = await hotkeysOf(wallet, (coldkey) => ownedHotkeys(reader, coldkey));
    const wanted = [...names].filter(([address, name]) => isWanted(address, name)).map(([address]) => address);
    const found = await readRegistrations(reader, wanted);
    neurons.push(
      ...found
        .filter(({ subnet }) => flags.netuid === undefined || subnet.netuid === flags.netuid)
        .map((one) => describeNeuron(wallet.name, names.get(one.neuron.hotkey) ?? null, one, block)),
    );
  }
  return {
    accounts: wallets.map(({ name, coldkey }) => {
      const held = holdings.get(coldkey?.address ?? '');
      return {
        wallet: name,
        coldkey: coldkey?.address ?? null,
        freeTao: formatUnits(held?.free ?? 0n),
        stakedTao: formatUnits(held?.staked ?? 0n),
      };
    }),
    neurons,
  };
}

/** What --include-hotkeys and --exclude-hotkeys list: names of hotkeys, addresses, and names of the address book. */
async function namedHotkeys(
  context: CommandContext,
  list: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (list === undefined) return undefined;
  const named = new Set(list.split(',').map((one) => one.trim()));
  for (const { name, address } of await addressBookOf(context).list()) if (named.has(name)) named.add(address);
  return named;
}

/** Names by address; null for hotkeys that only the chain knows. */
async function hotkeysOf(
  { coldkey, hotkeys }: WalletSummary,
  owned: (coldkey: string) => Promise<readonly string[]>,
): Promise<Map<string, string | null>> {
  const names = new Map<string, string | null>();
  for (const hotkey of coldkey?.address === undefined ? [] : await owned(coldkey.address)) names.set(hotkey, null);
  for (const { address, name } of hotkeys) if (address !== undefined) names.set(address, name);
  return names;
}

function describeNeuron(
  wallet: string,
  hotkeyName: string | null,
  { subnet, neuron }: Registration,
  block: number,
): NeuronRow {
  return {
    wallet,
    hotkeyName,
    hotkey: neuron.hotkey,
    netuid: subnet.netuid,
    subnet: subnet.name,
    symbol: subnet.symbol,
    uid: neuron.uid,
    active: neuron.active,
    validatorPermit: neuron.validatorPermit,
    stakeAlpha: formatUnits(neuron.totalStake),
    consensus: fraction(neuron.consensus),
    incentive: fraction(neuron.incentive),
    dividends: fraction(neuron.dividends),
    emissionAlpha: formatUnits(neuron.emission),
    blocksSinceUpdate: Math.max(0, block - neuron.lastUpdate),
  };
}

/** A u16 share with six places, exactly cut. */
function fraction(value: number): string {
  const millionths = Math.floor((value * 1_000_000) / 65_535);
  return `${Math.floor(millionths / 1_000_000)}.${String(millionths % 1_000_000).padStart(6, '0')}`;
}
