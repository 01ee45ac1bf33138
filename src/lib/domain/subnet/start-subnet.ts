import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { rao } from '../../units.ts';
import { readBalance, requireBalance } from '../balance.ts';
import { type PlannedCall, planCall } from '../transaction.ts';
import type { SubnetSummary } from './subnets.ts';

/** Plans `start_call`: only the owner may, and only once. */
export async function planStartSubnet(
  client: ChainClient,
  reader: Reader,
  { subnet, coldkey, period }: { readonly subnet: SubnetSummary; readonly coldkey: string; readonly period: number },
): Promise<PlannedCall> {
  const { netuid } = subnet;
  if (subnet.ownerColdkey !== coldkey) {
    throw new CliError(
      'VALIDATION',
      `Subnet ${netuid} belongs to ${subnet.ownerColdkey}; only its owner can start it.`,
      {
        data: { netuid, owner: subnet.ownerColdkey },
      },
    );
  }
  if ((await reader.get<bigint | undefined>('SubtensorModule', 'FirstEmissionBlockNumber', netuid)) !== undefined) {
    throw new CliError('VALIDATION', `Subnet ${netuid} has been started already.`, { data: { netuid } });
  }
  const planned = await planCall(
    client,
    reader,
    { pallet: 'SubtensorModule', name: 'start_call', args: { netuid } },
    { signer: coldkey, period },
  );
  requireBalance(await readBalance(reader, coldkey), rao(0n), planned.fee);
  return planned;
}
