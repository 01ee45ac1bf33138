/** Other names of topics, as btcli 9 and bittensor 11 have them. */
const TOPIC_ALIASES: Readonly<Record<string, string>> = {
  subnets: 'subnet',
  s: 'subnet',
  wallets: 'wallet',
  w: 'wallet',
  st: 'stake',
  stakes: 'stake',
  conf: 'config',
  c: 'config',
  rt: 'root',
  su: 'sudo',
  weights: 'weight',
  wt: 'weight',
  crowd: 'crowdloan',
  cr: 'crowdloan',
  crowdloans: 'crowdloan',
  addr: 'address',
  addresses: 'address',
  util: 'utils',
};

/** Other names of topics within a topic. */
const SUBTOPIC_ALIASES: Readonly<Record<string, string>> = {
  'stake children': 'stake child',
  'subnet mech': 'subnet mechanism',
  'subnet mechanisms': 'subnet mechanism',
  'sudo mech': 'subnet mechanism',
  'sudo mechanisms': 'subnet mechanism',
};

/** What each topic is for, shown in help. */
export const TOPIC_SUMMARIES: Readonly<Record<string, string>> = {
  wallet: 'create, list and use keys',
  'wallet keychain': "keep coldkey passwords in the system's keychain",
  'wallet swap-coldkey': 'move everything to another coldkey: announce, then execute',
  stake: 'stake TAO on subnets, list and take back',
  'stake child': 'delegate stake to child hotkeys',
  subnet: 'look at subnets, create and register',
  'subnet mechanism': "a subnet's mechanisms and their share of emission",
  swap: "a subnet's pool as a market: quote, buy and sell alpha",
  localnet: 'the bundled chain: start, stop, advance, fund',
  config: 'settings that commands fall back on',
  address: 'the address book',
  autocomplete: 'completion for your shell',
  epoch: "a subnet's last epoch, explained",
  emission: "where each block's TAO and alpha go",
  yuma: 'run Yuma consensus on data of your own',
  weight: 'set, commit and reveal weights',
  proxy: 'accounts that act for another',
  crowdloan: 'raise funds together',
  root: 'root stake and its dividends',
  sudo: "a subnet's hyperparameters",
};

/** Replaces aliases of topics and underscores in the words of a command. */
export function canonicalWords(words: readonly string[]): string[] {
  const result: string[] = [];
  for (const [position, word] of words.entries()) {
    const dashed = word.replaceAll('_', '-');
    result.push(position === 0 ? (TOPIC_ALIASES[dashed] ?? dashed) : dashed);
    const joined = SUBTOPIC_ALIASES[result.join(' ')];
    if (joined !== undefined) result.splice(0, result.length, ...joined.split(' '));
  }
  return result;
}

/** Every first word that leads somewhere, for suggestions. */
export const TOPIC_ALIAS_NAMES: readonly string[] = Object.keys(TOPIC_ALIASES).filter((name) => name.length > 2);
