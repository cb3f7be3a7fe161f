/** Read-only views of collections, for those who may look and not write. Used by the cluster's view. */

export type Frozen<T> = T extends (infer E)[]
  ? readonly E[]
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, V>
    : T extends Set<infer E>
      ? ReadonlySet<E>
      : T;
