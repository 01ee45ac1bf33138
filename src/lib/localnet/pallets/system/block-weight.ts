import type { Ext } from '../../frame/ext.ts';
import { addWeight, type DispatchClass, subWeight, type Weight } from '../../frame/weight.ts';
import type { ValueOf } from '../../scale/type.ts';
import { BlockWeight, constants } from './spec.ts';
import type { BlockWeights } from './types.ts';

/** The limits of a block (constant System.BlockWeights). */
export const blockWeights = constants.BlockWeights.value as ValueOf<typeof BlockWeights>;

const CLASS = { Normal: 'normal', Operational: 'operational', Mandatory: 'mandatory' } as const;
export const classKey = (of: DispatchClass): 'normal' | 'operational' | 'mandatory' => CLASS[of];

/** What one class may use and what an extrinsic of it costs at least. */
export const limitsOf = (of: DispatchClass) => blockWeights.per_class[classKey(of)];

export type ConsumedWeight = ReturnType<typeof BlockWeight.get>;

export const totalConsumed = ({ normal, operational, mandatory }: ConsumedWeight): Weight =>
  addWeight(addWeight(normal, operational), mandatory);

/** Counts weight that no extrinsic has declared: hooks, and calls inside calls. */
export function registerExtraWeight(x: Ext, weight: Weight, of: DispatchClass): void {
  BlockWeight.mutate(x, (used) => ({ ...used, [classKey(of)]: addWeight(used[classKey(of)], weight) }));
}

/** Gives back weight that an extrinsic declared and did not use. */
export function reduceWeight(x: Ext, weight: Weight, of: DispatchClass): void {
  BlockWeight.mutate(x, (used) => ({ ...used, [classKey(of)]: subWeight(used[classKey(of)], weight) }));
}
