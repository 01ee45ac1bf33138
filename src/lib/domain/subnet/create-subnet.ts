import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { type Rao, rao } from '../../units.ts';
import { readBalance, requireBalance } from '../balance.ts';
import { type PlannedCall, planCall } from '../transaction.ts';

/** What a subnet says of itself; empty where nothing is said. */
export interface SubnetIdentity {
  readonly subnet_name: string;
  readonly github_repo: string;
  readonly subnet_contact: string;
  readonly subnet_url: string;
  readonly discord: string;
  readonly description: string;
  readonly logo_url: string;
  readonly additional: string;
}

export interface CreateSubnetPlan {
  readonly planned: PlannedCall;
  /** TAO that goes into the pool of the new subnet, in rao. */
  readonly cost: Rao;
}

/** Longest texts that the chain takes, in bytes (subnets/subnet.rs). */
const LIMITS: Readonly<Record<keyof SubnetIdentity, number>> = {
  subnet_name: 256,
  github_repo: 1024,
  subnet_contact: 1024,
  subnet_url: 1024,
  discord: 256,
  description: 1024,
  logo_url: 1024,
  additional: 1024,
};

/** Plans the registration of a new subnet, owned by the coldkey, with the hotkey as its first neuron. */
export async function planCreateSubnet(
  client: ChainClient,
  reader: Reader,
  request: {
    readonly coldkey: string;
    readonly hotkey: string;
    readonly identity: SubnetIdentity | undefined;
    readonly period: number;
  },
): Promise<CreateSubnetPlan> {
  const { coldkey, hotkey, identity, period } = request;
  if (identity) checkIdentity(identity);
  const cost = rao(await reader.api<bigint>('SubnetRegistrationRuntimeApi', 'get_network_registration_cost'));
  const call = identity
    ? {
        pallet: 'SubtensorModule',
        name: 'register_network_with_identity',
        args: { hotkey, identity: asBytes(identity) },
      }
    : { pallet: 'SubtensorModule', name: 'register_network', args: { hotkey } };
  const planned = await planCall(client, reader, call, { signer: coldkey, period });
  requireBalance(await readBalance(reader, coldkey), cost, planned.fee);
  return { planned, cost };
}

function checkIdentity(identity: SubnetIdentity): void {
  for (const [field, limit] of Object.entries(LIMITS) as [keyof SubnetIdentity, number][]) {
    const length = Buffer.byteLength(identity[field]);
    if (length <= limit) continue;
    throw new CliError(
      'VALIDATION',
      `The ${field.replace('_', ' ')} is ${length} bytes long; the chain takes ${limit}.`,
      { data: { field, length, limit } },
    );
  }
}

const asBytes = (identity: SubnetIdentity) =>
  Object.fromEntries(Object.entries(identity).map(([field, text]) => [field, new TextEncoder().encode(text)]));
