import { Ajv } from 'ajv';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { errorDocument, successDocument } from '../../../src/lib/cli/schema/envelope.ts';
import { type Infer, type ResultOf, result, s } from '../../../src/lib/cli/schema/schema.ts';

const spec = result(
  'test/v1',
  s.object({
    amountTao: s.amount(),
    hotkey: s.ss58(),
    state: s.choice(['a', 'b']),
    rows: s.array(s.object({ netuid: s.netuid(), note: s.optional(s.string()) })),
    maybe: s.nullable(s.integer()),
  }),
);

const good: ResultOf<typeof spec> = {
  amountTao: '1.000000000',
  hotkey: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  state: 'a',
  rows: [{ netuid: 5 }, { netuid: 6, note: 'x' }],
  maybe: null,
};

describe('schemas', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(successDocument(spec));
  const document = (data: unknown): unknown => ({ ok: true, schema: 'test/v1', data, warnings: [], meta: {} });

  it('accept what the type allows', () => {
    expect(validate(document(good)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['a float', { ...good, amountTao: 1.5 }],
    ['too few places', { ...good, amountTao: '1.5' }],
    ['an unknown field', { ...good, extra: 1 }],
    ['a missing field', { ...good, hotkey: undefined }],
    ['another choice', { ...good, state: 'c' }],
    ['a netuid out of range', { ...good, rows: [{ netuid: 65_536 }] }],
  ])('refuse %s', (_, data) => {
    expect(validate(JSON.parse(JSON.stringify(document(data))))).toBe(false);
  });

  it('give the type', () => {
    expectTypeOf<Infer<typeof spec.data>['rows'][number]>().toEqualTypeOf<{ netuid: number; note?: string }>();
    expectTypeOf<ResultOf<typeof spec>['state']>().toEqualTypeOf<'a' | 'b'>();
  });

  it('of errors is one for all', () => {
    const isError = new Ajv({ strict: true }).compile(errorDocument);
    const error = { code: 'BUG', message: 'x', hints: [], data: { any: 1 } };
    expect(isError({ ok: false, error, meta: {} })).toBe(true);
    expect(isError({ ok: false, error: { ...error, code: 'NEW' }, meta: {} })).toBe(false);
  });
});
