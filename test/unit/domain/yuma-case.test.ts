import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLocatedJson } from '../../../src/lib/domain/yuma/located-json.ts';
import { parseCsvCase } from '../../../src/lib/domain/yuma/parse-csv-case.ts';
import { parseJsonCase } from '../../../src/lib/domain/yuma/parse-json-case.ts';
import { simulateCase, type YumaRow } from '../../../src/lib/domain/yuma/simulate-case.ts';
import type { YumaCase } from '../../../src/lib/domain/yuma/yuma-case.ts';
import { simulateYuma } from '../../../src/lib/localnet/pure.ts';

const JSON_CASE = `{
  "neurons": ["Alice", "Bob", "Miner", "Other"],
  "parameters": {"kappa": 32767, "yuma3": false, "owner": null},
  "epochs": [
    {"epochs": 4, "stakes": {"Alice": 80.5, "Bob": "20"},
     "weights": {"Alice": {"Miner": 1, "Other": 0.5}, "Bob": {"Other": 3}}},
    {"epochs": 2, "weights": {"Bob": {"Miner": 1}}, "registered": ["Other"], "parameters": {"yuma3": true}},
    {"stakes": {"Bob": 0}}
  ]
}`;

const CSV_CASE = `epoch,item,neuron,target,value
1,stake,Alice,,80.5
1,stake,"Bob",,20
1,weight,Alice,Miner,1
1,weight,Alice,Other,0.5
1,weight,Bob,Other,3
1,parameter,,kappa,32767
1,parameter,,yuma3,false

5,weight,Bob,Miner,1
5,register,Other,,
5,parameter,,yuma3,true
7,stake,Bob,,0
7,end,,,
`;

const messageOf = (parse: (text: string) => unknown, text: string): string => {
  try {
    parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('a case', () => {
  test('is the same in JSON and in CSV', async () => {
    const [json, csv] = [parseJsonCase(JSON_CASE), parseCsvCase(CSV_CASE)];
    expect(csv.neurons).toEqual(json.neurons);
    expect(csv.steps.length).toBe(7);
    expect(await simulateCase(csv, [])).toEqual(await simulateCase(json, []));
  });

  test('becomes steps in which nothing changes but what is said to', () => {
    const { steps } = parseJsonCase(JSON_CASE);
    expect(steps.map(({ stakes }) => stakes[1])).toEqual([...new Array(6).fill(20_000_000_000n), 0n]);
    expect(steps[0]!.weights).toEqual([[2, 65_535, 3, 32_768], [3, 65_535], undefined, undefined]);
    expect(steps[4]!.weights[1]).toEqual([2, 65_535]);
    expect(steps.map(({ registered }) => registered ?? [])).toEqual([[], [], [], [], [3], [], []]);
    expect(steps[0]!.parameters).toEqual({ kappa: 32_767, yuma3: false, ownerUid: null });
  });

  test('runs as the simulation alone does', async () => {
    const yumaCase = parseJsonCase(JSON_CASE);
    const rows = await simulateCase(yumaCase, []);
    const outputs = simulateYuma(yumaCase.steps);
    expect(rows).toHaveLength(28);
    for (const { epoch, uid, dividends, incentive, validatorEmission } of rows) {
      const output = outputs[epoch - 1]!;
      expect([dividends, incentive, validatorEmission]).toEqual([
        output.dividends[uid],
        output.incentive[uid],
        output.validatorEmission[uid],
      ]);
    }
  });

  test('obeys parameters that are set from outside, and refuses unknown ones', async () => {
    const yumaCase = parseJsonCase(JSON_CASE);
    expect(await simulateCase(yumaCase, ['emissionAlpha=0'])).not.toEqual(await simulateCase(yumaCase, []));
    const lost = (await simulateCase(yumaCase, ['emissionAlpha=0'])).reduce((sum, row) => sum + row.serverEmission, 0n);
    expect(lost).toBe(0n);
    await expect(simulateCase(yumaCase, ['kapa=1'])).rejects.toThrow('did you mean kappa?');
    await expect(simulateCase(yumaCase, ['alphaLow=60000'])).rejects.toThrow('alphaLow is above alphaHigh');
  });
});

describe('mistakes are named with their line', () => {
  const edit = (from: string, to: string): string => JSON_CASE.replace(from, to);
  test.each([
    ['not JSON', '{\n  "neurons": [', 'Line 2: expected a value, found the end of the file.'],
    ['a stray comma', edit('"Bob": "20"}', '"Bob": "20",}'), 'Line 5: expected a name in quotes, found "}".'],
    [
      'an unknown field',
      edit('"registered"', '"registred"'),
      'Line 7: an epoch has no field "registred"; did you mean registered?',
    ],
    ['an unknown neuron', edit('"Bob": {"Miner"', '"Bop": {"Miner"'), 'Line 7: there is no neuron called "Bop".'],
    [
      'a negative stake',
      edit('80.5', '-80.5'),
      'Line 5: a stake is a decimal number, not negative and with up to nine places; found "-80.5".',
    ],
    ['a number in scientific notation', edit('80.5', '8e1'), 'Line 5: a stake is'],
    [
      'more than the chain can count',
      edit('80.5', '18446744073.709551616'),
      'Line 5: a stake is at most 18446744073.709551615',
    ],
    ['colours in a name', edit('"Alice", "Bob"', '"A\\u001b[31m", "Bob"'), 'Line 2: the name "A [31m" has characters'],
    ['half a character in a name', edit('"Alice", "Bob"', '"\\ud83d", "Bob"'), 'Line 2: the name'],
    [
      'a neuron that registers twice at once',
      edit('["Other"],', '["Other", "Other"],'),
      'Line 7: "Other" is registered twice',
    ],
    ['a name that stands twice', edit('"Bob": "20"', '"Alice": "20"'), 'Line 5: "Alice" stands twice.'],
    [
      'a parameter out of range',
      edit('32767', '65536'),
      'Line 3: kappa is a whole number from 0 to 65535, as the chain keeps it; found "65536".',
    ],
    ['an unknown parameter', edit('kappa', 'cappa'), 'Line 3: there is no parameter "cappa"; did you mean kappa?'],
    ['no epochs', '{"neurons": ["A"], "epochs": []}', 'Line 1: there are no epochs.'],
    ['too many epochs', edit('"epochs": 4', '"epochs": 10001'), 'Line 5: "epochs" of an entry'],
    [
      'a list where an object belongs',
      edit('{"Bob": {"Miner": 1}}', '[1]'),
      'Line 7: weights must be an object in braces.',
    ],
    [
      'a neuron that stands twice',
      edit('"Other"],', '"Miner"],'),
      'Line 2: the neuron "Miner" is empty or stands twice.',
    ],
    ['depth', '['.repeat(100), 'Line 1: it is nested too deeply.'],
  ])('JSON: %s', (_, text, message) => {
    expect(messageOf(parseJsonCase, text)).toContain(message);
  });

  const csv = (from: string, to: string): string => CSV_CASE.replace(from, to);
  test.each([
    [
      'a wrong header',
      csv('epoch,item', 'epoch,what'),
      'Line 1: the first line must be epoch,item,neuron,target,value.',
    ],
    ['a missing column', csv('1,stake,Alice,,80.5', '1,stake,Alice,80.5'), 'Line 2: 5 columns are needed, found 4.'],
    [
      'an unknown item',
      csv('5,register', '5,registered'),
      'Line 11: there is no item "registered"; did you mean register?',
    ],
    ['epochs out of order', csv('7,stake', '3,stake'), 'Line 13: epoch 3 comes after epoch 5.'],
    ['an epoch 0', csv('1,stake,Alice', '0,stake,Alice'), 'Line 2: an epoch is a whole number from 1'],
    ['a late start', CSV_CASE.replaceAll('\n1,', '\n2,'), 'Line 2: the first epoch must be 1.'],
    [
      'a value too much',
      csv('5,register,Other,,', '5,register,Other,,1'),
      'Line 11: a line of register leaves out the column value.',
    ],
    [
      'a value too little',
      csv('1,weight,Bob,Other,3', '1,weight,Bob,Other,'),
      'Line 6: a line of weight needs the column value.',
    ],
    ['two weights', csv('Alice,Other', 'Alice,Miner'), 'Line 5: "Alice" gives "Miner" two weights.'],
    ['two stakes', csv('1,stake,"Bob"', '1,stake,Alice'), 'Line 3: "Alice" has two stakes in an epoch.'],
    ['a parameter twice', csv('yuma3,false', 'kappa,7'), 'Line 8: "kappa" is set twice in an epoch.'],
    ['a line break in a name', csv('"Bob"', '"Bo\nb"'), 'Line 3: the name "Bo b" has characters'],
    ['lines after the end', `${CSV_CASE}8,stake,Bob,,1\n`, 'Line 15: nothing may follow the end.'],
    ['a quote in the middle', csv('"Bob"', 'B"ob'), 'Line 3: a quote stands where it may not'],
    ['a stake that is none', csv('80.5', 'lots'), 'Line 2: a stake is a decimal number'],
  ])('CSV: %s', (_, text, message) => {
    expect(messageOf(parseCsvCase, text)).toContain(message);
  });

  test('control characters of a file do not reach the terminal', () => {
    const message = messageOf(parseCsvCase, csv('1,stake,Alice,,80.5', '1,\u001b[31mstake,Alice,,80.5'));
    expect(message).not.toContain('\u001b');
    const { title, why } = parseJsonCase(edit('"neurons"', '"title": "a\\u001b[31mb", "why": "c\\nd", "neurons"'));
    expect([title, why]).toEqual(['a [31mb', 'c d']);
  });
});

describe('JSON with lines', () => {
  const plain = (value: ReturnType<typeof parseLocatedJson>): unknown => {
    if (value.kind === 'object')
      return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(entry.value)]));
    if (value.kind === 'array') return value.items.map(plain);
    if (value.kind === 'string') return value.text;
    if (value.kind === 'number') return Number(value.text);
    return value.kind === 'boolean' ? value.value : null;
  };

  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(plain(parseLocatedJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('}', ',', '"', 'x', ']', ''),
        (value, at, put) => {
          const text = JSON.stringify(value);
          const broken = text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1);
          let accepted = true;
          try {
            JSON.parse(broken);
          } catch {
            accepted = false;
          }
          if (!accepted) expect(() => parseLocatedJson(broken)).toThrow();
        },
      ),
    );
  });
});

describe('the examples that ship show what they say', () => {
  const folder = new URL('../../../assets/yuma/', import.meta.url);
  const load = (name: string): YumaCase => parseJsonCase(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const run = (name: string, ...set: string[]): Promise<YumaRow[]> => simulateCase(load(name), set);
  const total = (rows: readonly YumaRow[], uid: number): number =>
    rows.filter((row) => row.uid === uid).reduce((sum, { validatorEmission }) => sum + Number(validatorEmission), 0);
  /** Dividends over stake, all epochs together. */
  const yieldOf = (rows: readonly YumaRow[], uid: number): number =>
    total(rows, uid) / rows.filter((row) => row.uid === uid).reduce((sum, { stake }) => sum + Number(stake), 0);
  const [FIRST, SECOND, THIRD, MINER, OTHER_MINER] = [0, 1, 2, 3, 4];
  const earned = (rows: readonly YumaRow[], uid: number): bigint =>
    rows.filter((row) => row.uid === uid).reduce((sum, { serverEmission }) => sum + serverEmission, 0n);

  test.each(readdirSync(folder).map((file) => file.replace('.json', '')))(
    '%s: reads, runs, and says why it matters',
    async (name) => {
      const { title, why, steps } = load(name);
      expect(title.length).toBeGreaterThan(10);
      expect(why.length).toBeGreaterThan(60);
      expect(steps).toHaveLength(40);
      expect(await run(name)).toHaveLength(40 * load(name).neurons.length);
    },
  );

  test('switching together keeps dividends equal per stake', async () => {
    const rows = await run('all-switch-together');
    expect(yieldOf(rows, SECOND) / yieldOf(rows, FIRST)).toBeCloseTo(1, 5);
  });

  test('being early pays without a bonds penalty, and hardly with one', async () => {
    const [free, punished] = [
      await run('small-validator-early'),
      await run('small-validator-early', 'bondsPenalty=65535'),
    ];
    expect(yieldOf(free, SECOND)).toBeGreaterThan(1.05 * yieldOf(free, FIRST));
    expect(yieldOf(punished, SECOND)).toBeLessThan(1.01 * yieldOf(punished, FIRST));
  });

  test('a late majority costs the small ones that were right', async () => {
    const rows = await run('big-validator-late');
    expect(yieldOf(rows, SECOND)).toBeLessThan(yieldOf(rows, FIRST));
    const old = rows.filter(({ epoch, uid }) => epoch === 10 && uid === OTHER_MINER);
    expect(old[0]!.incentive).toBe(0);
  });

  test('an early majority costs those who follow, the later the more', async () => {
    const rows = await run('big-validator-early');
    expect(yieldOf(rows, FIRST)).toBeGreaterThan(yieldOf(rows, SECOND));
    expect(yieldOf(rows, SECOND)).toBeGreaterThan(yieldOf(rows, THIRD));
  });

  test('copying pays in public, and not after a delay', async () => {
    const [open, delayed] = [await run('weight-copier-public'), await run('weight-copier-delayed')];
    expect(yieldOf(open, THIRD) / yieldOf(open, FIRST)).toBeCloseTo(1, 5);
    expect(yieldOf(delayed, THIRD)).toBeLessThan(0.7 * yieldOf(delayed, FIRST));
  });

  test('a cabal takes nothing with a minority, and all with a majority', async () => {
    const [minority, majority] = [await run('cabal'), await run('cabal-majority')];
    expect([earned(minority, OTHER_MINER), total(minority, THIRD)]).toEqual([0n, 0]);
    expect([earned(majority, MINER), total(majority, FIRST)]).toEqual([0n, 0]);
  });

  test('the bonds penalty takes dividends from half-hidden self-dealing', async () => {
    const [punished, free] = [await run('cabal-half-hidden'), await run('cabal-half-hidden', 'bondsPenalty=0')];
    expect(total(punished, THIRD)).toBeLessThan(total(free, THIRD));
    expect(yieldOf(free, THIRD)).toBeLessThan(yieldOf(free, FIRST));
  });

  test('a fixed list earns less than looking', async () => {
    const rows = await run('lazy-validator');
    expect(yieldOf(rows, THIRD)).toBeLessThan(0.7 * yieldOf(rows, FIRST));
  });

  test('bonds in a replaced miner start from nothing', async () => {
    const rows = await run('miner-replaced');
    const bond = (epoch: number): number =>
      rows.find((row) => row.epoch === epoch && row.uid === FIRST)!.bonds.find(({ uid }) => uid === OTHER_MINER)
        ?.value ?? 0;
    expect(bond(15)).toBeGreaterThan(20_000);
    expect(bond(16)).toBeLessThan(bond(15) / 3);
  });

  test('rounding costs a tiny validator under Yuma 2 and not under Yuma 3', async () => {
    const [two, three] = [await run('tiny-validator', 'yuma3=false'), await run('tiny-validator')];
    expect(yieldOf(three, THIRD) / yieldOf(three, FIRST)).toBeGreaterThan(0.9999);
    expect(yieldOf(two, THIRD) / yieldOf(two, FIRST)).toBeLessThan(0.98);
  });

  test('dividends follow stake at once under Yuma 3, later under Yuma 2', async () => {
    const [two, three] = [await run('stake-moves', 'yuma3=false'), await run('stake-moves')];
    expect(yieldOf(three, FIRST) / yieldOf(three, SECOND)).toBeCloseTo(1, 4);
    expect(yieldOf(two, FIRST)).toBeGreaterThan(1.3 * yieldOf(two, SECOND));
  });
});
