import type { Identity } from '../domain/wallet/identity.ts';
import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';

/** A coldkey's identity as results carry it. */
export const identitySchema = s.object({
  name: s.string(),
  url: s.string(),
  githubRepo: s.string(),
  image: s.string(),
  discord: s.string(),
  description: s.string(),
  additional: s.string(),
});

export function describeIdentity({ github_repo, ...rest }: Identity): Infer<typeof identitySchema> {
  return { ...rest, githubRepo: github_repo };
}

export function renderIdentity(identity: Infer<typeof identitySchema>, ui: Ui): void {
  const shown = (text: string): string | undefined => (text === '' ? undefined : text);
  ui.fields([
    ['Name', shown(identity.name)],
    ['Web', shown(identity.url)],
    ['GitHub', shown(identity.githubRepo)],
    ['Image', shown(identity.image)],
    ['Discord', shown(identity.discord)],
    ['About', shown(identity.description)],
    ['More', shown(identity.additional)],
  ]);
}
