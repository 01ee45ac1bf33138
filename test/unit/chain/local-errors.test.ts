import { describe, expect, it } from 'vitest';
import { toLocalError } from '../../../src/lib/chain/local-errors.ts';
import { CliError } from '../../../src/lib/errors.ts';
import { NodeError, type NodeErrorCode, StoreError, type StoreErrorCode } from '../../../src/lib/localnet/index.ts';

describe('what goes wrong with the local chain has a code and an exit code', () => {
  it.each<[StoreErrorCode, string, number]>([
    ['full', 'FILE_DISK_FULL', 16],
    ['read-only', 'FILE_READ_ONLY', 16],
    ['locked', 'FILE_LOCKED', 16],
    ['newer-version', 'FILE_NEWER_VERSION', 16],
    ['corrupt', 'FILE_FAILED', 16],
    ['io', 'FILE_FAILED', 16],
    ['not-found', 'FILE_NOT_FOUND', 16],
    ['exists', 'FILE_EXISTS', 16],
    ['closed', 'CONNECTION_LOST', 10],
    ['pruned', 'NODE_ERROR', 10],
    ['unknown-block', 'NODE_ERROR', 10],
  ])('store: %s', (code, expected, exit) => {
    const error = toLocalError(new StoreError(code, 'why', { path: '/x' })) as CliError;
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ code: expected, exit, data: { path: '/x', reason: 'why' } });
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(error.hints.length).toBeGreaterThan(0);
    expect(error.hints.includes('Path: /x')).toBe(exit === 16);
  });
  it.each<[NodeErrorCode, string, number]>([
    ['port-in-use', 'PORT_IN_USE', 10],
    ['address-unavailable', 'PORT_IN_USE', 10],
    ['different-chain', 'VALIDATION', 12],
    ['no-snapshot', 'FILE_NOT_FOUND', 16],
    ['block-failed', 'BUG', 70],
  ])('node: %s', (code, expected, exit) => {
    const error = toLocalError(new NodeError(code, 'port 1 is in use', { data: { port: 1 } })) as CliError;
    expect(error).toMatchObject({ code: expected, exit, message: 'Port 1 is in use.', data: { port: 1 } });
  });
  it('leaves everything else alone', () => {
    const error = new TypeError('x');
    expect(toLocalError(error)).toBe(error);
    expect(toLocalError('x')).toBe('x');
  });
});
