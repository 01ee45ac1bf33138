import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatUnits } from '../src/lib/units.ts';
import { createGuide, type Guide } from './tour/guide.ts';
import { look, type Sight } from './tour/look.ts';
import { makeTourHome, type TourHome, tourEnvironment } from './tour/tour-home.ts';

/**
 * `npm start`: from nothing to staked TAO that earns, on the bundled chain, in a home of its own. Ends with an exit code
 * other than 0 if a command fails or a rao is missing.
 */
const NETUID = 5;
const WALLET = 'tour';
const TAO = 1_000_000_000n;
/** A take of everything. */
const WHOLE_TAKE = 65_535n;
const tao = (amount: bigint): string => `${formatUnits(amount)} τ`;

const program = resolve('bin/run.js');
const home = makeTourHome(program);
const colors = (process.env.NO_COLOR ?? '') === '' && process.stdout.isTTY === true;
const guide = createGuide(program, tourEnvironment(home, colors), colors);
const started = performance.now();

try {
  await play(guide, home);
  guide.say(`\nThe tour took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
} catch (error) {
  console.error(`\nThe tour failed: ${(error as Error).message}`);
  console.error(`Its home is kept: ${home.folder}`);
  process.exitCode = 1;
}

async function play({ say, heading, run }: Guide, place: TourHome): Promise<void> {
  say(
    'A tour of btcli-ts on its bundled chain (network: local). Nothing leaves this machine, and no TAO here is worth anything.',
  );
  say(`It plays in ${place.folder}, which stays when it ends.`);

  heading('1. A wallet');
  await run(['wallet', 'create', '--wallet-name', WALLET, '--hotkey', 'default', '--no-password', '--yes']);
  const coldkey = coldkeyOf(place);

  heading('2. Some TAO, from the chain’s development account');
  await run(['localnet', 'fund', '--wallet-name', WALLET, '--amount', '100', '--yes']);
  const funded = await look(place, coldkey, NETUID);

  heading('3. What there is to stake on, and what 10 τ would buy');
  await run(['subnet', 'list']);
  await run(['swap', 'quote', '--netuid', String(NETUID), '--tao', '10']);

  heading(`4. Stake 10 τ on subnet ${NETUID}`);
  await run(['stake', 'add', '--netuid', String(NETUID), '--amount', '10', '--wallet-name', WALLET, '--yes']);
  const staked = await look(place, coldkey, NETUID);
  await run(['stake', 'list', '--wallet-name', WALLET]);

  heading('5. What selling half of it would bring, slippage and fee included');
  const half = formatUnits(staked.alpha / 2n);
  await run(['swap', 'quote', '--netuid', String(NETUID), '--alpha', half]);

  heading('6. Take half back');
  await run(['stake', 'remove', '--netuid', String(NETUID), '--amount', half, '--wallet-name', WALLET, '--yes']);
  const removed = await look(place, coldkey, NETUID);

  heading('7. Where every rao went');
  account(guide, funded, staked, removed);

  heading('8. Let time pass: to the next epoch of the subnet');
  await run(['localnet', 'advance', '--epochs', '1', '--netuid', String(NETUID)]);
  const earned = await look(place, coldkey, NETUID);
  await run(['stake', 'list', '--wallet-name', WALLET]);

  heading('9. What the stake has earned, and from what');
  explain(guide, removed, earned);

  heading('Go on by hand');
  say(`  . ${place.shellFile}`);
  say(`  btcli-ts stake list --wallet-name ${WALLET}`);
  say(`  btcli-ts epoch show --netuid ${NETUID}`);
  say('  btcli-ts --help');
}

function coldkeyOf({ variables }: TourHome): string {
  const file = join(variables.BTCLI_WALLET_PATH!, WALLET, 'coldkeypub.txt');
  return (JSON.parse(readFileSync(file, 'utf8')) as { ss58Address: string }).ss58Address;
}

/** Adds up what left and what came, against the balances, the pool and the block author on the chain. */
function account({ amount, check, say }: Guide, funded: Sight, staked: Sight, removed: Sight): void {
  const bought = traded(staked);
  const sold = traded(removed);
  amount('Given by //Alice', tao(funded.free));
  amount('Staked: into the pool', `−${tao(bought.tao - bought.fee)}`);
  amount('Swap fee of the purchase: to the block author', `−${tao(bought.fee)}`);
  amount('Fee of the extrinsic: to the block author', `−${tao(staked.fee)}`);
  amount('Taken back: out of the pool', `+${tao(sold.tao)}`);
  amount('Fee of the extrinsic: to the block author', `−${tao(removed.fee)}`);
  amount('Left', tao(removed.free));
  say();
  check(
    'the wallet holds what was given, less what left, plus what came back',
    removed.free,
    100n * TAO - bought.tao - staked.fee + sold.tao - removed.fee,
  );
  check('the block author got both fees of the purchase', staked.author - funded.author, staked.fee + bought.fee);
  check(
    'the pool holds the stake, and what the chain itself put in with that block',
    staked.poolTao - funded.poolTao,
    bought.tao - bought.fee + staked.emittedTao,
  );
  const soldFee = removed.author - staked.author - removed.fee;
  check(
    'the pool paid the sale and its swap fee, and got what the chain put in',
    staked.poolTao - removed.poolTao,
    sold.tao + soldFee - removed.emittedTao,
  );
  say(
    `  (The swap fee of the sale, ${formatUnits(sold.fee)} ε, was sold for ${tao(soldFee)}, which the block author got.)`,
  );
}

function traded({ trade, block }: Sight): NonNullable<Sight['trade']> {
  if (!trade) throw new Error(`block ${block} holds no trade of the tour's wallet`);
  return trade;
}

/** The wallet's part of the dividends that its validator's stakers got. */
function explain({ amount, check, say }: Guide, before: Sight, after: Sight): void {
  const gain = after.alpha - before.alpha;
  if (gain <= 0n) throw new Error('the stake has earned nothing');
  // The validator's take enters its own stake first; then what is left is shared by stake.
  const take = (after.dividends * after.take) / (WHOLE_TAKE - after.take);
  const sharedAmong = before.hotkeyAlpha + take;
  const percent = (part: bigint, whole: bigint): string =>
    `${(Number((part * 10n ** 12n) / whole) / 1e10).toFixed(6)} %`;
  say(`  In block ${after.epochBlock} the subnet had its epoch: the alpha minted since the last one was divided among`);
  say('  its owner, its miners and its validators. Validators are paid for weights that agree with the others’;');
  say('  each keeps its take, and its stakers share the rest by stake.');
  say();
  amount(`The validator kept (its take of ${percent(after.take, WHOLE_TAKE)})`, `${formatUnits(take)} ε`);
  amount('Its stakers shared', `${formatUnits(after.dividends)} ε`);
  amount('Of its stake the wallet held', percent(before.alpha, sharedAmong));
  amount('So the wallet’s stake grew by', `${formatUnits(gain)} ε`);
  say();
  const expected = (after.dividends * before.alpha) / sharedAmong;
  const difference = gain > expected ? gain - expected : expected - gain;
  // Positions are whole rao, rounded down, and the take was.
  check('that part of the dividends is the growth, within two rao of rounding', difference <= 2n ? 0n : difference, 0n);
}
