import { Flags } from '@oclif/core';
import type { SubnetIdentity } from '../domain/subnet/create-subnet.ts';

/** What a subnet's owner may say of it. */
export const identityFlags = {
  'subnet-name': Flags.string({ helpValue: 'NAME', summary: 'name of the subnet' }),
  description: Flags.string({ helpValue: 'TEXT', summary: 'what it is for' }),
  'subnet-url': Flags.string({ aliases: ['url'], helpValue: 'URL', summary: 'its web site' }),
  'github-repo': Flags.string({ aliases: ['repo'], helpValue: 'URL', summary: 'its source' }),
  'subnet-contact': Flags.string({
    aliases: ['contact', 'email'],
    helpValue: 'TEXT',
    summary: 'how to reach the owner',
  }),
  discord: Flags.string({ aliases: ['discord-handle'], helpValue: 'TEXT', summary: 'where to talk about it' }),
  'logo-url': Flags.string({ helpValue: 'URL', summary: 'its logo' }),
  'additional-info': Flags.string({ aliases: ['additional'], helpValue: 'TEXT', summary: 'anything else' }),
};

/** The identity that the options give; undefined when they say nothing. */
export function identityOf(
  flags: { readonly [K in keyof typeof identityFlags]?: string | undefined },
): SubnetIdentity | undefined {
  const identity = {
    subnet_name: flags['subnet-name'] ?? '',
    github_repo: flags['github-repo'] ?? '',
    subnet_contact: flags['subnet-contact'] ?? '',
    subnet_url: flags['subnet-url'] ?? '',
    discord: flags.discord ?? '',
    description: flags.description ?? '',
    logo_url: flags['logo-url'] ?? '',
    additional: flags['additional-info'] ?? '',
  };
  return Object.values(identity).some((text) => text !== '') ? identity : undefined;
}
