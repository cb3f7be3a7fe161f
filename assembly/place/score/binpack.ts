// binpack: keeps the candidates with the least of a resource left. All candidates get the same task, so the order
// before placing is the order after it.
import { candidates } from "../../bits/candidates";
import { keepLeast } from "../../bits/narrow";
import { capacity, column, words } from "../../table/instances";

export function binpack(which: i32): void {
  keepLeast(candidates(capacity()), column(which), words());
}
