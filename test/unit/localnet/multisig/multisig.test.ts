import { beforeEach, describe, expect, test } from 'vitest';
import { blake2_256 } from '../../../../src/lib/localnet/frame/hashing.ts';
import type { RuntimeCallValue } from '../../../../src/lib/localnet/frame/runtime-handle.ts';
import { weight } from '../../../../src/lib/localnet/frame/weight.ts';
import { freeBalance, reservedBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { multiAccountId } from '../../../../src/lib/localnet/pallets/multisig/signatories.ts';
import { Multisigs } from '../../../../src/lib/localnet/pallets/multisig/spec.ts';
import { weights } from '../../../../src/lib/localnet/pallets/multisig/weights.ts';
import { toHex } from '../../../../src/lib/localnet/scale/bytes.ts';
import { attempt, eventsWith, fund, lastEvent, perform } from '../../../helpers/attempt.ts';
import { callOf, NOBODY, type OpenBlock, openBlock, remark, transferOf } from '../../../helpers/local-runtime.ts';

// pallet-multisig 41, src/lib.rs. The signatories in order: A < B < C.

const [A, B, C] = ['11', '22', '33'].map((byte) => byte.repeat(32)) as [string, string, string];
const BASE = 132_000_000n;
const EACH = 32_000_000n;
const PLENTY = weight(10n ** 12n, 10n ** 6n);
const NOW = { height: 1, index: 1 };
const inner = transferOf(NOBODY, 5000n);

const multisig = (name: string, args: unknown) => callOf('Multisig', name, args);
const others = (who: string) => [A, B, C].filter((one) => one !== who);

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
  for (const who of [A, B, C]) fund(block, who, 10n ** 9n);
});
const hashOf = (call: RuntimeCallValue) => toHex(blake2_256(block.runtime.encodeCall(call)));
const asMulti = (who: string, maybe_timepoint?: typeof NOW, call = inner, max_weight = PLENTY, threshold = 2) =>
  multisig('as_multi', { threshold, other_signatories: others(who), maybe_timepoint, call, max_weight });
const approve = (who: string, maybe_timepoint?: typeof NOW, threshold = 2) =>
  multisig('approve_as_multi', {
    threshold,
    other_signatories: others(who),
    maybe_timepoint,
    call_hash: hashOf(inner),
    max_weight: PLENTY,
  });
const cancel = (who: string, timepoint = NOW) =>
  multisig('cancel_as_multi', { threshold: 2, other_signatories: others(who), timepoint, call_hash: hashOf(inner) });
const id = multiAccountId([A, B, C], 2);

describe('who the signatories are', () => {
  const single = (other_signatories: string[]) =>
    attempt(block, B, multisig('as_multi_threshold_1', { other_signatories, call: remark }));
  const many = Array.from({ length: 100 }, (_, i) => `44${i.toString(16).padStart(2, '0')}`.padEnd(64, '0'));

  test('is checked: some, not too many, in order, without the sender', () => {
    expect(single([])).toBe('Multisig.TooFewSignatories');
    expect(single(many)).toBe('Multisig.TooManySignatories');
    expect(single(many.slice(1))).toBe('ok');
    expect(single([C, A])).toBe('Multisig.SignatoriesOutOfOrder');
    expect(single([A, A])).toBe('Multisig.SignatoriesOutOfOrder');
    expect(single([A, B, C])).toBe('Multisig.SenderInSignatories');
  });

  test('and how many of them, makes the account', () => {
    expect(new Set([1, 2, 3].map((threshold) => multiAccountId([A, B, C], threshold))).size).toBe(3);
    expect(multiAccountId([A, B], 2)).not.toBe(id);
  });
});

describe('one of several', () => {
  const alone = (call: RuntimeCallValue) => multisig('as_multi_threshold_1', { other_signatories: [A, C], call });

  test('acts for the account, and the outcome is the call’s own', () => {
    fund(block, multiAccountId([A, B, C], 1), 10_000n);
    expect(attempt(block, B, alone(inner))).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(5000n);
    expect(lastEvent(block)).toMatchObject(['Multisig.MultisigExecuted', { approving: B, result: { type: 'Ok' } }]);
    expect(attempt(block, B, alone(transferOf(NOBODY, 10_001n)))).toBe('Token.FundsUnavailable');
  });
});

describe('two of three', () => {
  beforeEach(() => fund(block, id, 10_000n));

  test('the first locks a deposit, the second executes and frees it', () => {
    expect(perform(block, B, approve(B))).toEqual({ actualWeight: weights.as_multi_create(2, 0) });
    expect(lastEvent(block)).toEqual([
      'Multisig.NewMultisig',
      { approving: B, multisig: id, call_hash: hashOf(inner) },
    ]);
    expect(reservedBalance(block.x, B)).toBe(BASE + 2n * EACH);
    expect(Multisigs.get(block.x, id, hashOf(inner))).toEqual({
      when: NOW,
      deposit: BASE + 2n * EACH,
      depositor: B,
      approvals: [B],
    });
    expect(attempt(block, A, asMulti(A, NOW))).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(5000n);
    expect(reservedBalance(block.x, B)).toBe(0n);
    expect(Multisigs.containsKey(block.x, id, hashOf(inner))).toBe(false);
  });

  test('a call that fails is executed all the same', () => {
    const tooMuch = transferOf(NOBODY, 10_001n);
    perform(block, B, asMulti(B, undefined, tooMuch));
    expect(attempt(block, A, asMulti(A, NOW, tooMuch))).toBe('ok');
    const executed = eventsWith(block).find(([name]) => name === 'Multisig.MultisigExecuted');
    expect(executed?.[1]).toMatchObject({
      result: { type: 'Err', value: { type: 'Token', value: 'FundsUnavailable' } },
    });
    expect(reservedBalance(block.x, B)).toBe(0n);
  });

  test('needs the right timepoint, and none at the start', () => {
    expect(attempt(block, B, asMulti(B, NOW))).toBe('Multisig.UnexpectedTimepoint');
    perform(block, B, asMulti(B));
    expect(attempt(block, A, asMulti(A))).toBe('Multisig.NoTimepoint');
    expect(attempt(block, A, asMulti(A, { height: 1, index: 0 }))).toBe('Multisig.WrongTimepoint');
    expect(attempt(block, A, asMulti(A, { height: 2, index: 1 }))).toBe('Multisig.WrongTimepoint');
  });

  test('the same approval twice counts once', () => {
    perform(block, B, asMulti(B));
    expect(attempt(block, B, asMulti(B, NOW))).toBe('Multisig.AlreadyApproved');
    expect(attempt(block, B, approve(B, NOW))).toBe('Multisig.AlreadyApproved');
  });

  test('approvals beyond the threshold are none, but whoever has the call may execute it', () => {
    perform(block, B, approve(B));
    expect(perform(block, A, approve(A, NOW))).toEqual({ actualWeight: weights.as_multi_approve(2, 0) });
    expect(Multisigs.get(block.x, id, hashOf(inner))?.approvals).toEqual([A, B]);
    expect(attempt(block, C, approve(C, NOW))).toBe('Multisig.AlreadyApproved');
    expect(attempt(block, B, asMulti(B, NOW))).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(5000n);
  });

  test('the call must not be heavier than was agreed', () => {
    perform(block, B, asMulti(B));
    const { weight: declared } = block.runtime.dispatchInfo(inner);
    const short = weight(declared.ref_time - 1n, declared.proof_size);
    expect(attempt(block, A, asMulti(A, NOW, inner, short))).toBe('Multisig.MaxWeightTooLow');
    expect(attempt(block, A, asMulti(A, NOW, inner, declared))).toBe('ok');
  });

  test('a threshold of one is another call’s', () => {
    expect(attempt(block, B, asMulti(B, undefined, inner, PLENTY, 1))).toBe('Multisig.MinimumThreshold');
    expect(attempt(block, B, approve(B, undefined, 0))).toBe('Multisig.MinimumThreshold');
  });

  test('whoever cannot pay the deposit cannot begin', () => {
    perform(block, A, transferOf(NOBODY, 900_000_000n));
    expect(attempt(block, A, asMulti(A))).toBe('Balances.InsufficientBalance');
  });

  test('only who began it ends it without the call', () => {
    expect(attempt(block, B, cancel(B))).toBe('Multisig.NotFound');
    perform(block, B, approve(B));
    expect(attempt(block, A, cancel(A))).toBe('Multisig.NotOwner');
    expect(attempt(block, B, cancel(B, { height: 9, index: 1 }))).toBe('Multisig.WrongTimepoint');
    expect(attempt(block, B, cancel(B))).toBe('ok');
    expect(reservedBalance(block.x, B)).toBe(0n);
    expect(Multisigs.isEmpty(block.x)).toBe(true);
  });

  test('poking the deposit is free when it changes something', () => {
    const poke = (who: string) =>
      multisig('poke_deposit', { threshold: 2, other_signatories: others(who), call_hash: hashOf(inner) });
    expect(attempt(block, B, poke(B))).toBe('Multisig.NotFound');
    perform(block, B, approve(B));
    expect(attempt(block, A, poke(A))).toBe('Multisig.NotOwner');
    expect(perform(block, B, poke(B))).toEqual({ pays: 'Yes' });
    const open = Multisigs.get(block.x, id, hashOf(inner))!;
    Multisigs.insert(block.x, id, hashOf(inner), { ...open, deposit: 1n });
    expect(perform(block, B, poke(B))).toEqual({ pays: 'No' });
    expect(Multisigs.get(block.x, id, hashOf(inner))?.deposit).toBe(BASE + 2n * EACH);
  });
});
