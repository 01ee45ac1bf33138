import { type Identity, planSetIdentity } from '../domain/wallet/identity.ts';
import { CliError } from '../errors.ts';
import { COLDKEY } from '../wallet/index.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { describeIdentity, identitySchema } from './identity-result.ts';
import { type Infer, s } from './schema/schema.ts';
import { describeSent, sentFields } from './sent.ts';
import { transact } from './transact.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

export const setIdentitySchema = s.object({ coldkey: s.ss58(), identity: identitySchema, ...sentFields });

/** The chain's fields by the options that set them. */
const OPTIONS = {
  'id-name': 'name',
  'web-url': 'url',
  'github-repo': 'github_repo',
  'image-url': 'image',
  discord: 'discord',
  description: 'description',
  additional: 'additional',
} as const;

type Flags = { readonly [K in keyof typeof OPTIONS]?: string | undefined };

/** Sets the identity of the chosen wallet's coldkey. */
export async function setIdentity(context: CommandContext, flags: Flags): Promise<Infer<typeof setIdentitySchema>> {
  const options = Object.keys(OPTIONS) as (keyof typeof OPTIONS)[];
  const given = options.filter((option) => flags[option] !== undefined);
  const change: { -readonly [K in keyof Identity]?: string } = {};
  for (const option of given) change[OPTIONS[option]] = flags[option]!;
  if (given.length === 0) {
    if (!context.interactive) {
      throw new CliError('INPUT_REQUIRED', 'Missing: what to say.', {
        hints: [`Give ${options.map((option) => `--${option}`).join(', ')}.`],
        data: { needs: options.map((option) => ({ flag: `--${option}`, type: 'text' })) },
      });
    }
    change.name = await context.need({ flag: 'id-name', type: 'text', message: 'Name:', parse: String });
  }
  const wallet = await chooseWallet(context);
  const coldkey = await addressOf(wallet, COLDKEY);
  const client = await openChain(context);
  const { period } = context.settings;
  const { planned, identity } = await planSetIdentity(client, await client.reader(), { coldkey, change, period });
  const described = describeIdentity(identity);
  const sent = await transact(context, {
    client,
    plan: planned,
    wallet,
    key: COLDKEY,
    reason: 'to sign the identity',
    preview: {
      title: `Say who ${coldkey} is`,
      rows: Object.entries(described).map(([field, text]) => [field, text === '' ? undefined : text] as const),
      warnings: ['An identity is public, and stays in the history of the chain.'],
    },
  });
  return { coldkey, identity: described, ...describeSent(planned, sent) };
}
