// Seeded integer generator: xoshiro128** (Blackman and Vigna), bit-identical to src/reference/random/random.ts.
// Called by score/random; its four words lie in memory and so in snapshots.

const STATE: usize = memory.data(20, 16); // s0..s3, then the seed

function mix(x: u32): u32 {
  x += 0x9e3779b9;
  x = (x ^ (x >>> 16)) * 0x85ebca6b;
  x = (x ^ (x >>> 13)) * 0xc2b2ae35;
  return x ^ (x >>> 16);
}

export function seed(value: u32): void {
  for (let k: u32 = 0; k < 4; k++) store<u32>(STATE + (<usize>k << 2), mix(value + k * 0x9e3779b9));
  store<u32>(STATE, value, 16);
}

export function seedGiven(): u32 {
  return load<u32>(STATE, 16);
}

export function next(): u32 {
  const s1 = load<u32>(STATE, 4);
  const s2 = load<u32>(STATE, 8) ^ load<u32>(STATE);
  const s3 = load<u32>(STATE, 12) ^ s1;
  store<u32>(STATE, s1 ^ s2, 4);
  store<u32>(STATE, load<u32>(STATE) ^ s3);
  store<u32>(STATE, s2 ^ (s1 << 9), 8);
  store<u32>(STATE, rotl<u32>(s3, 11), 12);
  return rotl<u32>(s1 * 5, 7) * 9;
}

/** Unbiased number below k >= 1 (Lemire's multiply and shift with rejection). */
export function below(k: u32): u32 {
  let product = <u64>next() * <u64>k;
  if (<u32>product < k) {
    const threshold: u32 = (<u32>0 - k) % k;
    while (<u32>product < threshold) product = <u64>next() * <u64>k;
  }
  return <u32>(product >> 32);
}
