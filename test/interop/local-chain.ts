import { expect } from 'vitest';
import { type ChainEvent, outcomeIn } from '../../src/lib/chain/block-events.ts';
import { ChainClient } from '../../src/lib/chain/client.ts';
import type { Reader } from '../../src/lib/chain/reader.ts';
import { connectWebSocket } from '../../src/lib/chain/ws-connection.ts';
import { readBalance } from '../../src/lib/domain/balance.ts';
import { startNode } from '../helpers/localnet.ts';
import { makeHome, runJson } from '../helpers/run-cli.ts';

/** A chain of the built CLI as a process of its own, our client of it, and wallets that any client opens. */
export interface LocalChain {
  readonly address: string;
  readonly home: string;
  readonly client: ChainClient;
  stop(): Promise<void>;
}

export async function startLocalChain(...args: string[]): Promise<LocalChain> {
  const home = makeHome();
  const node = await startNode(home, '--ephemeral', ...args);
  const address = String(node.document.data.endpoint);
  try {
    const cli = async (...words: string[]): Promise<void> => {
      const { document } = await runJson([...words, '--yes'], { home, timeout: 60_000 });
      if (!document.ok) throw new Error(`${words.join(' ')}: ${document.error.message}`);
    };
    for (const [name, uri] of [
      ['alice', '//Alice'],
      ['bob', '//Bob'],
    ] as const) {
      await cli('wallet', 'regen-coldkey', '--wallet-name', name, '--uri', uri, '--no-password');
      await cli('wallet', 'regen-hotkey', '--wallet-name', name, '--hotkey', 'default', '--uri', `${uri}//hot`);
    }
    const client = await ChainClient.open({ network: 'local', connect: () => connectWebSocket(address, 30_000) });
    return {
      address,
      home,
      client,
      stop: async () => {
        await client.close();
        await node.end('SIGTERM');
      },
    };
  } catch (error) {
    await node.end('SIGTERM');
    throw error;
  }
}

/** What an extrinsic did, with readers before and after its block. */
export interface Landed {
  readonly events: readonly ChainEvent[];
  readonly before: Reader;
  readonly after: Reader;
  readonly fee: bigint;
}

interface RawBlock {
  readonly block: { readonly header: { readonly parentHash: string }; readonly extrinsics: readonly string[] };
}

/**
 * Looks up an extrinsic that another client reported (`block-index`), and checks the signer's balance to the rao:
 * before − fee − spent = after, with the fee of the event, which is what `payment_queryInfo` names for the same bytes.
 * @param spent in rao, negative when the call brought something
 */
export async function expectCharged(
  { client }: LocalChain,
  extrinsicId: unknown,
  signer: string,
  spent: (landed: Landed) => bigint | Promise<bigint>,
): Promise<Landed> {
  const [block, index] = String(extrinsicId).split('-').map(Number);
  expect(block, `extrinsic ${extrinsicId}`).toBeGreaterThan(0);
  const hash = await client.connection.request<string>('chain_getBlockHash', [block]);
  const found = await client.connection.request<RawBlock>('chain_getBlock', [hash]);
  const bytes = found.block.extrinsics[index as number] as string;
  const outcome = await outcomeIn(client.connection, client.codecs, hash, bytes);
  expect(outcome?.error).toBeUndefined();
  const events = outcome?.events ?? [];
  const parent = found.block.header.parentHash;
  const [before, after] = await Promise.all([client.reader(parent), client.reader(hash)]);
  const paid = eventOf(events, 'TransactionFeePaid') as { who: string; actual_fee: bigint };
  const info = await client.connection.request<{ partialFee: string }>('payment_queryInfo', [bytes, parent]);
  const landed = { events, before, after, fee: paid.actual_fee };
  expect(paid.who).toBe(signer);
  expect(paid.actual_fee).toBe(BigInt(info.partialFee));
  expect(paid.actual_fee).toBeGreaterThan(0n);
  const was = await readBalance(before, signer);
  const is = await readBalance(after, signer);
  expect(was.free - paid.actual_fee - (await spent(landed))).toBe(is.free);
  return landed;
}

/** The value of the only event of this name. */
export function eventOf(events: readonly ChainEvent[], name: string): unknown {
  const found = events.filter((event) => event.name === name);
  expect(found, name).toHaveLength(1);
  return found[0]?.value;
}
