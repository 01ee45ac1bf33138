/**
 * Options of btcli 9 and bittensor 11 that no command here has, each with the reason and what to do instead. A script
 * that uses one is told so, rather than that the option is a mistake.
 */
const REASONS: Readonly<Record<string, string>> = {
  ...because('Calls for another account (proxies, multisig) cannot be sent: sign with the account itself.', [
    'proxy',
    'proxy-for',
    'force-proxy-type',
    'signatory',
    'announce-only',
  ]),
  ...because('Only key files sign: devices, browser extensions and Vault cannot be used.', [
    'signer',
    'signer-address',
    'ledger',
    'ledger-account',
    'ledger-index',
    'extension-source',
    'extension-browser',
    'extension-bridge',
  ]),
  ...because(
    'Nothing is sent through the MEV shield. The price limit (--safe, on by default) bounds what a front-runner can take; leave the option out.',
    ['mev-shield', 'mev-protection'],
  ),
  ...because('One endpoint is used: name it with --network.', [
    'fallback-endpoints',
    'archive-endpoints',
    'retry-forever',
  ]),
  ...because(
    '`btcli-ts wallet keychain save` keeps the password in the keychain, where commands find it by themselves.',
    ['macos-password', 'keychain-password'],
  ),
  ...because('One subnet and one validator a command: repeat the command with --netuid and --hotkey-ss58.', [
    'all-netuids',
    'all-hotkeys',
    'exclude-hotkeys',
    'unstake-all-alpha',
    'all-alpha',
  ]),
  ...because('Root dividends cannot be claimed along with it.', ['claim']),
  ...because('Prices of the past are not kept; the present ones are shown.', [
    'interval-hours',
    'interval',
    'log-scale',
    'log',
    'html',
  ]),
  ...because('Registration burns TAO; proof of work is not done.', [
    'pow',
    'pow-workers',
    'pow-backend',
    'pow-device',
    'pow-timeout',
  ]),
  ...because('To see it again and again: watch -n 12 btcli-ts …', ['live']),
  ...because('The order stands in --sort: COLUMN, or -COLUMN for descending.', ['sort-order']),
  ...because('`btcli-ts epoch show --mechanism M` shows one mechanism of a subnet.', [
    'mechid',
    'mech-id',
    'mechanism-id',
  ]),
  ...because('Nothing is put on the clipboard: pipe the output to your clipboard program.', ['copy']),
  ...because('There is no such setting; `btcli-ts config list` shows those that there are.', [
    'cache',
    'no-cache',
    'disk-cache',
    'no-disk-cache',
    'dashboard-path',
    'dash-path',
  ]),
};

/** Why a long option of the official tools is not taken, if it is one. */
export function reasonWithout(name: string): string | undefined {
  return REASONS[name];
}

function because(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
