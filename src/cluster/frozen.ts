/** Read-only views of collections, for those who may look and not write. Used by the cluster's view. */
import type { Changes, ReadonlyChanges } from './change-set.ts';

export type Frozen<T> = T extends (infer E)[]
  ? readonly E[]
  : T extends Map<infer K, infer V>
    ? ReadonlyMap<K, V>
    : T extends Set<infer E>
      ? ReadonlySet<E>
      : T extends Changes<infer E>
        ? ReadonlyChanges<E>
        : T;
