import { fileURLToPath } from 'node:url';
import type { CommandClass } from './base-command.ts';
import { main } from './main.ts';

// The bundle of this file is dist/main.js, and the commands lie beside it.
await main(fileURLToPath(new URL('..', import.meta.url)), async (id) => {
  const module: { default: CommandClass } = await import(
    new URL(`./commands/${id.replaceAll(' ', '/')}.js`, import.meta.url).href
  );
  return module.default;
});
