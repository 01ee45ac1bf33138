import { beforeEach, describe, expect, test } from 'vitest';
import { blake2_256 } from '../../../../src/lib/localnet/frame/hashing.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { balanceOnHold } from '../../../../src/lib/localnet/pallets/balances/hold.ts';
import { reserve } from '../../../../src/lib/localnet/pallets/balances/reservable.ts';
import { boundCall, dropCall, peekCall } from '../../../../src/lib/localnet/pallets/preimage/bounded-call.ts';
import { PreimageFor, RequestStatusFor, StatusFor } from '../../../../src/lib/localnet/pallets/preimage/spec.ts';
import { fetchPreimage, noteBytes } from '../../../../src/lib/localnet/pallets/preimage/store.ts';
import { toHex } from '../../../../src/lib/localnet/scale/bytes.ts';
import { attempt, eventsWith, lastEvent, perform } from '../../../helpers/attempt.ts';
import { BOB, callOf, DAVE, NOBODY, type OpenBlock, openBlock } from '../../../helpers/local-runtime.ts';

// pallet-preimage 41, src/lib.rs; prices of runtime/src/lib.rs (PreimageBaseDeposit, PreimageByteDeposit).

const bytes = new Uint8Array(10).fill(3);
const hash = toHex(blake2_256(bytes));
const PRICE = 104_000_000n + 10n * 1_000_000n;
const preimage = (name: string, args: unknown = { hash }) => callOf('Preimage', name, args);
const note = preimage('note_preimage', { bytes });

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
});
const held = (who = DAVE) => balanceOnHold(block.x, { type: 'Preimage', value: 'Preimage' }, who);
const status = () => RequestStatusFor.get(block.x, hash);

describe('what somebody notes', () => {
  test('is kept for a price on hold, and given back with it', () => {
    const before = freeBalance(block.x, DAVE);
    expect(perform(block, DAVE, note)).toEqual({ pays: 'Yes' });
    expect(lastEvent(block)).toEqual(['Preimage.Noted', { hash }]);
    expect(held()).toBe(PRICE);
    expect(PreimageFor.get(block.x, [hash, 10])).toEqual(bytes);
    expect(attempt(block, BOB, note)).toBe('Preimage.AlreadyNoted');
    expect(attempt(block, BOB, preimage('unnote_preimage'))).toBe('Preimage.NotAuthorized');
    expect(attempt(block, DAVE, preimage('unnote_preimage'))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Preimage.Cleared', { hash }]);
    expect(freeBalance(block.x, DAVE)).toBe(before);
    expect(PreimageFor.isEmpty(block.x) && RequestStatusFor.isEmpty(block.x)).toBe(true);
    expect(attempt(block, DAVE, preimage('unnote_preimage'))).toBe('Preimage.NotNoted');
  });

  test('cannot be noted by who cannot pay, nor when it is longer than 4 MiB', () => {
    expect(attempt(block, NOBODY, note)).toBe('Token.FundsUnavailable');
    const long = preimage('note_preimage', { bytes: new Uint8Array(4 * 1024 * 1024 + 1) });
    expect(attempt(block, DAVE, long)).toBe('Preimage.TooBig');
  });

  test('stays when it is requested; the owner’s price goes back when the owner lets go', () => {
    perform(block, DAVE, note);
    expect(attempt(block, DAVE, preimage('request_preimage'))).toBe('BadOrigin');
    perform(block, 'root', preimage('request_preimage'));
    expect(lastEvent(block)).toEqual(['Preimage.Requested', { hash }]);
    expect(held()).toBe(PRICE);
    perform(block, DAVE, preimage('unnote_preimage'));
    expect(held()).toBe(0n);
    expect(status()).toEqual({ type: 'Requested', value: { maybe_ticket: undefined, count: 1, maybe_len: 10 } });
    expect(attempt(block, DAVE, preimage('unnote_preimage'))).toBe('Preimage.NotAuthorized');
    perform(block, 'root', preimage('unrequest_preimage'));
    expect(PreimageFor.isEmpty(block.x)).toBe(true);
  });

  test('goes back to its owner when the request ends', () => {
    perform(block, DAVE, note);
    perform(block, 'root', preimage('request_preimage'));
    perform(block, 'root', preimage('unrequest_preimage'));
    expect(status()).toEqual({ type: 'Unrequested', value: { ticket: [DAVE, PRICE], len: 10 } });
    expect(attempt(block, 'root', preimage('unrequest_preimage'))).toBe('Preimage.NotRequested');
  });
});

describe('what the chain requests', () => {
  test('is free for who brings it, counts its requests, and goes with the last', () => {
    perform(block, 'root', preimage('request_preimage'));
    perform(block, 'root', preimage('request_preimage'));
    expect(eventsWith(block).filter(([name]) => name === 'Preimage.Requested')).toHaveLength(1);
    expect(perform(block, DAVE, note)).toEqual({ pays: 'No' });
    expect(held()).toBe(0n);
    perform(block, 'root', preimage('unrequest_preimage'));
    expect(status()).toMatchObject({ value: { count: 1, maybe_len: 10 } });
    perform(block, 'root', preimage('unrequest_preimage'));
    expect(lastEvent(block)).toEqual(['Preimage.Cleared', { hash }]);
    expect(attempt(block, 'root', preimage('unrequest_preimage'))).toBe('Preimage.NotRequested');
  });

  test('was never noted: nothing to clear', () => {
    perform(block, 'root', preimage('request_preimage'));
    const before = eventsWith(block).length;
    perform(block, 'root', preimage('unrequest_preimage'));
    expect(eventsWith(block)).toHaveLength(before);
    expect(status()).toBeUndefined();
  });

  test('root’s own preimage costs nothing and is requested', () => {
    expect(perform(block, 'root', note)).toEqual({ pays: 'No' });
    expect(status()).toEqual({ type: 'Requested', value: { maybe_ticket: undefined, count: 1, maybe_len: 10 } });
    perform(block, 'root', preimage('unnote_preimage'));
    expect(status()).toBeUndefined();
  });
});

describe('statuses from before tickets', () => {
  test('are brought up to date; it is free when nine of ten were', () => {
    reserve(block.x, DAVE, 500_000_000n);
    StatusFor.insert(block.x, hash, { type: 'Unrequested', value: { deposit: [DAVE, 500_000_000n], len: 10 } });
    const update = (...hashes: string[]) => preimage('ensure_updated', { hashes });
    const other = 'ee'.repeat(32);
    expect(attempt(block, DAVE, update())).toBe('Preimage.TooFew');
    expect(attempt(block, DAVE, update(...Array<string>(1025).fill(other)))).toBe('Preimage.TooMany');
    expect(perform(block, BOB, update(hash, other))).toEqual({ pays: 'Yes' });
    expect(status()).toEqual({ type: 'Unrequested', value: { ticket: [DAVE, PRICE], len: 10 } });
    expect(held()).toBe(PRICE);
    StatusFor.insert(block.x, other, { type: 'Requested', value: { deposit: undefined, count: 2, len: undefined } });
    expect(perform(block, BOB, update(other))).toEqual({ pays: 'No' });
    expect(StatusFor.isEmpty(block.x)).toBe(true);
  });
});

describe('calls in other pallets’ storage (frame-support 41 traits/preimages.rs)', () => {
  const remarkOf = (length: number) => callOf('System', 'remark', { remark: new Uint8Array(length) });

  test('stand there themselves up to 128 bytes, as preimages beyond', () => {
    const { x } = block;
    const short = remarkOf(124);
    const bound = boundCall(x, short);
    expect(bound.type === 'Inline' && bound.value.length).toBe(128);
    expect(peekCall(x, bound)).toEqual({ call: short, lookupLength: undefined });
    const long = boundCall(x, remarkOf(125));
    expect(long).toMatchObject({ type: 'Lookup', value: { len: 129 } });
    expect(peekCall(x, long)).toEqual({ call: remarkOf(125), lookupLength: 129 });
    dropCall(x, long);
    expect(PreimageFor.isEmpty(x)).toBe(true);
    expect(() => peekCall(x, long)).toThrow('Unavailable');
    expect(() => dropCall(x, long)).not.toThrow();
  });

  test('what is no call is corrupt', () => {
    expect(() => peekCall(block.x, { type: 'Inline', value: Uint8Array.of(255, 255) })).toThrow('Corruption');
  });

  test('bytes are found without their length too', () => {
    noteBytes(block.x, bytes, undefined);
    expect(fetchPreimage(block.x, hash, undefined)).toEqual(bytes);
    expect(() => fetchPreimage(block.x, hash, 9)).toThrow('Unavailable');
  });
});
