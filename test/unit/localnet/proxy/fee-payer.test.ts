import { beforeEach, describe, expect, test } from 'vitest';
import type { RuntimeCallValue } from '../../../../src/lib/localnet/frame/runtime-handle.ts';
import { RealPaysFee } from '../../../../src/lib/localnet/pallets/proxy/spec.ts';
import { fund, idOf } from '../../../helpers/attempt.ts';
import { callOf, type OpenBlock, openBlock, remark } from '../../../helpers/local-runtime.ts';

// Who pays for a proxy's transactions: runtime/src/transaction_payment_wrapper.rs, `extract_real_fee_payer`.

const [SIGNER, OUTER, INNER, OTHER] = ['51', '52', '53', '54'].map((byte) => byte.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const names = new Map([
  [SIGNER, 'signer'],
  [OUTER, 'outer'],
  [INNER, 'inner'],
  [OTHER, 'other'],
]);
const proxy = (real: string, call: RuntimeCallValue = remark) =>
  callOf('Proxy', 'proxy', { real: idOf(real), force_proxy_type: undefined, call });
const batch = (name: string, ...calls: RuntimeCallValue[]) => callOf('Utility', name, { calls });

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
  for (const who of names.keys()) fund(block, who, 10n ** 12n);
});
const agrees = (real: string, delegate: string) => RealPaysFee.insert(block.x, real, delegate, undefined);

function payer(call: RuntimeCallValue): string | undefined {
  const { runtime, x } = block;
  const charge = runtime.extensions.find(({ identifier }) => identifier === 'ChargeTransactionPayment')!;
  const val = charge.validate?.(x, {
    origin: { type: 'Signed', account: SIGNER },
    call,
    info: runtime.dispatchInfo(call),
    length: 100,
    extra: { era: { type: 'Immortal' }, nonce: 0, tip: 0n, metadataHash: 'Disabled' },
    source: 'External',
  }).val as { readonly who: string };
  return names.get(val.who);
}

describe('the signer pays', () => {
  test('unless the account behind agreed with this very proxy', () => {
    expect(payer(remark)).toBe('signer');
    expect(payer(proxy(OUTER))).toBe('signer');
    agrees(OUTER, OTHER);
    expect(payer(proxy(OUTER))).toBe('signer');
    agrees(OUTER, SIGNER);
    expect(payer(proxy(OUTER))).toBe('outer');
  });

  test('for announced calls, and for batches of proxy calls', () => {
    agrees(OUTER, SIGNER);
    const announced = { delegate: idOf(SIGNER), real: idOf(OUTER), force_proxy_type: undefined, call: remark };
    expect(payer(callOf('Proxy', 'proxy_announced', announced))).toBe('signer');
    expect(payer(batch('batch', proxy(OUTER)))).toBe('signer');
  });
});

describe('two proxies deep', () => {
  beforeEach(() => agrees(OUTER, SIGNER));

  test('the inner account pays when it agreed with the outer one', () => {
    expect(payer(proxy(OUTER, proxy(INNER)))).toBe('outer');
    agrees(INNER, SIGNER);
    expect(payer(proxy(OUTER, proxy(INNER)))).toBe('outer');
    agrees(INNER, OUTER);
    expect(payer(proxy(OUTER, proxy(INNER)))).toBe('inner');
    agrees(OTHER, INNER);
    expect(payer(proxy(OUTER, proxy(INNER, proxy(OTHER))))).toBe('inner');
  });

  test.each(['batch', 'batch_all', 'force_batch'])('so it does for a %s of nothing but its proxy calls', (name) => {
    agrees(INNER, OUTER);
    agrees(OTHER, OUTER);
    expect(payer(proxy(OUTER, batch(name, proxy(INNER), proxy(INNER))))).toBe('inner');
    expect(payer(proxy(OUTER, batch(name, proxy(INNER), proxy(OTHER))))).toBe('outer');
    expect(payer(proxy(OUTER, batch(name, proxy(INNER), remark)))).toBe('outer');
    expect(payer(proxy(OUTER, batch(name)))).toBe('outer');
  });
});
