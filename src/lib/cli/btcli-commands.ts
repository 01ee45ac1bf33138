/**
 * Commands and topics of btcli 9 and bittensor 11 that btcli-ts has under no name, and what does something like them. Who
 * types one is told so, rather than that it is a mistake. Topics and words are canonical, without aliases.
 */
const WITHOUT_COUNTERPART: Readonly<Record<string, string | undefined>> = {
  ...without(
    ['axon', 'crowdloan', 'evm', 'extension', 'collateral', 'lock', 'conviction', 'liquidity', 'misc', 'multisig'],
    ['proxy', 'query', 'root', 'sudo', 'hparams', 'timelock', 'tools', 'tx', 'call', 'upgrade', 'utils', 'weight'],
    ['stake auto', 'stake set-auto', 'stake set-claim', 'stake process-claim', 'stake child', 'stake wizard'],
    ['stake move', 'stake move-swap', 'stake swap', 'stake transfer', 'stake burn', 'wallet history'],
    ['subnet conviction', 'subnet hyperparameters', 'subnet hparams', 'subnet mechanism', 'subnet set-identity'],
    ['subnet set-symbol', 'config add-proxy', 'config proxies', 'config remove-proxy', 'config update-proxy'],
    ['config clear-proxies'],
  ),
  'address save': '`btcli-ts address add` keeps an address under a name.',
  'address show': '`btcli-ts address list` shows all names.',
  explain: '`btcli-ts epoch explain` explains an epoch; an error here says by itself what to do.',
  'root list': '`btcli-ts subnet show 0` shows who is on root.',
  'stake show': '`btcli-ts stake list` shows what is staked.',
  'stake unstake-all': '`btcli-ts stake remove --all` takes a whole position back, one subnet at a time.',
  'stake unstake-all-alpha': '`btcli-ts stake remove --all` takes a whole position back, one subnet at a time.',
  'subnet check-start': '`btcli-ts subnet start` says when it is too early.',
  'subnet get-identity': '`btcli-ts subnet show` shows it.',
  'sudo check-start': '`btcli-ts subnet start` says when it is too early.',
  'sudo get-identity': '`btcli-ts subnet show` shows it.',
  'sudo start': '`btcli-ts subnet start` starts a subnet.',
  'sudo trigger-epoch': '`btcli-ts localnet advance --epochs 1 --netuid N` runs one on the bundled chain.',
  view: '`btcli-ts subnet list` and `btcli-ts wallet overview` show the same figures in the terminal.',
  'wallet faucet': '`btcli-ts localnet fund` gives TAO on the bundled chain; other networks have no faucet.',
};

/** Of the words of a command, those that name one of btcli's without counterpart, and what to do instead, if anything. */
export function onlyInBtcli(
  words: readonly string[],
): { readonly command: string; readonly instead: string | undefined } | undefined {
  for (let length = Math.min(2, words.length); length > 0; length--) {
    const command = words.slice(0, length).join(' ');
    if (Object.hasOwn(WITHOUT_COUNTERPART, command)) return { command, instead: WITHOUT_COUNTERPART[command] };
  }
  return undefined;
}

function without(...lists: readonly (readonly string[])[]): Record<string, undefined> {
  return Object.fromEntries(lists.flat().map((command) => [command, undefined]));
}
