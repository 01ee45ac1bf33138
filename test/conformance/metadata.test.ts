import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareDescriptions } from '../../scripts/parity/compare.ts';
import type { Description, PalletDescription } from '../../scripts/parity/description.ts';
import { measure, ourDescription, theirDescription } from '../../scripts/parity/measure.ts';
import { renderParity, withGenerated } from '../../scripts/parity/render.ts';

describe.each([14, 15, 16] as const)('metadata v%i', (version) => {
  it.each([false, true])('has nothing that the chain has otherwise (fast: %s)', (fast) => {
    const { different, compared } = measure(version, fast);
    expect(different).toEqual([]);
    expect(compared.pallet).toBeGreaterThanOrEqual(22);
    expect(compared['storage item']).toBeGreaterThanOrEqual(320);
    expect(compared.call).toBeGreaterThanOrEqual(198);
    expect(compared.constant).toBeGreaterThanOrEqual(113);
    expect(compared.extension).toBe(13);
    if (version > 14) expect(compared['API method']).toBeGreaterThanOrEqual(80);
  });
});

describe('docs/PARITY.md', () => {
  it('tells what is missing; `npm run parity` writes it', () => {
    const document = readFileSync('docs/PARITY.md', 'utf8');
    const generated = renderParity(ourDescription(15, false), theirDescription(false));
    expect(document).toBe(withGenerated(document, generated));
  });
});

describe('the comparison', () => {
  const theirs = theirDescription(false);
  const changed = (name: string, change: (pallet: PalletDescription) => PalletDescription): Description => ({
    ...theirs,
    pallets: theirs.pallets.map((pallet) => (pallet.name === name ? change(pallet) : pallet)),
  });
  const differences = (ours: Description): readonly string[] => compareDescriptions(ours, theirs).different;

  it('finds nothing in the chain itself', () => {
    const { different, missing } = compareDescriptions(theirs, theirs);
    expect([different, missing]).toEqual([[], []]);
  });

  it.each<[string, (pallet: PalletDescription) => PalletDescription]>([
    ['index', (pallet) => ({ ...pallet, index: pallet.index + 1 })],
    [
      'a hasher',
      (pallet) => ({ ...pallet, storage: pallet.storage.with(3, { ...pallet.storage[3]!, hashers: ['Identity'] }) }),
    ],
    [
      'a default',
      (pallet) => ({ ...pallet, storage: pallet.storage.with(0, { ...pallet.storage[0]!, fallback: '0x01' }) }),
    ],
    [
      'a modifier',
      (pallet) => ({ ...pallet, storage: pallet.storage.with(0, { ...pallet.storage[0]!, modifier: 'Optional' }) }),
    ],
    ['a value type', (pallet) => ({ ...pallet, storage: pallet.storage.with(0, { ...pallet.storage[0]!, value: 0 }) })],
    ['a storage item gone', (pallet) => ({ ...pallet, storage: pallet.storage.slice(1) })],
    ['an order', (pallet) => ({ ...pallet, storage: pallet.storage.toReversed() })],
    ['a call index', (pallet) => ({ ...pallet, calls: pallet.calls.with(0, { ...pallet.calls[0]!, index: 200 }) })],
    ['an argument', (pallet) => ({ ...pallet, calls: pallet.calls.with(0, { ...pallet.calls[0]!, fields: [] }) })],
    [
      'a call too many',
      (pallet) => ({ ...pallet, calls: [...pallet.calls, { name: 'mint', index: 250, fields: [] }] }),
    ],
    ['an event gone', (pallet) => ({ ...pallet, events: pallet.events.slice(1) })],
    ['an error gone', (pallet) => ({ ...pallet, errors: pallet.errors.slice(0, -1) })],
    [
      'a constant',
      (pallet) => ({ ...pallet, constants: pallet.constants.with(0, { ...pallet.constants[0]!, value: '0x' }) }),
    ],
  ])('finds a changed pallet: %s', (_, change) => {
    expect(differences(changed('SubtensorModule', change)).length).toBeGreaterThan(0);
  });

  it('finds a changed extension, API and type', () => {
    const extensions = theirs.extrinsic.extensions.toReversed();
    expect(differences({ ...theirs, extrinsic: { ...theirs.extrinsic, extensions } })).not.toEqual([]);
    const [core, ...rest] = theirs.apis;
    const methods = core!.methods.map((method) => ({ ...method, output: 0 }));
    expect(differences({ ...theirs, apis: [{ ...core!, methods }, ...rest] })).not.toEqual([]);
    const account = theirs.types.get(0)!;
    const types = new Map(theirs.types).set(0, { ...account, path: 'AccountId' });
    expect(differences({ ...theirs, types }).length).toBeGreaterThan(100);
  });

  it('lists missing pallets, calls, APIs and methods', () => {
    const ours: Description = {
      ...changed('SubtensorModule', (pallet) => ({ ...pallet, calls: pallet.calls.slice(1) })),
      apis: theirs.apis.slice(1).map((api) => ({ ...api, methods: api.methods.slice(1) })),
    };
    const { missing, different } = compareDescriptions(
      { ...ours, pallets: ours.pallets.filter(({ name }) => name !== 'Sudo') },
      theirs,
    );
    expect(missing.map(({ kind }) => kind)).toEqual(['call', 'pallet', 'api', ...Array(23).fill('method')]);
    expect(different).toEqual([]);
  });
});
