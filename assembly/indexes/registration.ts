// Registration: from records in the exchange buffer to rows of the table, with the indexes told. Called by the entry, for
// one instance or for many in a row.
import { REGISTRATION_COLUMNS } from "../abi";
import { setAttribute } from "../table/domains";
import { floorForNewInstance } from "../table/groups";
import { addInstance, setState } from "../table/instances";
import { INSTANCES, note } from "../table/journal";
import { takePort } from "../table/ports";
import { followAdded } from "./follow";

const RECORD_BYTES: usize = (REGISTRATION_COLUMNS + 1) << 2;

/** From columns, flags, then `portCount` port keys. Flags: bit 0 status ACTIVE, bit 1 agent connected. */
export function register(record: usize, portCount: i32): i32 {
  floorForNewInstance();
  return add(record, portCount);
}

/** The floors of the groups are lowered already. */
function add(record: usize, portCount: i32): i32 {
  const slot = addInstance(record);
  const flags = load<i32>(record + REGISTRATION_COLUMNS * 4);
  followAdded(slot);
  setState(slot, (flags & 1) != 0, (flags & 2) != 0);
  note(INSTANCES, slot);
  for (let k = 0; k < portCount; k++) takePort(slot, load<i32>(record + RECORD_BYTES + (<usize>k << 2)));
  return slot;
}

/** From `count` pieces: numbers of ports and of attributes, a record, `attribute value` pairs. Slots take their place. */
export function registerAll(list: usize, count: i32): void {
  let at = list;
  floorForNewInstance(); // once: with many groups it costs more than all the rest of an instance
  for (let n = 0; n < count; n++) {
    const portCount = load<i32>(at);
    const pairs = load<i32>(at, 4);
    const slot = add(at + 8, portCount);
    at += 8 + RECORD_BYTES + (<usize>portCount << 2);
    for (let k = 0; k < pairs; k++, at += 8) setAttribute(slot, load<i32>(at), load<i32>(at, 4));
    store<i32>(list + (<usize>n << 2), slot); // a piece is longer than a slot: those to come stay whole
  }
}
