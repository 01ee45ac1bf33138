import { dirname } from 'node:path';
import type { CommandClass } from './base-command.ts';
import { main } from './main.ts';

// The bundle of this file is dist/main.js, and the commands lie beside it.
void main(dirname(__dirname), async (id) => {
  const file = `./commands/${id.replaceAll(' ', '/')}.js`;
  const module: { default: CommandClass } = await import(file);
  return module.default;
});
