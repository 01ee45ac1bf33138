import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A file of what the chain's own native code computed, and how long it took. */
export function recorded<T>(name: string): T {
  return JSON.parse(gunzipSync(readFileSync(`test/data/vectors/${name}.json.gz`)).toString('utf8')) as T;
}

/** Medians in microseconds. */
export const nativeTimings = (): Record<string, number> => recorded('native-timings');
