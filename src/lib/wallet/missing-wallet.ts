import { CliError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { WalletRef } from './layout.ts';
import { listWallets } from './list.ts';

/** The wallet that is meant where none is named. */
const DEFAULT_NAME = 'default';

/** WALLET_NOT_FOUND with what to do next: the name that was meant, or, where there is no wallet at all, how to get one. */
export function walletNotFound({ root, name }: WalletRef): CliError {
  const names = listWallets(root).map((wallet) => wallet.name);
  const suggestion = nearest(name, names);
  const isFirst = names.length === 0;
  // A name that a shell would not take as it stands is asked for.
  const named = name !== DEFAULT_NAME && /^[\w.-]+$/.test(name) ? ` --wallet-name ${name}` : '';
  const message = isFirst ? `There is no wallet in ${root} yet.` : `There is no wallet "${name}" in ${root}.`;
  return new CliError('WALLET_NOT_FOUND', message, {
    hints: [
      ...(suggestion ? [`Did you mean ${suggestion}?`] : []),
      ...(isFirst ? [] : ['`btcli-ts wallet list` shows the wallets that exist.']),
      `\`btcli-ts wallet create${named}\` makes a new one.`,
      `\`btcli-ts wallet regen-coldkey${named}\` restores one from its recovery phrase.`,
      ...(isFirst ? ['--wallet-path names another folder with wallets.'] : []),
    ],
    data: { wallet: name, path: root, ...(suggestion ? { suggestion } : {}) },
  });
}
