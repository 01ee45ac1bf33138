import { type Environment, expandHome } from '../paths.ts';

/** A file that was named at a prompt, where no shell has expanded `~`; `-` is stdin. */
export function typedPath(text: string, env: Environment): string {
  return expandHome(text.trim(), env);
}
