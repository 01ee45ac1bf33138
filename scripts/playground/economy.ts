/**
 * Who lives on the playground. People, companies and subnets are invented; addresses end in `.example`, which nobody can
 * register. Every account is derived from the public development phrase: `//Harbour` is a coldkey that anyone may use.
 */

/** A subnet as it is to be when the building ends. */
export interface SubnetPlan {
  readonly netuid: number;
  readonly name: string;
  readonly description: string;
  /** TAO in the pool at the end. */
  readonly depthTao: number;
  /** TAO for one alpha at the end. */
  readonly priceTao: number;
  /** Names of validators, the biggest stake first. */
  readonly validators: readonly string[];
  readonly miners: number;
}

/** Depths differ on purpose: ten TAO move subnet 5 by a tenth of a percent and subnet 8 by five percent. */
export const SUBNETS: readonly SubnetPlan[] = [
  {
    netuid: 1,
    name: 'Meadow',
    description: 'Common ground for first experiments. Nobody owns it, and its pool is small.',
    depthTao: 0,
    priceTao: 0.1,
    validators: ['Willow', 'Harbour'],
    miners: 4,
  },
  {
    netuid: 2,
    name: 'Lighthouse',
    description: 'Weather for the next six hours, told by many small stations.',
    depthTao: 6_000,
    priceTao: 0.35,
    validators: ['Harbour', 'Juniper', 'Kestrel'],
    miners: 8,
  },
  {
    netuid: 3,
    name: 'Papermill',
    description: 'Keeps documents and proves that it still has them.',
    depthTao: 2_500,
    priceTao: 0.09,
    validators: ['Juniper', 'Marble'],
    miners: 6,
  },
  {
    netuid: 4,
    name: 'Birdsong',
    description: 'Names the bird in a recording. Liquid alpha is on.',
    depthTao: 9_000,
    priceTao: 0.45,
    validators: ['Kestrel', 'Harbour', 'Willow', 'Marble'],
    miners: 10,
  },
  {
    netuid: 5,
    name: 'Orchard',
    description: 'Answers questions in whole sentences. The deepest pool of the playground.',
    depthTao: 20_000,
    priceTao: 0.6,
    validators: ['Harbour', 'Marble', 'Kestrel', 'Juniper', 'Willow'],
    miners: 12,
  },
  {
    netuid: 6,
    name: 'Clockwork',
    description: 'Continues time series.',
    depthTao: 1_500,
    priceTao: 0.12,
    validators: ['Kestrel', 'Willow'],
    miners: 6,
  },
  {
    netuid: 7,
    name: 'Tidepool',
    description: 'Folds small proteins. Weights are committed first and revealed later.',
    depthTao: 4_000,
    priceTao: 0.25,
    validators: ['Juniper', 'Harbour', 'Marble'],
    miners: 8,
  },
  {
    netuid: 8,
    name: 'Lantern',
    description: 'Finds pictures by what is in them. The youngest subnet, with the shallowest pool that was paid for.',
    depthTao: 400,
    priceTao: 0.07,
    validators: ['Marble', 'Willow'],
    miners: 4,
  },
];

/** A coldkey with a hotkey `…//validator` that sits on root. */
export interface RootValidator {
  readonly name: string;
  /** What it says of itself. */
  readonly motto: string;
  readonly rootTao: number;
}

/**
 * On root before there are subnets: the chain makes each new subnet's owner its child. Its stake is small, since root
 * stake would take the alpha that is to be earned on subnet 1.
 */
export const FIRST_ON_ROOT: RootValidator = {
  name: 'Moss',
  motto: 'Was here first. Lends its weight to those who found subnets.',
  rootTao: 1_000,
};

export const VALIDATORS: readonly RootValidator[] = [
  { name: 'Harbour', motto: 'Old stake, calm water.', rootTao: 300_000 },
  { name: 'Juniper', motto: 'Scores every answer twice.', rootTao: 200_000 },
  { name: 'Kestrel', motto: 'Watches from above, strikes at bad weights.', rootTao: 150_000 },
  { name: 'Marble', motto: 'Slow to change its mind.', rootTao: 80_000 },
  { name: 'Willow', motto: 'Gives newcomers a chance.', rootTao: 40_000 },
];

/** Coldkeys that run the miners, in turn. */
export const CREWS = ['Alder', 'Birch', 'Cedar', 'Maple'] as const;

/** Coldkeys that only stake: each adds a fifth to its validator's stake on every subnet, and root stake. */
export const NOMINATORS: readonly { readonly name: string; readonly validator: string; readonly rootTao: number }[] = [
  { name: 'Aspen', validator: 'Harbour', rootTao: 60_000 },
  { name: 'Bramble', validator: 'Kestrel', rootTao: 45_000 },
  { name: 'Clover', validator: 'Juniper', rootTao: 20_000 },
  { name: 'Dapple', validator: 'Marble', rootTao: 5_000 },
];

export const coldkeyUri = (name: string): string => `//${name}`;
export const ownerUri = (subnet: SubnetPlan): string => `//${subnet.name}`;
export const ownerHotkeyUri = (subnet: SubnetPlan): string => `//${subnet.name}//owner`;
export const validatorHotkeyUri = (name: string): string => `//${name}//validator`;

/** The crew and the hotkey of a subnet's miner. */
export function minerUris(
  { name, netuid }: SubnetPlan,
  index: number,
): { readonly coldkey: string; readonly hotkey: string } {
  const crew = CREWS[(index + netuid) % CREWS.length]!;
  return { coldkey: coldkeyUri(crew), hotkey: `//${crew}//${name}//${index + 1}` };
}

/** How good a miner's work is, in thousandths. Each subnet has a clear leader, a middle field, and one that does nothing. */
function quality({ netuid, miners }: SubnetPlan, index: number): number {
  if (index === miners - 1) return 0;
  return Math.floor(1000 / (index + 1)) + ((netuid * 37 + index * 53) % 90);
}

/** How a validator sees that work: nearly as it is, each with its own view; Willow also pays whoever does nothing. */
export function opinion(subnet: SubnetPlan, validator: string, index: number, round: number): number {
  const seed = [...validator].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const view = ((seed * 31 + index * 17 + round * 7) % 41) - 20;
  const seen = quality(subnet, index);
  if (seen === 0) return validator === 'Willow' ? 60 : 0;
  return Math.max(1, seen + Math.floor((seen * view) / 250));
}
