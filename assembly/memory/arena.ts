// Arena: cuts linear memory into blocks; every table and index takes its storage here. All state of the engine lies in
// [0, top), none in wasm globals, so a snapshot is one copy.
//
//   0        65536              heap base                         top          memory size
//   ├────────┼──────────────────┼─────────────────────────────────┼────────────┤
//   │ unused │ heads (static)   │ blocks, each a multiple of 64 B │ not yet cut │
//
// Blocks that may be given back have the size of a class, 2 or 3 times a power of two (64, 128, 192, 256, 384, 512, 768 ...),
// and return to the free list of their class; of one that is too large for a request the rest is given back in turn, so
// that what a table leaves when it grows serves smaller ones.

// Head: top u32, generation u32, exchange address u32, exchange capacity u32, free list heads u32[CLASSES].
const CLASSES = 52; // up to 3 GiB
const HEAD: usize = memory.data(16 + CLASSES * 4, 16);
const FREE: usize = HEAD + 16;
const BLOCK: usize = 64;
const BLOCK_BITS = 6;
const GROWTH = 8; // an eighth at once; pages that nobody touches cost nothing

// @ts-ignore: decorator
@inline export function top(): u32 {
  if (load<u32>(HEAD) == 0) store<u32>(HEAD, <u32>((__heap_base + BLOCK - 1) & ~(BLOCK - 1)));
  return load<u32>(HEAD);
}

/** Changes whenever memory grew or a column moved: the host then takes its views anew. */
export function generation(): u32 {
  return load<u32>(HEAD, 4);
}

export function moved(): void {
  store<u32>(HEAD, generation() + 1, 4);
}

/**
 * Grows memory by at least so many pages. V8 counts a memory that grew as a new one, and after 64 MiB of new ones collects
 * the host's whole heap: a large memory that grew page by page made it do nothing else.
 */
function growBy(pages: i32): void {
  const ahead = max(pages, memory.size() / GROWTH);
  if (memory.grow(ahead) < 0 && memory.grow(pages) < 0) unreachable(); // over 4 GiB: the host turns the trap into an error
  moved();
}

/** A block that is never given back, zeroed; its size is only rounded up to 64 bytes. */
export function take(bytes: usize): usize {
  const address = <usize>top();
  const end = address + ((bytes + BLOCK - 1) & ~(BLOCK - 1));
  const pages = <i32>((end + 0xffff) >>> 16) - memory.size();
  if (pages > 0) growBy(pages);
  store<u32>(HEAD, <u32>end);
  return address;
}

/** Bytes of class `k`: of an even one 64 << k / 2, of an odd one half as much again; there is no class 1. */
// @ts-ignore: decorator
@inline function classBytes(k: i32): usize {
  return (2 + <usize>(k & 1)) << <usize>(BLOCK_BITS - 1 + (k >> 1));
}

/** The class of the smallest blocks that hold so much. */
// @ts-ignore: decorator
@inline function sizeClass(bytes: usize): i32 {
  if (bytes <= BLOCK) return 0;
  const bits = 32 - <i32>clz(<u32>(bytes - 1)); // of a power of two that is enough
  const k = (bits - BLOCK_BITS) << 1;
  return k > 2 && classBytes(k - 1) >= bytes ? k - 1 : k;
}

/** Head of the free list of a class. */
// @ts-ignore: decorator
@inline function freeList(k: i32): usize {
  return FREE + (<usize>k << 2);
}

/** A zeroed block of at least `bytes`; give it back with the same `bytes`. */
export function allocate(bytes: usize): usize {
  const k = sizeClass(bytes);
  if (k >= CLASSES) unreachable(); // as where memory cannot grow
  let from = k;
  while (from < CLASSES && load<u32>(freeList(from)) == 0) from++;
  if (from == CLASSES) return take(classBytes(k)); // fresh memory is zero
  const block = <usize>load<u32>(freeList(from));
  store<u32>(freeList(from), load<u32>(block));
  giveBackRest(block + classBytes(k), classBytes(from) - classBytes(k));
  memory.fill(block, 0, classBytes(k));
  return block;
}

/** Gives back what lies behind a block that was cut off a larger one, as few blocks as that takes. */
function giveBackRest(from: usize, bytes: usize): void {
  let at = from + bytes;
  for (let left = bytes; left > 0; ) {
    let k = sizeClass(left);
    if (classBytes(k) > left) k -= k == 2 ? 2 : 1;
    at -= classBytes(k);
    left -= classBytes(k);
    giveBack(at, classBytes(k));
  }
}

export function giveBack(block: usize, bytes: usize): void {
  if (block == 0) return;
  const list = freeList(sizeClass(bytes));
  store<u32>(block, load<u32>(list));
  store<u32>(list, <u32>block);
}

/** Bytes given back and not yet used again. */
export function freeBytes(): usize {
  let bytes: usize = 0;
  for (let k = 0; k < CLASSES; k++) {
    for (let block = load<u32>(freeList(k)); block != 0; block = load<u32>(block)) bytes += classBytes(k);
  }
  return bytes;
}

/** Moves a block to a larger one; the new part is zero. A block of 0 is a new one. */
export function enlarge(block: usize, oldBytes: usize, newBytes: usize): usize {
  const larger = allocate(newBytes);
  if (block != 0) {
    memory.copy(larger, block, oldBytes);
    giveBack(block, oldBytes);
  }
  return larger;
}

/** Buffer through which host and core pass lists; its content lives until the next call. */
export function exchange(bytes: usize): usize {
  const capacity = <usize>load<u32>(HEAD, 12);
  if (bytes <= capacity) return <usize>load<u32>(HEAD, 8);
  giveBack(<usize>load<u32>(HEAD, 8), capacity);
  const rounded = classBytes(sizeClass(max(bytes, 4096)));
  store<u32>(HEAD, <u32>allocate(rounded), 8);
  store<u32>(HEAD, <u32>rounded, 12);
  moved();
  return <usize>load<u32>(HEAD, 8);
}
