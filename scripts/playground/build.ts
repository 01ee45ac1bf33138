import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import { encodeExport, exportChain } from '../../src/lib/localnet/node/store/snapshot.ts';
import {
  Keys,
  LastEpochBlock,
  LastMechansimStepBlock,
  SubnetAlphaIn,
  SubnetTAO,
  Uids,
  ValidatorPermit,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { utf8 } from '../../src/lib/localnet/scale/bytes.ts';
import { ZERO_ACCOUNT } from '../../src/lib/localnet/scale/well-known.ts';
import {
  CREWS,
  coldkeyUri,
  FIRST_ON_ROOT,
  minerUris,
  NOMINATORS,
  opinion,
  ownerHotkeyUri,
  ownerUri,
  type RootValidator,
  SUBNETS,
  type SubnetPlan,
  VALIDATORS,
  validatorHotkeyUri,
} from './economy.ts';
import { call, FoundingChain, type Person } from './founding-chain.ts';

const TAO = 1_000_000_000n;
const tao = (amount: number): bigint => BigInt(Math.round(amount * 1e6)) * 1000n;

/** Price at which the subnets are founded. Stakers then buy each up to its own. */
const FOUNDING_PRICE = 0.05;
/** Blocks between two epochs while the playground is built, and afterwards (the chain's own default). */
const BUILDING_TEMPO = 24;
const TEMPO = 360;
/** Rounds of weights: in the first the validators get their permits, the others have incentives and dividends. */
const ROUNDS = 4;

// The chain's own values, put back at the end.
const FREEZE_WINDOW = 10;
const MIN_LOCK = 1_000n * TAO;
const LOCK_REDUCTION_INTERVAL = 100_800n;
const BURN_HALF_LIFE = 360;
const WEIGHTS_RATE_LIMIT = 100n;

const subtensor = (name: string, args: Readonly<Record<string, unknown>>): RuntimeCallValue =>
  call('SubtensorModule', name, args);
const sudo = (inner: RuntimeCallValue): RuntimeCallValue => call('Sudo', 'sudo', { call: inner });
const set = (name: string, args: Readonly<Record<string, unknown>>): RuntimeCallValue =>
  sudo(call('AdminUtils', `sudo_set_${name}`, args));
const asNobody = (inner: RuntimeCallValue): RuntimeCallValue =>
  call('Sudo', 'sudo_as', { who: { type: 'Id', value: ZERO_ACCOUNT }, call: inner });
const payTo = ({ account }: Person, amount: number): RuntimeCallValue =>
  call('Balances', 'transfer_keep_alive', { dest: { type: 'Id', value: account }, value: tao(amount) });

const founded = SUBNETS.filter(({ netuid }) => netuid > 1);
const identity = (subnet: SubnetPlan): Record<string, Uint8Array> => {
  const host = `${subnet.name.toLowerCase()}.example`;
  return {
    subnet_name: utf8.encode(subnet.name),
    github_repo: utf8.encode(`https://${host}/code`),
    subnet_contact: utf8.encode(`hello@${host}`),
    subnet_url: utf8.encode(`https://${host}`),
    discord: utf8.encode(''),
    description: utf8.encode(subnet.description),
    logo_url: utf8.encode(''),
    additional: utf8.encode('invented for the playground'),
  };
};

/**
 * Builds the playground from the chain's own local genesis, by signed extrinsics alone.
 * @returns canonical export, uncompressed: always the same bytes
 */
export async function buildPlayground(): Promise<Uint8Array> {
  const chain = await FoundingChain.open();
  const alice = await chain.person('//Alice');
  await openForBusiness(chain, alice);
  await lowerMeadowPrice(chain, alice);
  await foundSubnets(chain, alice);
  await registerNeurons(chain);
  await stake(chain);
  averagePrices(chain, alice);
  await runEpochs(chain);
  await settle(chain, alice);
  const { store } = chain.engine;
  store.pruneHistory(lastEpochs(chain) - 1);
  const bytes = encodeExport(exportChain(store, { history: true }));
  await chain.engine.close();
  return bytes;
}

/** First block in which a subnet had its latest epoch: from there on states are kept, so that each can be explained. */
function lastEpochs(chain: FoundingChain): number {
  const blocks = SUBNETS.map(({ netuid }) => Number(LastMechansimStepBlock.get(chain.state, netuid)));
  return Math.min(...blocks);
}

/** Settings that would make people wait, first money, and the start of subnet 1, which genesis gives to nobody. */
async function openForBusiness(chain: FoundingChain, alice: Person): Promise<void> {
  chain.submit(
    alice,
    set('admin_freeze_window', { window: 0 }),
    set('subtoken_enabled', { netuid: 0, subtoken_enabled: true }),
    set('network_rate_limit', { rate_limit: 0n }),
    set('lock_reduction_interval', { interval: 1n }),
    ...SUBNETS.filter(({ netuid }) => netuid === 1).flatMap(({ netuid }) => subnetSettings(netuid)),
    asNobody(subtensor('start_call', { netuid: 1 })),
    asNobody(subtensor('set_subnet_identity', { netuid: 1, ...identity(SUBNETS[0]!) })),
  );
  const owners = await Promise.all(founded.map((subnet) => chain.person(ownerUri(subnet))));
  const needed = (subnet: SubnetPlan): number => lockOf(subnet) + Math.round(subnet.depthTao / 10) + 100;
  chain.submit(alice, ...owners.map((owner, index) => payTo(owner, needed(founded[index]!))));
  const bob = await chain.person('//Bob');
  const charlie = await chain.person('//Charlie');
  const rooted = [FIRST_ON_ROOT, ...VALIDATORS];
  const validators = await Promise.all(rooted.map(({ name }) => chain.person(coldkeyUri(name))));
  chain.submit(bob, ...validators.map((person, index) => payTo(person, rooted[index]!.rootTao + 18_000)));
  const crews = await Promise.all(CREWS.map((name) => chain.person(coldkeyUri(name))));
  const nominators = await Promise.all(NOMINATORS.map(({ name }) => chain.person(coldkeyUri(name))));
  chain.submit(
    charlie,
    ...crews.map((crew) => payTo(crew, 500)),
    ...nominators.map((person, index) => payTo(person, NOMINATORS[index]!.rootTao + 8_000)),
  );
  chain.seal();
}

/** What a subnet gets while it is built: open weights without waiting, cheap registration, a short tempo. */
function subnetSettings(netuid: number): RuntimeCallValue[] {
  return [
    set('commit_reveal_weights_enabled', { netuid, enabled: false }),
    set('weights_set_rate_limit', { netuid, weights_set_rate_limit: 0n }),
    set('burn_half_life', { netuid, burn_half_life: 1 }),
    set('tempo', { netuid, tempo: BUILDING_TEMPO }),
    // Miners hold alpha too, and where seats are left the chain gives them a validator's.
    set('max_allowed_validators', { netuid, max_allowed_validators: validatorSeats(netuid) }),
  ];
}

const validatorSeats = (netuid: number): number => SUBNETS.find((one) => one.netuid === netuid)!.validators.length;

/** Until then block rewards fill subnet 1's pool: genesis gives it 10 TAO that no account holds, too little to sell into. */
const MEADOW_FILLED = 72;
/** Until then a validator earns alpha on subnet 1. */
const MEADOW_EARNED = 480;

/**
 * New subnets are priced at the median of those that exist. Subnet 1 begins at 1 TAO for one alpha; a validator sells what
 * it earned, which brings the price to where a subnet may be founded with as much alpha as a real one has.
 */
async function lowerMeadowPrice(chain: FoundingChain, alice: Person): Promise<void> {
  const willow = await chain.person(coldkeyUri('Willow'));
  const { account: hotkey } = await chain.person(validatorHotkeyUri('Willow'));
  chain.submit(willow, subtensor('burned_register', { netuid: 1, hotkey }));
  chain.submit(willow, subtensor('add_stake', { hotkey, netuid: 1, amount_staked: tao(5) }));
  await takeRootSeat(chain, FIRST_ON_ROOT);
  chain.submit(alice, ...movingPrices(QUICK_AVERAGE, [1]));
  chain.seal();
  chain.sealUntil(MEADOW_FILLED);
  chain.submit(
    alice,
    ...movingPrices(CHAINS_AVERAGE, [1]),
    set('subnet_emission_enabled', { netuid: 1, enabled: false }),
  );
  chain.seal();
  chain.sealUntil(MEADOW_EARNED);
  const alphaIn = Number(SubnetAlphaIn.get(chain.state, 1)) / 1e9;
  const taoIn = Number(SubnetTAO.get(chain.state, 1)) / 1e9;
  const sold = Math.sqrt((alphaIn * taoIn) / FOUNDING_PRICE) - alphaIn;
  chain.submit(willow, subtensor('remove_stake', { hotkey, netuid: 1, amount_unstaked: tao(sold) }));
  chain.seal();
}

/** TAO to lock so that stakers who buy the price up to its target leave the pool as deep as planned. */
const lockOf = ({ depthTao, priceTao }: SubnetPlan): number =>
  Math.round(depthTao * Math.sqrt(FOUNDING_PRICE / priceTao));

async function foundSubnets(chain: FoundingChain, alice: Person): Promise<void> {
  for (const subnet of founded) {
    const owner = await chain.person(ownerUri(subnet));
    const { account: hotkey } = await chain.person(ownerHotkeyUri(subnet));
    chain.submit(alice, set('network_min_lock_cost', { lock_cost: tao(lockOf(subnet)) }));
    chain.seal();
    // The lock of the one before doubles the price, which falls again within two blocks.
    chain.sealUntil(chain.engine.head.number + 2);
    chain.submit(owner, subtensor('register_network_with_identity', { hotkey, identity: identity(subnet) }));
    chain.seal();
  }
  for (const subnet of founded) {
    const { netuid } = subnet;
    chain.submit(alice, ...subnetSettings(netuid), set('subnet_emission_enabled', { netuid, enabled: true }));
    chain.submit(await chain.person(ownerUri(subnet)), subtensor('start_call', { netuid }));
  }
  chain.seal();
  chain.submit(
    alice,
    set('liquid_alpha_enabled', { netuid: 4, enabled: true }),
    ...SUBNETS.map(({ netuid }) => sudo(subtensor('set_activity_cutoff_factor', { netuid, factor_milli: 50_000 }))),
  );
  chain.seal();
}

/** Seats for validators and miners, once registration has become cheap; miners announce where they serve. */
async function registerNeurons(chain: FoundingChain): Promise<void> {
  chain.sealUntil(chain.engine.head.number + 12);
  for (const { name } of VALIDATORS) {
    const { account: hotkey } = await chain.person(validatorHotkeyUri(name));
    const missing = SUBNETS.filter(
      ({ netuid, validators }) => validators.includes(name) && Uids.tryGet(chain.state, netuid, hotkey) === undefined,
    );
    const calls = missing.map(({ netuid }) => subtensor('burned_register', { netuid, hotkey }));
    chain.submit(await chain.person(coldkeyUri(name)), ...calls);
  }
  chain.seal();
  const perCrew = new Map<string, RuntimeCallValue[]>();
  const most = Math.max(...SUBNETS.map(({ miners }) => miners));
  for (let index = 0; index < most; index++) {
    for (const subnet of SUBNETS.filter(({ miners }) => index < miners)) {
      const uris = minerUris(subnet, index);
      const { account: hotkey } = await chain.person(uris.hotkey);
      const calls = perCrew.get(uris.coldkey) ?? [];
      calls.push(subtensor('burned_register', { netuid: subnet.netuid, hotkey }));
      perCrew.set(uris.coldkey, calls);
    }
  }
  for (const [uri, calls] of perCrew) chain.submit(await chain.person(uri), ...calls);
  chain.seal();
  for (const subnet of SUBNETS) {
    for (let index = 0; index < subnet.miners; index++) {
      const hotkey = await chain.person(minerUris(subnet, index).hotkey);
      // 192.0.2.0/24 is set aside for documentation.
      const ip = 0xc0000200n + BigInt(subnet.netuid * 16 + index);
      const place = { version: 1, ip, port: 8091, ip_type: 4, protocol: 4, placeholder1: 0, placeholder2: 0 };
      chain.submit(hotkey, subtensor('serve_axon', { netuid: subnet.netuid, ...place }));
    }
  }
  chain.seal();
}

/** A seat on root, an identity, and root stake. The chain gives one seat a block. */
async function takeRootSeat(chain: FoundingChain, { name, motto, rootTao }: RootValidator): Promise<void> {
  const { account: hotkey } = await chain.person(validatorHotkeyUri(name));
  const texts = { name, url: `https://${name.toLowerCase()}.example`, description: motto };
  const empty = { github_repo: '', image: '', discord: '', additional: 'invented for the playground' };
  const fields = Object.entries({ ...texts, ...empty }).map(([key, text]) => [key, utf8.encode(text)] as const);
  chain.submit(
    await chain.person(coldkeyUri(name)),
    subtensor('root_register', { hotkey }),
    subtensor('set_identity', Object.fromEntries(fields)),
    subtensor('add_stake', { hotkey, netuid: 0, amount_staked: tao(rootTao) }),
  );
}

/** Root seats, root stake, and on each subnet what it takes to buy the price up to its target. */
async function stake(chain: FoundingChain): Promise<void> {
  for (const validator of VALIDATORS) {
    await takeRootSeat(chain, validator);
    chain.seal();
  }
  for (const { name, validator, rootTao } of NOMINATORS) {
    const { account: hotkey } = await chain.person(validatorHotkeyUri(validator));
    chain.submit(
      await chain.person(coldkeyUri(name)),
      subtensor('add_stake', { hotkey, netuid: 0, amount_staked: tao(rootTao) }),
    );
  }
  chain.seal();
  const perPerson = new Map<string, RuntimeCallValue[]>();
  for (const subnet of SUBNETS) {
    for (const { uri, hotkeyUri, amount } of purchases(chain, subnet)) {
      const { account: hotkey } = await chain.person(hotkeyUri);
      const calls = perPerson.get(uri) ?? [];
      calls.push(subtensor('add_stake', { hotkey, netuid: subnet.netuid, amount_staked: amount }));
      perPerson.set(uri, calls);
    }
  }
  for (const [uri, calls] of perPerson) chain.submit(await chain.person(uri), ...calls);
  chain.seal();
}

interface Purchase {
  readonly uri: string;
  readonly hotkeyUri: string;
  readonly amount: bigint;
}

/** Validators share by rank (the first has the most), each nominator adds a fifth of its validator's part, the owner a tenth of all. */
function purchases(chain: FoundingChain, subnet: SubnetPlan): Purchase[] {
  const { netuid, validators, priceTao } = subnet;
  const pool = Number(SubnetTAO.get(chain.state, netuid)) / 1e9;
  const price = pool / (Number(SubnetAlphaIn.get(chain.state, netuid)) / 1e9);
  const total = pool * (Math.sqrt(priceTao / price) - 1);
  const parts: { uri: string; hotkeyUri: string; part: number }[] = [];
  validators.forEach((name, rank) => {
    const part = validators.length - rank + 1;
    const hotkeyUri = validatorHotkeyUri(name);
    parts.push({ uri: coldkeyUri(name), hotkeyUri, part });
    for (const nominator of NOMINATORS.filter(({ validator }) => validator === name)) {
      parts.push({ uri: coldkeyUri(nominator.name), hotkeyUri, part: part / 5 });
    }
  });
  if (netuid > 1) {
    const others = parts.reduce((sum, { part }) => sum + part, 0);
    parts.push({ uri: ownerUri(subnet), hotkeyUri: ownerHotkeyUri(subnet), part: others / 9 });
  }
  const all = parts.reduce((sum, { part }) => sum + part, 0);
  return parts.map(({ uri, hotkeyUri, part }) => ({ uri, hotkeyUri, amount: tao((total * part) / all) }));
}

interface Average {
  readonly alpha: bigint;
  readonly halving: bigint;
}
const QUICK_AVERAGE: Average = { alpha: 1n << 32n, halving: 1n };
const CHAINS_AVERAGE: Average = { alpha: 12_885n, halving: 201_600n };

const movingPrices = ({ alpha, halving }: Average, netuids: readonly number[]): RuntimeCallValue[] => [
  set('subnet_moving_alpha', { alpha }),
  ...netuids.map((netuid) => set('ema_price_halving_period', { netuid, ema_halving: halving })),
];

/** Lets the average price of each subnet, which divides the emission, reach the price at once instead of in months. */
function averagePrices(chain: FoundingChain, alice: Person): void {
  const all = SUBNETS.map(({ netuid }) => netuid);
  chain.submit(
    alice,
    ...movingPrices(QUICK_AVERAGE, all),
    set('subnet_emission_enabled', { netuid: 1, enabled: true }),
  );
  chain.seal();
  chain.sealUntil(chain.engine.head.number + 2);
  chain.submit(alice, ...movingPrices(CHAINS_AVERAGE, all));
  chain.seal();
}

/** Epochs follow each other; in each round every validator that has a permit sets its weights. */
async function runEpochs(chain: FoundingChain): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    chain.sealUntil(chain.engine.head.number + BUILDING_TEMPO + 4);
    for (const subnet of SUBNETS) {
      for (const name of subnet.validators) await setWeights(chain, subnet, name, round);
    }
    chain.seal();
  }
  chain.sealUntil(chain.engine.head.number + BUILDING_TEMPO + 4);
}

async function setWeights(chain: FoundingChain, subnet: SubnetPlan, validator: string, round: number): Promise<void> {
  const { netuid, miners } = subnet;
  const hotkey = await chain.person(validatorHotkeyUri(validator));
  const uid = Uids.tryGet(chain.state, netuid, hotkey.account);
  if (uid === undefined || !ValidatorPermit.get(chain.state, netuid)[uid]) {
    throw new Error(`${validator} may not set weights on subnet ${netuid} in round ${round}`);
  }
  const scores: [uid: number, score: number][] = [];
  for (let index = 0; index < miners; index++) {
    const { account } = await chain.person(minerUris(subnet, index).hotkey);
    const score = opinion(subnet, validator, index, round);
    if (score > 0) scores.push([Uids.tryGet(chain.state, netuid, account)!, score]);
  }
  scores.sort(([a], [b]) => a - b);
  chain.submit(
    hotkey,
    subtensor('set_weights', {
      netuid,
      dests: scores.map(([dest]) => dest),
      weights: scores.map(([, score]) => score),
      version_key: 0n,
    }),
  );
}

/** Gives the subnets the chain's own settings back, their epochs spread over the tempo. */
async function settle(chain: FoundingChain, alice: Person): Promise<void> {
  for (const { netuid } of SUBNETS) {
    chain.submit(
      alice,
      set('tempo', { netuid, tempo: TEMPO }),
      set('weights_set_rate_limit', { netuid, weights_set_rate_limit: WEIGHTS_RATE_LIMIT }),
      set('burn_half_life', { netuid, burn_half_life: BURN_HALF_LIFE }),
      ...(netuid === 7 ? [set('commit_reveal_weights_enabled', { netuid, enabled: true })] : []),
    );
    chain.seal();
    chain.sealUntil(chain.engine.head.number + 4);
  }
  chain.submit(
    alice,
    set('network_min_lock_cost', { lock_cost: MIN_LOCK }),
    set('lock_reduction_interval', { interval: LOCK_REDUCTION_INTERVAL }),
    set('admin_freeze_window', { window: FREEZE_WINDOW }),
  );
  chain.seal();
  for (const { netuid, miners, validators } of SUBNETS) {
    const neurons = [...Keys.iterPrefix(chain.state, netuid)].length;
    if (neurons !== 1 + miners + validators.length) throw new Error(`subnet ${netuid} has ${neurons} neurons`);
    if (LastEpochBlock.get(chain.state, netuid) === 0n) throw new Error(`subnet ${netuid} never had an epoch`);
  }
}
