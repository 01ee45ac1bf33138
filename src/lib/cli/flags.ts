import { Args, Flags } from '@oclif/core';
import { type Alpha, type NetUid, parseAlpha, parseNetuid, parseTao, type Rao } from '../units.ts';

/** Options that every command has. Their values are read as text and checked with the settings. */
export const globalFlags = {
  network: Flags.string({
    char: 'n',
    helpGroup: 'GLOBAL',
    helpValue: 'NETWORK',
    summary: 'local (default), finney, test, archive, or a ws:// or wss:// address',
  }),
  'wallet-name': Flags.string({ char: 'w', helpGroup: 'GLOBAL', helpValue: 'NAME', summary: 'the wallet to use' }),
  hotkey: Flags.string({ char: 'H', helpGroup: 'GLOBAL', helpValue: 'NAME', summary: "the wallet's hotkey to use" }),
  'wallet-path': Flags.string({
    char: 'p',
    helpGroup: 'GLOBAL',
    helpValue: 'FOLDER',
    summary: 'the folder that holds the wallets',
  }),
  json: Flags.boolean({ helpGroup: 'GLOBAL', summary: 'print one JSON document' }),
  yes: Flags.boolean({ char: 'y', helpGroup: 'GLOBAL', summary: 'ask nothing: confirm, and fail if input is missing' }),
  no: Flags.boolean({ helpGroup: 'GLOBAL', hidden: true, summary: 'decline every confirmation' }),
  'dry-run': Flags.boolean({ helpGroup: 'GLOBAL', summary: 'stop after the plan and print it; send nothing' }),
  quiet: Flags.boolean({ char: 'q', helpGroup: 'GLOBAL', summary: 'no progress on stderr' }),
  verbose: Flags.boolean({ char: 'v', helpGroup: 'GLOBAL', summary: 'more detail on stderr' }),
  'no-color': Flags.boolean({ helpGroup: 'GLOBAL', summary: 'no colours (as NO_COLOR)' }),
  timeout: Flags.string({
    helpGroup: 'GLOBAL',
    helpValue: 'TIME',
    summary: 'how long to wait for the network: 90s, 2m; 0 for ever',
  }),
  wait: Flags.string({
    helpGroup: 'GLOBAL',
    helpValue: 'STATE',
    summary: 'what to wait for after sending: in-block (default), finalized, none',
  }),
};

/** Options of a command that prints a list. */
export const listFlags = {
  csv: Flags.boolean({ helpGroup: 'LIST', summary: 'print comma-separated values' }),
  columns: Flags.string({ helpGroup: 'LIST', helpValue: 'A,B', summary: 'only these columns, in this order' }),
  sort: Flags.string({ helpGroup: 'LIST', helpValue: 'COLUMN', summary: 'sort by a column; -COLUMN for descending' }),
  // btcli 9's; --sort-by is an alias of --sort.
  'sort-order': Flags.string({
    helpGroup: 'LIST',
    hidden: true,
    options: ['asc', 'ascending', 'desc', 'descending', 'reverse'],
    summary: 'which way to sort',
  }),
  filter: Flags.string({
    helpGroup: 'LIST',
    helpValue: 'COLUMN=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'only rows that match; also != < <= > >= and ~ (contains)',
  }),
};

/** Options of a command that needs a wallet's secret key. */
export const unlockFlags = {
  'wallet-password-file': Flags.string({
    helpGroup: 'SIGNING',
    helpValue: 'FILE',
    summary: "a file that holds the coldkey's password (- for stdin)",
  }),
};

/** Options of a command that sends an extrinsic. */
export const transactionFlags = {
  ...unlockFlags,
  period: Flags.string({ helpGroup: 'SIGNING', helpValue: 'BLOCKS', summary: 'blocks during which it is valid' }),
  'metadata-check': Flags.boolean({
    helpGroup: 'SIGNING',
    allowNo: true,
    default: true,
    summary: 'let the chain check that it was shown truly (RFC-0078); default',
  }),
};

/** Options of a command that trades against a subnet's pool. */
export const priceFlags = {
  tolerance: Flags.string({
    helpGroup: 'PRICE',
    helpValue: 'SHARE',
    summary: 'how far the price may move against you: 0.5% (default), or a fraction such as 0.005',
  }),
  safe: Flags.boolean({ helpGroup: 'PRICE', allowNo: true, summary: 'send with a price limit (default)' }),
  partial: Flags.boolean({ helpGroup: 'PRICE', allowNo: true, summary: 'fill in part when the limit is reached' }),
};

/** The subnet that a command is about. */
export const netuidFlag = Flags.custom<NetUid>({
  aliases: ['netuids'],
  helpValue: 'NETUID',
  summary: 'the subnet',
  parse: async (text) => parseNetuid(text),
});

/** The same as an argument, which is how bittensor 11 has it: `subnet show 5`. */
export const netuidArg = Args.custom<NetUid>({
  description: 'the subnet, in place of --netuid',
  parse: async (text) => parseNetuid(text),
});

/** An amount of TAO, read exactly. */
export const taoFlag = Flags.custom<Rao>({ helpValue: 'TAO', parse: async (text) => parseTao(text) });

/** An amount of alpha, read exactly. */
export const alphaFlag = Flags.custom<Alpha>({ helpValue: 'ALPHA', parse: async (text) => parseAlpha(text) });

/** An account: an address, or a name that `resolveAddress` knows. */
export const ss58Flag = Flags.custom<string>({ helpValue: 'ADDRESS|NAME', parse: async (text) => text.trim() });

/** The validator to stake with. */
export const validatorFlag = () =>
  Flags.string({
    aliases: ['hotkey-ss58-address', 'validator', 'include-hotkeys'],
    helpValue: 'ADDRESS|NAME',
    summary: "the validator's hotkey, or the name of one of the wallet's hotkeys",
  });
