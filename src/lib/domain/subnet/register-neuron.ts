import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { formatUnits, type Rao, rao, shortTao, type Tolerance, UNITS_PER_WHOLE } from '../../units.ts';
import { readBalance, requireBalance } from '../balance.ts';
import { type CallSpec, type PlannedCall, planCall } from '../transaction.ts';
import type { SubnetSummary } from './subnets.ts';

export interface RegisterRequest {
  readonly subnet: SubnetSummary;
  readonly coldkey: string;
  readonly hotkey: string;
  /** How much more than now registration may cost when it executes. */
  readonly tolerance: Tolerance;
  readonly safe: boolean;
  readonly period: number;
}

export interface RegisterPlan {
  readonly planned: PlannedCall;
  /** TAO burned, 0 on root. */
  readonly cost: Rao;
  /** Most that the chain may take; null on root and without protection. */
  readonly limit: Rao | null;
}

/** Plans the registration of a hotkey as a neuron of a subnet, or as a root validator. */
export async function planRegister(
  client: ChainClient,
  reader: Reader,
  request: RegisterRequest,
): Promise<RegisterPlan> {
  const { subnet, coldkey, hotkey, tolerance, safe, period } = request;
  const isRoot = subnet.netuid === 0;
  const [uid, burn, allowed] = await reader.many<[number | undefined, bigint, boolean]>([
    ['SubtensorModule', 'Uids', subnet.netuid, hotkey],
    ['SubtensorModule', 'Burn', subnet.netuid],
    ['SubtensorModule', 'NetworkRegistrationAllowed', subnet.netuid],
  ]);
  if (uid !== undefined) {
    throw new CliError('VALIDATION', `The hotkey is registered on subnet ${subnet.netuid} already, as uid ${uid}.`, {
      data: { netuid: subnet.netuid, uid, hotkey },
    });
  }
  if (!allowed && !isRoot) {
    throw new CliError('VALIDATION', `Subnet ${subnet.netuid} takes no registrations now.`, {
      data: { netuid: subnet.netuid },
    });
  }
  const cost = rao(isRoot ? 0n : burn);
  const limit = safe && !isRoot ? rao((burn * (UNITS_PER_WHOLE + tolerance)) / UNITS_PER_WHOLE) : null;
  const planned = await planCall(client, reader, registerCall(request, limit), { signer: coldkey, period });
  requireBalance(await readBalance(reader, coldkey), cost, planned.fee);
  return { planned, cost, limit };
}

function registerCall({ subnet, hotkey }: RegisterRequest, limit: Rao | null): CallSpec {
  const pallet = 'SubtensorModule';
  if (subnet.netuid === 0) return { pallet, name: 'root_register', args: { hotkey } };
  if (limit === null) return { pallet, name: 'burned_register', args: { netuid: subnet.netuid, hotkey } };
  return { pallet, name: 'register_limit', args: { netuid: subnet.netuid, hotkey, limit_price: limit } };
}

/** Rows of a preview about the cost of a registration. */
export const costRows = ({ cost, limit }: RegisterPlan): (readonly [string, string])[] => [
  ['Cost', cost === 0n ? 'free, but for the fee' : `${shortTao(cost)}, burned`],
  ['At most', limit === null ? 'no limit' : shortTao(limit)],
];

/** A registration's cost as results carry it. */
export const describeCost = ({ cost, limit }: RegisterPlan) => ({
  costTao: formatUnits(cost),
  limitTao: limit === null ? null : formatUnits(limit),
});
