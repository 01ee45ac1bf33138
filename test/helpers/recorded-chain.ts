import { ChainClient } from '../../src/lib/chain/client.ts';
import type { Connection } from '../../src/lib/chain/connection.ts';
import { CliError } from '../../src/lib/errors.ts';
import { createSubtensorRuntime } from '../../src/lib/localnet/runtime/pallets.ts';
import { fromHex, toHex } from '../../src/lib/localnet/scale/bytes.ts';
import { changesOf, type RecordedScenario, readScenario, type SCENARIOS_WITH_DIFFS } from './recorded-scenario.ts';

/** Answers reads as a node would that has imported the blocks of a recording; `keep` names the blocks whose state it still has. */
class RecordedConnection implements Connection {
  readonly endpoint = 'recorded';
  /** Requests by method. */
  readonly asked = new Map<string, number>();
  keep: (block: number) => boolean = () => true;
  private readonly states = new Map<number, ReadonlyMap<string, Uint8Array>>();
  private readonly metadata: string;
  private readonly first: number;
  private readonly last: number;

  constructor(scenario: RecordedScenario) {
    const runtime = createSubtensorRuntime(
      { fast: false },
      { rootOf: () => '0'.repeat(64), verifySignature: () => false },
    );
    this.metadata = `0x${toHex(runtime.metadata(15)!)}`;
    const state = new Map(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)] as const));
    this.first = scenario.blocks[0]!.number - 1;
    this.states.set(this.first, new Map(state));
    for (const block of scenario.blocks) {
      for (const [key, value] of changesOf(block)) {
        if (value) state.set(key, value);
        else state.delete(key);
      }
      this.states.set(block.number, new Map(state));
    }
    this.last = scenario.blocks.at(-1)!.number;
  }

  hashOf(block: number): string {
    return `0x${block.toString(16).padStart(64, '0')}`;
  }

  async request<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    this.asked.set(method, (this.asked.get(method) ?? 0) + 1);
    return this.answer(method, params) as T;
  }

  subscribe(): never {
    throw new Error('a recording has no subscriptions');
  }

  async close(): Promise<void> {}

  private answer(method: string, params: readonly unknown[]): unknown {
    switch (method) {
      case 'chain_getBlockHash':
        return this.hashOf((params[0] as number | undefined) ?? this.last);
      case 'chain_getHeader':
        return { number: params[0], parentHash: this.hashOf(Number(params[0] as string) - 1) };
      case 'state_getRuntimeVersion':
        return { specName: 'node-subtensor', specVersion: 425, transactionVersion: 1 };
      case 'state_getMetadata':
        return this.metadata;
      case 'state_getStorage': {
        const value = this.stateAt(params[1]).get((params[0] as string).slice(2));
        return value ? `0x${toHex(value)}` : null;
      }
      case 'state_queryStorageAt': {
        const state = this.stateAt(params[1]);
        const changes = (params[0] as string[]).map((key) => {
          const value = state.get(key.slice(2));
          return [key, value ? `0x${toHex(value)}` : null];
        });
        return [{ block: params[1], changes }];
      }
      case 'state_getKeysPaged': {
        const [prefix, count, after, at] = params as [string, number, string | null, string];
        const keys = [...this.stateAt(at).keys()].filter((key) => key.startsWith(prefix.slice(2))).sort();
        const from = after === null ? 0 : keys.findIndex((key) => key > after.slice(2));
        return from < 0 ? [] : keys.slice(from, from + count).map((key) => `0x${key}`);
      }
      default:
        throw new CliError('NODE_ERROR', `The node refused ${method}: unknown method.`);
    }
  }

  private stateAt(hash: unknown): ReadonlyMap<string, Uint8Array> {
    const block = Number(hash as string);
    const state = this.states.get(block);
    if (state && this.keep(block)) return state;
    throw new CliError('NODE_ERROR', `The node refused it: State already discarded for ${hash}.`);
  }
}

/** A client of a recorded chain. */
export async function openRecorded(name: (typeof SCENARIOS_WITH_DIFFS)[number]): Promise<{
  readonly client: ChainClient;
  readonly connection: RecordedConnection;
  readonly scenario: RecordedScenario;
}> {
  const scenario = readScenario(name);
  const connection = new RecordedConnection(scenario);
  const client = await ChainClient.open({ network: 'recorded', connect: async () => connection });
  return { client, connection, scenario };
}
