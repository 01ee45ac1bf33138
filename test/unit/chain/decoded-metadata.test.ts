import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCodecs } from '../../../src/lib/chain/codecs.ts';
import { DECODER, decodeMetadata, loadDecodedMetadata } from '../../../src/lib/chain/decoded-metadata.ts';
import { NodeRuntime } from '../../../src/lib/localnet/node/node-runtime.ts';

const unused = (): never => {
  throw new Error('metadata needs no state');
};
const runtime = new NodeRuntime({ fast: false }, { rootOf: unused, verifySignature: unused });
const bytes = runtime.metadata(15)!;
/** Metadata of a chain whose `add_stake` has another name. */
const renamed = Uint8Array.from(
  Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('add_stake', 'bad_stake'), 'latin1'),
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'btcli-decoded-'));
});

const onlyFile = (): string => join(folder, readdirSync(folder)[0]!);

describe('decoded metadata', () => {
  it.each([14, 15, 16])('of version %i is the same from the cache', async (version) => {
    const served = runtime.metadata(version)!;
    const first = await loadDecodedMetadata(served, folder);
    const kept = await loadDecodedMetadata(served, folder);
    expect(kept).not.toBe(first);
    expect(kept).toEqual(decodeMetadata(served));
    const [a, b] = [createCodecs(kept), createCodecs(served)];
    for (const { name, storage, constants } of b.metadata.pallets) {
      for (const constant of constants)
        expect(a.constant(name, constant.name)).toEqual(b.constant(name, constant.name));
      for (const item of storage?.items ?? []) {
        expect(a.storageValue(name, item.name, null), item.name).toEqual(b.storageValue(name, item.name, null));
      }
    }
  });

  it('is kept for the user alone', async () => {
    await loadDecodedMetadata(bytes, folder);
    expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
  });

  it('is not that of other bytes', async () => {
    await loadDecodedMetadata(bytes, folder);
    const other = createCodecs(await loadDecodedMetadata(renamed, folder));
    const args = { hotkey: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', netuid: 1, amount_staked: 1n };
    expect(() => other.encodeCall('SubtensorModule', 'add_stake', args)).toThrow(/no call/);
    expect(other.encodeCall('SubtensorModule', 'bad_stake', args)[0]).toBe(7);
  });

  it.each([
    ['is damaged', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 1000))],
    ['is empty', (file: string) => writeFileSync(file, '')],
    [
      'others could have written',
      (file: string) => {
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll('add_stake', 'bad_stake'));
        chmodSync(file, 0o622);
      },
    ],
  ])('is made anew where the kept one %s', async (_, spoil) => {
    await loadDecodedMetadata(bytes, folder);
    spoil(onlyFile());
    expect(await loadDecodedMetadata(bytes, folder)).toEqual(decodeMetadata(bytes));
    expect(JSON.parse(readFileSync(onlyFile(), 'utf8'))).toEqual(JSON.parse(JSON.stringify(decodeMetadata(bytes))));
  });

  it('names the decoder that is installed: another one may give another form', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const [name, version] = DECODER.split(' ') as [string, string];
    expect(devDependencies[name]).toBe(version);
  });
});
