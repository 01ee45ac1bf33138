import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { homeOf, resolvePaths } from '../../paths.ts';
import { CodePack, packName } from './code-pack.ts';
import { Loader } from './loader.ts';

/** Made by the build from all that it built: compiled code is only good for what it was compiled from. */
declare const BUILD_ID: string;

// The bundle of this file is dist/run.js, which bin/run.js loads; the program lies beside it.
const pack = new CodePack(join(resolvePaths(process.env).cache, 'code', packName(BUILD_ID, cachedDataVersionTag())));
const loader = new Loader(__dirname, pack);
process.once('exit', (code) => {
  // Other ends are early ones, which have compiled little of what the command needs. A home is not made for a cache.
  if ((code === 0 || code === 130) && existsSync(homeOf(process.env))) loader.save();
});
loader.load(join(__dirname, 'main.js'));
