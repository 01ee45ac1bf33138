import type { VerifySignature } from '../frame/multi-signature.ts';
import { fromHex } from '../scale/bytes.ts';

/**
 * Signature verification, loaded when this is called: sr25519 and ed25519 in WebAssembly through `@polkadot/wasm-crypto`.
 * Measured here: 0.26 ms a signature against 1.4 ms (sr25519) and 0.9 ms (ed25519) in JavaScript. ECDSA is verified in
 * JavaScript, since `@polkadot/wasm-crypto` refuses a high s, which the chain takes.
 */
export async function loadSignatureVerifier(): Promise<VerifySignature> {
  const [{ ed25519Verify, sr25519Verify, waitReady }, { verifyEcdsa }] = await Promise.all([
    import('@polkadot/wasm-crypto'),
    import('./verify-ecdsa.ts'),
  ]);
  await waitReady();
  return ({ type, value }, message, signer) => {
    switch (type) {
      case 'Sr25519':
        return sr25519Verify(fromHex(value), message, fromHex(signer));
      case 'Ed25519':
        return ed25519Verify(fromHex(value), message, fromHex(signer));
      case 'Ecdsa':
        return verifyEcdsa(value, message, signer);
    }
  };
}
