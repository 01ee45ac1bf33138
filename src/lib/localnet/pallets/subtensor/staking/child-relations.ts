import type { Ext } from '../../../frame/ext.ts';
import { addWeight, dbReadsWrites, dbWrites, type Weight } from '../../../frame/weight.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { errors } from '../errors.ts';
import { ChildKeys, ParentKeys, PendingChildKeys } from '../storage.ts';

/**
 * Who passes which part of its stake to whom on a subnet: proportions are u64 parts of u64::MAX. A hotkey's children and parents never
 * overlap. Source: staking/set_children.rs `PCRelations`.
 */
export type Edges = readonly (readonly [proportion: bigint, hotkey: AccountId])[];

type EdgeMap = ReadonlyMap<AccountId, bigint>;

const U64_MAX = (1n << 64n) - 1n;
const MAX_CHILDREN = 5;
const ONE_READ_ONE_WRITE = dbReadsWrites(1, 1);

/** Edges by hotkey, the last of equals, in order of hotkeys. */
function edgeMap(edges: Edges, without?: AccountId): EdgeMap {
  const map = new Map<AccountId, bigint>();
  for (const [proportion, hotkey] of edges) if (hotkey !== without) map.set(hotkey, proportion);
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const toEdges = (map: EdgeMap): Edges => [...map].map(([hotkey, proportion]) => [proportion, hotkey]);

const upsertEdge = (edges: Edges, proportion: bigint, hotkey: AccountId): Edges => {
  const at = edges.findIndex(([, other]) => other === hotkey);
  return at < 0 ? [...edges, [proportion, hotkey]] : edges.with(at, [proportion, hotkey]);
};

const removeEdge = (edges: Edges, hotkey: AccountId): Edges => edges.filter(([, other]) => other !== hotkey);

type EdgeItem = typeof ChildKeys;

function setEdges(x: Ext, item: EdgeItem, hotkey: AccountId, netuid: number, edges: Edges): void {
  if (edges.length === 0) item.remove(x, hotkey, netuid);
  else item.insert(x, hotkey, netuid, edges);
}

function ensureTotalProportions(children: EdgeMap): void {
  let total = 0n;
  for (const proportion of children.values()) total += proportion;
  if (total > U64_MAX) throw errors.ProportionOverflow;
}

function ensureNoSelfLoop(pivot: AccountId, hotkeys: EdgeMap): void {
  if (hotkeys.has(pivot)) throw errors.InvalidChild;
}

function ensureBipartiteSeparation(children: EdgeMap, parents: EdgeMap): void {
  for (const child of children.keys()) if (parents.has(child)) throw errors.ChildParentInconsistency;
}

/** The children and parents of one hotkey. */
export interface ChildRelations {
  readonly pivot: AccountId;
  readonly children: EdgeMap;
  readonly parents: EdgeMap;
}

function linked(pivot: AccountId, children: EdgeMap, parents: EdgeMap): ChildRelations {
  ensureTotalProportions(children);
  ensureBipartiteSeparation(children, parents);
  return { pivot, children, parents };
}

/** The relations in storage. @throws ProportionOverflow, ChildParentInconsistency */
export function loadChildParentRelations(x: Ext, hotkey: AccountId, netuid: number): ChildRelations {
  return linked(
    hotkey,
    edgeMap(ChildKeys.get(x, hotkey, netuid), hotkey),
    edgeMap(ParentKeys.get(x, hotkey, netuid), hotkey),
  );
}

/** The relations as they would be with these children. @throws ProportionOverflow, ChildParentInconsistency */
export function loadRelationsFromPending(x: Ext, pivot: AccountId, children: Edges, netuid: number): ChildRelations {
  return linked(pivot, edgeMap(children, pivot), edgeMap(ParentKeys.get(x, pivot, netuid), pivot));
}

/** Whether these children would be allowed. @throws InvalidChild, TooManyChildren, ProportionOverflow, ChildParentInconsistency */
export function ensurePendingConsistency({ pivot, parents }: ChildRelations, pending: Edges): void {
  const children = edgeMap(pending);
  ensureNoSelfLoop(pivot, children);
  if (children.size > MAX_CHILDREN) throw errors.TooManyChildren;
  ensureTotalProportions(children);
  ensureBipartiteSeparation(children, parents);
}

/** Brings the other side of the pivot's edges into line with it: `item` holds the edges of the others. */
function updateOthers(
  x: Ext,
  item: EdgeItem,
  netuid: number,
  pivot: AccountId,
  before: ReadonlySet<AccountId>,
  after: EdgeMap,
): Weight {
  let used = dbWrites(0);
  const update = (hotkey: AccountId, edges: (old: Edges) => Edges) => {
    setEdges(x, item, hotkey, netuid, edges(item.get(x, hotkey, netuid)));
    used = addWeight(used, ONE_READ_ONE_WRITE);
  };
  for (const [hotkey, proportion] of after) update(hotkey, (old) => upsertEdge(old, proportion, pivot));
  for (const hotkey of before) if (!after.has(hotkey)) update(hotkey, (old) => removeEdge(old, pivot));
  return used;
}

/** Stores the relations on both ends. Returns the weight. */
export function persistChildParentRelations(x: Ext, relations: ChildRelations, netuid: number): Weight {
  const { pivot, children, parents } = relations;
  const oldChildren = new Set(ChildKeys.get(x, pivot, netuid).map(([, child]) => child));
  setEdges(x, ChildKeys, pivot, netuid, toEdges(children));
  let used = addWeight(ONE_READ_ONE_WRITE, updateOthers(x, ParentKeys, netuid, pivot, oldChildren, children));
  const oldParents = new Set(ParentKeys.get(x, pivot, netuid).map(([, parent]) => parent));
  setEdges(x, ParentKeys, pivot, netuid, toEdges(parents));
  used = addWeight(used, updateOthers(x, ChildKeys, netuid, pivot, oldParents, parents));
  return used;
}

/**
 * Puts a new hotkey in the place of an old one in all relations of a subnet. Returns the weight.
 *
 * @throws InvalidChild, TooManyChildren, ProportionOverflow, ChildParentInconsistency
 */
export function parentChildSwapHotkey(x: Ext, oldHotkey: AccountId, newHotkey: AccountId, netuid: number): Weight {
  const old = loadChildParentRelations(x, oldHotkey, netuid);
  let used = dbReadsWrites(2, 0);
  for (const child of old.children.keys()) {
    setEdges(x, ParentKeys, child, netuid, removeEdge(ParentKeys.get(x, child, netuid), oldHotkey));
    used = addWeight(used, ONE_READ_ONE_WRITE);
  }
  for (const parent of old.parents.keys()) {
    ChildKeys.insert(x, parent, netuid, removeEdge(ChildKeys.get(x, parent, netuid), oldHotkey));
    used = addWeight(used, ONE_READ_ONE_WRITE);
  }
  ChildKeys.insert(x, oldHotkey, netuid, []);
  setEdges(x, ParentKeys, oldHotkey, netuid, []);
  used = addWeight(used, dbReadsWrites(0, 2));

  ensureNoSelfLoop(newHotkey, old.children);
  ensureNoSelfLoop(newHotkey, old.parents);
  const relations: ChildRelations = { ...old, pivot: newHotkey };
  if (PendingChildKeys.containsKey(x, netuid, oldHotkey)) {
    const pending = PendingChildKeys.get(x, netuid, oldHotkey);
    ensurePendingConsistency(relations, pending[0]);
    PendingChildKeys.remove(x, netuid, oldHotkey);
    PendingChildKeys.insert(x, netuid, newHotkey, pending);
    used = addWeight(used, dbReadsWrites(1, 2));
  }
  return addWeight(used, persistChildParentRelations(x, relations, netuid));
}
