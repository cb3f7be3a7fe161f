// Tags: with each entry of a block index, which value its instance has of the attribute that requests spread over, so that
// a search within a level leaves the other domains out by vectors and reads no attribute. An index has tags of one
// attribute, the first that a level asked about. Called by blocks, which writes entries, and by tightest.
//
//   tag ─► number of the value, 0 without the attribute; those of an attribute with more than TAGS tell nothing
import { NONE } from "../abi";
import { attributeValue, largestValue } from "../table/attributes";
import { slots } from "../table/instances";
import { entry, INSTANCES, remembers, written } from "../table/journal";
import { blockOf, entryAt, nameFor, numberIn, setName, tagOf, TAGS } from "./block";
import { levelAttribute, levelValues } from "./levels";
import { place, setTagAttribute, setTagPosition, settlePlaces, tagAttribute, tagPosition } from "./members";

export const EVERY_TAG = -1;

/** The tag of an instance in an index. */
// @ts-ignore: decorator
@inline export function tagFor(index: usize, slot: i32): i32 {
  return tagAttribute(index) == NONE ? 0 : attributeValue(slot, tagAttribute(index)) & (TAGS - 1);
}

/** A bitset of the tags of the instances in the level at hand, or EVERY_TAG where the tags of the index do not tell. */
export function tagsOfLevel(index: usize): i32 {
  const attribute = levelAttribute();
  if (attribute == NONE || largestValue(attribute) >= TAGS) return EVERY_TAG;
  if (tagAttribute(index) == NONE) tagAll(index, attribute);
  if (tagAttribute(index) != attribute) return EVERY_TAG;
  if (tagPosition(index) != written(INSTANCES)) catchUp(index);
  return <i32>levelValues();
}

function tagAll(index: usize, attribute: i32): void {
  settlePlaces(index);
  setTagAttribute(index, attribute);
  setTagPosition(index, written(INSTANCES));
  for (let slot = 0, end = slots(); slot < end; slot++) tagAgain(index, slot);
}

// @ts-ignore: decorator
@inline function tagAgain(index: usize, slot: i32): void {
  const at = place(index, slot);
  if (at != 0) setName(entryAt(blockOf(at), numberIn(at)), nameFor(slot, tagFor(index, slot)));
}

/** Some instances changed, perhaps in the attribute. */
function catchUp(index: usize): void {
  const now = written(INSTANCES);
  if (!remembers(INSTANCES, tagPosition(index))) return tagAll(index, tagAttribute(index));
  settlePlaces(index);
  for (let n = tagPosition(index); n < now; n++) tagAgain(index, entry(INSTANCES, n));
  setTagPosition(index, now);
}

/** Whether every entry has its tag, unless a level that asks will see to it first; for check. */
export function tagsAreSound(index: usize): bool {
  if (tagAttribute(index) != NONE && tagPosition(index) != written(INSTANCES)) return true;
  for (let slot = 0, end = slots(); slot < end; slot++) {
    const at = place(index, slot);
    if (at != 0 && tagOf(entryAt(blockOf(at), numberIn(at))) != tagFor(index, slot)) return false;
  }
  return true;
}
