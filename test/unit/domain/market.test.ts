import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainText } from '../../../src/lib/domain/chain-text.ts';
import { percentNumber } from '../../../src/lib/domain/stake/add-stake.ts';
import { limitPrice, priceAfterSwap } from '../../../src/lib/domain/stake/market.ts';
import type { SubnetSummary } from '../../../src/lib/domain/subnet/subnets.ts';
import type { Tolerance } from '../../../src/lib/units.ts';

const pool = (taoReserve: bigint, alphaReserve: bigint, price: bigint) =>
  ({ netuid: 5, taoReserve, alphaReserve, price }) as SubnetSummary;
const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });

test('a purchase raises the price, a sale lowers it', () => {
  fc.assert(
    fc.property(amount, amount, amount, (tao, alpha, price) => {
      const subnet = pool(tao + 1000n, alpha + 1000n, price + 1_000_000n);
      expect(priceAfterSwap(subnet, 'buy', tao, 1n)).toBeGreaterThanOrEqual(subnet.price);
      expect(priceAfterSwap(subnet, 'sell', alpha, 1n)).toBeLessThanOrEqual(subnet.price);
    }),
  );
});

test('a constant-product pool: 10 % more TAO and what it buys move the price by 21 %', () => {
  const subnet = pool(1_000_000_000_000n, 1_000_000_000_000n, 1_000_000_000n);
  const bought = 1_000_000_000_000n - 10n ** 24n / 1_100_000_000_000n;
  expect(priceAfterSwap(subnet, 'buy', 100_000_000_000n, bought)).toBe(1_210_000_000n);
});

test('limits leave room against the trader only, and are never zero', () => {
  const half = 5_000_000n as Tolerance;
  expect(limitPrice(1_000_000_000n, 'buy', half)).toBe(1_005_000_000n);
  expect(limitPrice(1_000_000_000n, 'sell', half)).toBe(995_000_000n);
  expect(limitPrice(1n, 'buy', half)).toBe(2n);
  expect(limitPrice(1n, 'sell', half)).toBe(1n);
});

test('percentages keep four places and lose zeros', () => {
  expect([5_000_000n, 1_234_567n, 0n, 1_000_000_000n, 99n].map(percentNumber)).toEqual([
    '0.5',
    '0.1234',
    '0',
    '100',
    '0',
  ]);
});

test('text from the chain reaches nobody with control characters, bidirectional tricks or in endless length', () => {
  expect(chainText(new TextEncoder().encode('a\u001b[2Jb\u202ec\nd'))).toBe('a [2Jb c d');
  expect(chainText([72, 105])).toBe('Hi');
  expect(chainText('0xceb1')).toBe('α');
  expect(chainText(undefined)).toBe('');
  expect(chainText('x'.repeat(1000))).toHaveLength(256);
});
