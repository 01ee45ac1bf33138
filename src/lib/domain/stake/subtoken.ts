import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import type { SubnetSummary } from '../subnet/subnets.ts';

/** @throws CliError SUBTOKEN_DISABLED while a subnet's token may not be traded. */
export async function requireSubtoken(reader: Reader, subnet: SubnetSummary): Promise<void> {
  if (await reader.get<boolean>('SubtensorModule', 'SubtokenEnabled', subnet.netuid)) return;
  throw new CliError('SUBTOKEN_DISABLED', `The token of subnet ${subnet.netuid} (${subnet.name}) is not enabled yet.`, {
    hints: [
      subnet.netuid === 0
        ? 'Root staking has to be enabled by the chain first.'
        : 'Its owner has to start it first; choose another subnet.',
    ],
    data: { netuid: subnet.netuid },
  });
}
