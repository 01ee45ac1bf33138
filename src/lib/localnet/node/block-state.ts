import type { Ext } from '../frame/ext.ts';
import { callRuntimeApi } from '../frame/runtime-api.ts';
import type { StateReader } from '../frame/state-reader.ts';
import type { Hex } from '../scale/bytes.ts';
import type { NodeRuntime } from './node-runtime.ts';

/** Storage key `:code`. */
const CODE_KEY: Hex = '3a636f6465';

/** The state after one block, for reading and for runtime calls. Nothing that a call writes stays. */
export class BlockState implements StateReader {
  readonly number: number;
  readonly hash: Hex;
  private readonly reader: StateReader;
  private readonly runtime: NodeRuntime;
  private readonly makeExt: () => Ext;

  constructor(id: { number: number; hash: Hex }, reader: StateReader, runtime: NodeRuntime, makeExt: () => Ext) {
    this.number = id.number;
    this.hash = id.hash;
    this.reader = reader;
    this.runtime = runtime;
    this.makeExt = makeExt;
  }

  /** The externalities of this state; runtime calls share their decoded values. */
  get ext(): Ext {
    return this.makeExt();
  }

  /**
   * A stored value. The runtime here is no WebAssembly, but clients tell runtimes apart by the hash of `:code`: they get
   * bytes that change whenever the running program's metadata does, whatever the chain began with.
   */
  get(key: Hex): Uint8Array | undefined {
    return key === CODE_KEY ? this.runtime.codeSubstitute() : this.reader.get(key);
  }

  keys(prefix: Hex): Hex[] {
    return this.reader.keys(prefix);
  }

  /** `Api_method` with SCALE arguments; undefined when there is no such method. @throws ScaleError */
  call(name: string, input: Uint8Array): Uint8Array | undefined {
    return callRuntimeApi(this.runtime.apis, this.ext, name, input);
  }
}
