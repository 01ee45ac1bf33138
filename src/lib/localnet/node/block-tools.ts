import type { VerifySignature } from '../frame/multi-signature.ts';
import { loadSignatureVerifier } from '../runtime/verify-signature.ts';
import type { Beacon } from './beacon/load-beacon.ts';

/**
 * What checking signatures and making blocks need beside the runtime: WebAssembly and curves, which take longer to load
 * than most reads. Until `load` is done only reading works.
 */
export class BlockTools {
  private verifier: VerifySignature | undefined;
  private pulses: Beacon | undefined;
  private loading: Promise<void> | undefined;

  get areLoaded(): boolean {
    return this.verifier !== undefined && this.pulses !== undefined;
  }

  load(): Promise<void> {
    this.loading ??= this.loadAll();
    return this.loading;
  }

  readonly verifySignature: VerifySignature = (signature, message, signer) =>
    present(this.verifier)(signature, message, signer);

  readonly beacon: Beacon = (x, time) => present(this.pulses)(x, time);

  private async loadAll(): Promise<void> {
    const [verifier, beacon] = await Promise.all([
      loadSignatureVerifier(),
      import('./beacon/load-beacon.ts').then(({ loadBeacon }) => loadBeacon()),
    ]);
    this.verifier = verifier;
    this.pulses = beacon;
  }
}

function present<T>(tool: T | undefined): T {
  if (tool === undefined) throw new Error('the engine was not prepared');
  return tool;
}
