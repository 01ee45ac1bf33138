import {
  decryptTimelock,
  parseTimelockCiphertext,
  parseTimelockSignature,
} from '../pallets/subtensor/subnets/timelock.ts';
import { fromHex, toHex } from '../scale/bytes.ts';
import { compareRow, type VectorFormat } from './format.ts';
import { hasKeys, listOf, objectOf, textOf } from './json.ts';
import { scenarioFormat } from './scenario.ts';

function opened(ciphertext: Uint8Array, signature: ReturnType<typeof parseTimelockSignature>): string | undefined {
  const parsed = parseTimelockCiphertext(ciphertext);
  const payload = parsed && signature && decryptTimelock(parsed, signature);
  return payload && `0x${toHex(payload)}`;
}

/** `timelock-crv4.json`: ciphertexts to a round of quicknet, and blocks in which such commits are revealed. */
export const timelockFormat: VectorFormat = {
  name: 'timelock',
  recognises: (json) => hasKeys(json, ['quicknet_public_key', 'signature', 'vectors', 'scenario']),
  *check(json) {
    const file = objectOf(json, 'file');
    const signature = parseTimelockSignature(fromHex(textOf(file.signature, 'signature')));
    let i = 0;
    for (const item of listOf(file.vectors, 'vectors')) {
      const row = objectOf(item, 'row');
      const payload = textOf(row.payload_hex, 'payload_hex');
      const ciphertext = fromHex(textOf(row.ciphertext_hex, 'ciphertext_hex'));
      const flipped = ciphertext.slice();
      flipped[flipped.length - 1]! ^= 1;
      yield compareRow(`vectors[${i++}]`, [
        ['payload', opened(ciphertext, signature), payload],
        ['decrypts_to_payload', opened(ciphertext, signature) === payload, row.decrypts_to_payload],
        ['last_byte_flipped_decrypts', opened(flipped, signature) === payload, row.last_byte_flipped_decrypts],
      ]);
    }
    yield* scenarioFormat.check(file.scenario);
  },
};
