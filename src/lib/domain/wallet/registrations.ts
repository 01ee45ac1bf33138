import type { Reader } from '../../chain/reader.ts';
import { type Neuron, readNeurons } from '../subnet/neurons.ts';
import { readSubnets, type SubnetSummary } from '../subnet/subnets.ts';
import { registeredOn } from './hotkeys.ts';

/** One hotkey's place on one subnet. */
export interface Registration {
  readonly subnet: SubnetSummary;
  readonly neuron: Neuron;
}

/** Where hotkeys are registered, with what their last epoch gave them, by subnet and uid. */
export async function readRegistrations(reader: Reader, hotkeys: readonly string[]): Promise<Registration[]> {
  const places = await Promise.all(hotkeys.map((hotkey) => registeredOn(reader, hotkey)));
  const netuids = [...new Set(places.flat())].sort((a, b) => a - b);
  if (netuids.length === 0) return [];
  const wanted = new Set(hotkeys);
  const [subnets, neurons] = await Promise.all([
    readSubnets(reader),
    Promise.all(netuids.map((netuid) => readNeurons(reader, netuid))),
  ]);
  const byNetuid = new Map(subnets.map((subnet) => [subnet.netuid, subnet]));
  return netuids.flatMap((netuid, index) => {
    const subnet = byNetuid.get(netuid);
    if (!subnet) return [];
    return neurons[index]!.filter(({ hotkey }) => wanted.has(hotkey)).map((neuron) => ({ subnet, neuron }));
  });
}
