import { Keyring } from '@polkadot/keyring';
import type { KeyringPair } from '@polkadot/keyring/types';
import { cryptoWaitReady } from '@polkadot/util-crypto';
import { type Era, IMMORTAL } from '../../src/lib/localnet/frame/era.ts';
import { encodeExtrinsic } from '../../src/lib/localnet/frame/extrinsic.ts';
import { addressOf } from '../../src/lib/localnet/frame/multi-address.ts';
import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { Engine } from '../../src/lib/localnet/node/engine.ts';
import { nonceOf } from '../../src/lib/localnet/pallets/system/account.ts';
import { initialize } from '../../src/lib/localnet/pallets/system/block.ts';
import { signingPayload } from '../../src/lib/localnet/runtime/checked-extrinsic.ts';
import { toHex } from '../../src/lib/localnet/scale/bytes.ts';

export interface DevAccount {
  readonly pair: KeyringPair;
  /** Hex without 0x. */
  readonly id: string;
}

const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });

/** A development account: //Alice and the like. */
export async function devAccount(uri: string, type: 'sr25519' | 'ed25519' | 'ecdsa' = 'sr25519'): Promise<DevAccount> {
  await cryptoWaitReady();
  const pair = keyring.addFromUri(uri, {}, type);
  return { pair, id: toHex(pair.addressRaw) };
}

const SIGNATURE_TYPES = { sr25519: 'Sr25519', ed25519: 'Ed25519', ecdsa: 'Ecdsa' } as const;

export interface SignOptions {
  readonly nonce?: number;
  /** Rao. */
  readonly tip?: bigint;
  readonly era?: Era;
}

/** A signed extrinsic as it stands in a block body, on the head's state. */
export function signExtrinsic(
  engine: Engine,
  signer: DevAccount,
  call: RuntimeCallValue,
  { nonce, tip = 0n, era = IMMORTAL }: SignOptions = {},
): Uint8Array {
  const { runtime } = engine.runtime;
  const x = engine.at().ext;
  const extra = { era, nonce: nonce ?? nonceOf(x, signer.id), tip, metadataHash: 'Disabled' } as const;
  const callBytes = runtime.encodeCall(call);
  const { number, hash } = engine.head;
  const { phase } = x;
  // As in the next block: the head's own hash stands in state only from then on.
  const payload = x.simulate(() => {
    initialize(x, number + 1, hash, { logs: [] });
    return signingPayload(x, runtime.extensions, callBytes, extra);
  });
  x.phase = phase;
  const type = SIGNATURE_TYPES[signer.pair.type as keyof typeof SIGNATURE_TYPES];
  const signature = { type, value: toHex(signer.pair.sign(payload)) };
  return encodeExtrinsic({ type: 'Signed', address: addressOf(signer.id), signature, extra }, callBytes);
}

export const transfer = (dest: string, value: bigint): RuntimeCallValue => ({
  type: 'Balances',
  value: { type: 'transfer_keep_alive', value: { dest: addressOf(dest), value } },
});

export const remark = (text: string): RuntimeCallValue => ({
  type: 'System',
  value: { type: 'remark', value: { remark: new TextEncoder().encode(text) } },
});
