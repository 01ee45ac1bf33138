import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { chainText } from '../chain-text.ts';
import { type PlannedCall, planCall } from '../transaction.ts';
import { ownedHotkeys, registeredOn } from './hotkeys.ts';

/** The fields of a coldkey's identity with the most bytes that the chain takes (is_valid_identity). */
const IDENTITY_LIMITS = {
  name: 256,
  url: 256,
  github_repo: 256,
  image: 1024,
  discord: 256,
  description: 1024,
  additional: 1024,
} as const;

type Field = keyof typeof IDENTITY_LIMITS;
export type Identity = Readonly<Record<Field, string>>;

const FIELDS = Object.keys(IDENTITY_LIMITS) as Field[];

type RawIdentity = Readonly<Record<Field, Uint8Array>>;

const readRaw = (reader: Reader, coldkey: string): Promise<RawIdentity | undefined> =>
  reader.get<RawIdentity | undefined>('SubtensorModule', 'IdentitiesV2', coldkey);

/** What a coldkey says of itself, safe to be shown; undefined when nothing. */
export async function readIdentity(reader: Reader, coldkey: string): Promise<Identity | undefined> {
  const raw = await readRaw(reader, coldkey);
  return raw && toText(raw);
}

const toText = (raw: RawIdentity): Identity =>
  Object.fromEntries(FIELDS.map((field) => [field, chainText(raw[field], IDENTITY_LIMITS[field])])) as Record<
    Field,
    string
  >;

/**
 * Plans to set fields of an identity; the others stay as they are.
 * @throws CliError VALIDATION (too long; no hotkey of the coldkey is registered)
 */
export async function planSetIdentity(
  client: ChainClient,
  reader: Reader,
  request: { readonly coldkey: string; readonly change: Partial<Identity>; readonly period: number },
): Promise<{ readonly planned: PlannedCall; readonly identity: Identity }> {
  const { coldkey, change, period } = request;
  const before = await readRaw(reader, coldkey);
  const args = Object.fromEntries(
    FIELDS.map((field) => {
      const text = change[field];
      return [field, text === undefined ? (before?.[field] ?? new Uint8Array()) : new TextEncoder().encode(text)];
    }),
  ) as Record<Field, Uint8Array>;
  for (const field of FIELDS) requireLength(field, args[field].length);
  await requireRegistration(reader, coldkey);
  const call = { pallet: 'SubtensorModule', name: 'set_identity', args };
  return { planned: await planCall(client, reader, call, { signer: coldkey, period }), identity: toText(args) };
}

function requireLength(field: Field, bytes: number): void {
  const most = IDENTITY_LIMITS[field];
  if (bytes <= most) return;
  throw new CliError('VALIDATION', `"${field}" has ${bytes} bytes; the chain takes ${most}.`, {
    data: { field, bytes, most },
  });
}

async function requireRegistration(reader: Reader, coldkey: string): Promise<void> {
  for (const hotkey of await ownedHotkeys(reader, coldkey)) {
    if ((await registeredOn(reader, hotkey)).length > 0) return;
  }
  throw new CliError('VALIDATION', 'Only a coldkey with a registered hotkey can have an identity.', {
    hints: ['`btcli-ts subnet register` registers one.'],
    data: { coldkey },
  });
}
