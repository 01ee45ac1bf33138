import type { ChainClient } from '../chain/client.ts';
import { CliError } from '../errors.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';

/** Commands that move or fund the bundled chain run on no other. @throws CliError USAGE */
export function requireLocal(context: CommandContext): void {
  const { network } = context.settings;
  if (network === 'local') return;
  throw new CliError('USAGE', `This works on the local network only; ${network} was asked for.`, {
    hints: [
      context.sourceOf('network') === 'option'
        ? 'Leave --network out.'
        : `The network comes from the ${context.sourceOf('network')}: add --network local.`,
    ],
    data: { network },
  });
}

/** The local chain: opened here, or through the process that has it open. */
export async function openLocalChain(context: CommandContext): Promise<ChainClient> {
  requireLocal(context);
  return openChain(context);
}
