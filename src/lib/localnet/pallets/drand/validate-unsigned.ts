import type { Ext } from '../../frame/ext.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import type { MultiSignatureValue, VerifySignature } from '../../frame/multi-signature.ts';
import { invalid, type ValidTransaction } from '../../frame/transaction-validity.ts';
import { concatBytes, utf8 } from '../../scale/bytes.ts';
import { bytes, str, u32, u64 } from '../../scale/primitives.ts';
import { encode, type Type, type ValueOf } from '../../scale/type.ts';
import { blockNumber } from '../system/block.ts';
import { constants, LastStoredRound, NextUnsignedAt } from './spec.ts';
import { BeaconConfigurationPayload, MultiSigner, PulsesPayload } from './types.ts';

// Which bare transactions of the pallet are valid (pallets/drand/src/lib.rs, ValidateUnsigned): those signed inside, with any
// sr25519 key at all; only one round a transaction, and a new one.

const PRIORITY = constants.UnsignedPriority.value as bigint;
const MAX_U64 = 0xffff_ffff_ffff_ffffn;
const PREFIX = encode(str, 'DrandOffchainWorker');
const PULSE_LONGEVITY = 3n;
const CONFIG_LONGEVITY = 1n;

interface SignedPayload {
  readonly block_number: number;
  readonly public: ValueOf<typeof MultiSigner>;
}

/** @throws BadSigner without a signature, BadProof with a wrong one */
function checkSignature<P extends SignedPayload>(
  verify: VerifySignature,
  type: Type<P>,
  payload: P,
  signature: MultiSignatureValue | undefined,
): void {
  if (!signature) throw invalid('BadSigner');
  const { public: signer } = payload;
  const isGood =
    signer.type === 'Sr25519' && signature.type === 'Sr25519' && verify(signature, encode(type, payload), signer.value);
  if (!isGood) throw invalid('BadProof');
}

function valid(
  tag: Uint8Array,
  rest: Pick<ValidTransaction, 'priority' | 'longevity' | 'propagate'>,
): ValidTransaction {
  return { requires: [], provides: [concatBytes(PREFIX, blake2_256(tag))], ...rest };
}

interface PulseArgs {
  readonly pulses_payload: ValueOf<typeof PulsesPayload>;
  readonly signature: MultiSignatureValue | undefined;
}

function validatePulse(
  x: Ext,
  verify: VerifySignature,
  { pulses_payload: payload, signature }: PulseArgs,
): ValidTransaction {
  checkSignature(verify, PulsesPayload, payload, signature);
  const now = blockNumber(x);
  if (now < payload.block_number) throw invalid('Future');
  const [pulse] = payload.pulses;
  if (!pulse || payload.pulses.length !== 1) throw invalid('Call');
  if (NextUnsignedAt.get(x) > now || pulse.round <= LastStoredRound.get(x)) throw invalid('Stale');
  const priority = PRIORITY + MAX_U64 - pulse.round;
  return valid(concatBytes(utf8.encode('drand'), encode(u64, pulse.round)), {
    priority: priority > MAX_U64 ? MAX_U64 : priority,
    longevity: PULSE_LONGEVITY,
    propagate: false,
  });
}

interface ConfigArgs {
  readonly config_payload: ValueOf<typeof BeaconConfigurationPayload>;
  readonly signature: MultiSignatureValue | undefined;
}

/** Valid in the pool, though only root may dispatch it: so it is on the chain. */
function validateConfig(
  x: Ext,
  verify: VerifySignature,
  { config_payload: payload, signature }: ConfigArgs,
): ValidTransaction {
  checkSignature(verify, BeaconConfigurationPayload, payload, signature);
  if (blockNumber(x) < payload.block_number) throw invalid('Future');
  const next = NextUnsignedAt.get(x);
  if (next > payload.block_number) throw invalid('Stale');
  const tag = concatBytes(encode(u32, next), encode(bytes, encode(MultiSigner, payload.public)));
  return valid(tag, { priority: PRIORITY, longevity: CONFIG_LONGEVITY, propagate: true });
}

/** @throws TransactionValidityError */
export function validateUnsigned(
  x: Ext,
  verify: VerifySignature,
  { type, value }: { readonly type: string; readonly value?: unknown },
): ValidTransaction {
  switch (type) {
    case 'write_pulse':
      return validatePulse(x, verify, value as PulseArgs);
    case 'set_beacon_config':
      return validateConfig(x, verify, value as ConfigArgs);
    default:
      throw invalid('Call');
  }
}
