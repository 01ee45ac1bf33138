import { CliError } from './errors.ts';
import { nearest } from './nearest.ts';

/** Networks with a name; anything else must be a ws:// or wss:// address. */
const NETWORK_NAMES = ['local', 'finney', 'test', 'archive'] as const;

export type NetworkName = (typeof NETWORK_NAMES)[number];

/** What people write for a network that has another name; only ever suggested, never assumed. */
const OTHER_NAMES: Readonly<Record<string, NetworkName>> = {
  mainnet: 'finney',
  main: 'finney',
  bittensor: 'finney',
  testnet: 'test',
  localnet: 'local',
  localhost: 'local',
  dev: 'local',
};

/** Accepts a known name or a WebSocket address, and nothing that merely resembles one. */
export function parseNetwork(text: string): string {
  const value = text.trim();
  if ((NETWORK_NAMES as readonly string[]).includes(value)) return value;
  if (/^wss?:\/\//i.test(value)) {
    if (URL.canParse(value)) return value;
    throw new CliError('UNKNOWN_NETWORK', 'The network address is not a valid URL.', {
      hints: ['An address looks like ws://127.0.0.1:9944 or wss://host.'],
    });
  }
  if (/^\d+(\s*,\s*\d+)*$/.test(value)) {
    throw new CliError('UNKNOWN_NETWORK', `"${value}" is not a network.`, {
      hints: [`-n chooses the network here. For a subnet write --netuid ${value}.`],
      data: { value, networks: [...NETWORK_NAMES] },
    });
  }
  const suggestion = OTHER_NAMES[value.toLowerCase()] ?? nearest(value, NETWORK_NAMES);
  throw new CliError('UNKNOWN_NETWORK', `There is no network called "${value.slice(0, 60)}".`, {
    hints: [
      ...(suggestion === undefined ? [] : [`Did you mean ${suggestion}?`]),
      `Networks: ${NETWORK_NAMES.join(', ')}, or a ws:// or wss:// address.`,
    ],
    data: { value: value.slice(0, 60), networks: [...NETWORK_NAMES], ...(suggestion ? { suggestion } : {}) },
  });
}
