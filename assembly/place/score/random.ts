// random: keeps one of the candidates still tied, by one draw per decision, in slot order. What comes after it has no
// effect.
import { candidates } from "../../bits/candidates";
import { countBits, nthBit, setBit } from "../../bits/words";
import { below } from "../../random/random";
import { capacity, words } from "../../table/instances";

export function random(): void {
  const kept = candidates(capacity());
  const tied = countBits(kept, words());
  if (tied == 0) return;
  const slot = nthBit(kept, words(), <i32>below(tied));
  memory.fill(kept, 0, <usize>words() << 3);
  setBit(kept, slot);
}
