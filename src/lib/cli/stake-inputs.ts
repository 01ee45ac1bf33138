import type { Reader } from '../chain/reader.ts';
import { type Neuron, readNeurons, validatorsOf } from '../domain/subnet/neurons.ts';
import { readSubnet, readSubnets, type SubnetSummary } from '../domain/subnet/subnets.ts';
import { CliError } from '../errors.ts';
import { type NetUid, parseNetuid, shortTao, shortUnits } from '../units.ts';
import type { WalletRef } from '../wallet/index.ts';
import { resolveHotkey } from './addresses.ts';
import type { CommandContext } from './context.ts';
import type { LaterNeed } from './needs.ts';
import { displayWidth, pad, truncate } from './render/width.ts';

const SHORTEST_ADDRESS = 9;

/** Inputs that staking commands share: the subnet and the hotkey, asked for with what there is to choose from. */

/** The subnet that was named, or one chosen from a list with prices. @throws CliError UNKNOWN_SUBNET */
export async function needSubnet(
  context: CommandContext,
  reader: Reader,
  given: NetUid | undefined,
  { among, followedBy }: { among?: readonly SubnetSummary[] | undefined; followedBy?: readonly LaterNeed[] } = {},
): Promise<SubnetSummary> {
  const netuid = await context.need<number>({
    flag: 'netuid',
    type: 'netuid',
    message: 'Which subnet?',
    value: given,
    parse: parseNetuid,
    ...(followedBy ? { followedBy } : {}),
    choices: async () => {
      const subnets = among ?? (await readSubnets(reader)).filter(({ netuid }) => netuid !== 0);
      const names = Math.max(...subnets.map(({ name }) => displayWidth(name)));
      const symbols = Math.max(...subnets.map(({ symbol }) => displayWidth(symbol)));
      return subnets.map(({ netuid, name, symbol, price }) => ({
        value: netuid as number,
        short: `${netuid} (${name})`,
        name: `${String(netuid).padStart(3)}  ${pad(symbol, symbols)}  ${pad(name, names)}  ${shortTao(price, 6).padStart(12)}`,
      }));
    },
  });
  return among?.find((subnet) => subnet.netuid === netuid) ?? readSubnet(reader, netuid);
}

/** The validator that was named: by --hotkey-ss58, or by --hotkey, which is where bittensor 11 has it. */
export function namedHotkey(context: CommandContext, flags: { readonly 'hotkey-ss58'?: string | undefined }) {
  const { 'hotkey-ss58': named } = flags;
  return named ?? (context.sourceOf('hotkey') === 'option' ? context.settings.hotkey : undefined);
}

/** A hotkey that gets stake, and how it was found. */
export interface ChosenHotkey {
  readonly address: string;
  readonly chosen: 'given' | 'asked' | 'most-stake';
}

/**
 * The hotkey to stake with: an address, a hotkey of the wallet by name, or a validator of the subnet. Asked for at a prompt;
 * without one the subnet's validator with the most stake.
 */
export async function needValidator(
  context: CommandContext,
  reader: Reader,
  wallet: WalletRef,
  subnet: SubnetSummary,
  given: string | undefined,
): Promise<ChosenHotkey> {
  if (given !== undefined) return { address: await resolveHotkey(context, wallet, given), chosen: 'given' };
  const validators = validatorsOf(await readNeurons(reader, subnet.netuid));
  const [first] = validators;
  if (!context.interactive) {
    if (first) return { address: first.hotkey, chosen: 'most-stake' };
    throw new CliError('HOTKEY_UNKNOWN', `Subnet ${subnet.netuid} has no validator to stake with.`, {
      hints: ['Name a hotkey with --hotkey-ss58.'],
      data: { netuid: subnet.netuid },
    });
  }
  const { columns = 80 } = context.output.io.stderr;
  const address = await context.need<string>({
    flag: 'hotkey-ss58',
    type: 'ss58',
    message: 'Stake with which validator?',
    parse: String,
    choices: () =>
      validators.map((validator) => ({
        value: validator.hotkey,
        short: validator.hotkey,
        name: describeValidator(validator, columns),
      })),
  });
  return { address: await resolveHotkey(context, wallet, address), chosen: 'asked' };
}

/** One line of a list of choices, with a mark before it: the address is cut where the terminal is too narrow for it. */
function describeValidator({ uid, hotkey, totalStake }: Neuron, columns: number): string {
  const stake = `stake ${shortUnits(totalStake, 3)}`;
  const room = columns - `❯ uid 123    ${stake}`.length;
  return `uid ${String(uid).padStart(3)}  ${truncate(hotkey, Math.max(SHORTEST_ADDRESS, room), 'middle')}  ${stake}`;
}
