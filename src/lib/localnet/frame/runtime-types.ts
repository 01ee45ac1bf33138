import { lazyType } from '../scale/type.ts';
import type { RuntimeCallValue } from './runtime-handle.ts';

/** Types that only the assembled runtime knows; it binds them (`runtime/create-runtime.ts`). */
export const RuntimeCall = lazyType<RuntimeCallValue>('RuntimeCall');
export const RuntimeEvent = lazyType<{
  readonly type: string;
  readonly value: { readonly type: string; readonly value?: unknown };
}>('RuntimeEvent');
export const OriginCaller = lazyType<{ readonly type: string; readonly value?: unknown }>('OriginCaller');
