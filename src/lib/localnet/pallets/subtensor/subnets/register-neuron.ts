import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { MaxAllowedUids, SubnetworkN } from '../storage.ts';
import { getNeuronToPrune } from './neuron-pruning.ts';
import { appendNeuron, replaceNeuron } from './uids.ts';

/**
 * Gives a hotkey a uid: the next free one, or the one of the neuron to prune in a full subnet. Answers the uid.
 *
 * @throws NoNeuronIdAvailable
 * Source: pallets/subtensor subnets/registration.rs.
 */
export function registerNeuron(x: Ext, netuid: number, hotkey: AccountId): number {
  const block = currentBlock(x);
  const n = SubnetworkN.get(x, netuid);
  if (n < MaxAllowedUids.get(x, netuid)) {
    appendNeuron(x, netuid, hotkey, block);
    return n;
  }
  const uid = getNeuronToPrune(x, netuid);
  if (uid === undefined) throw errors.NoNeuronIdAvailable;
  replaceNeuron(x, netuid, uid, hotkey, block);
  return uid;
}
