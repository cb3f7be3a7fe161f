/**
 * Layers: a file imports only from its own folder or from lower ones, and siblings of one layer never import each other.
 * The two tables are the architecture; a new folder stands in neither until someone decides where it belongs.
 */
import type { Import } from './imports.ts';

interface Layer {
  readonly rank: number;
  /** Never imports another layer of the same rank. */
  readonly alone?: boolean;
}

/** Longest prefix wins. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  'assembly/abi.ts': { rank: 1 },
  'src/base/': { rank: 2 },
  'src/errors.ts': { rank: 2 },
  'src/model/': { rank: 2 },
  'src/explain.ts': { rank: 3 },
  'src/explain/': { rank: 3 },
  'src/contract.ts': { rank: 3 },
  'src/instance-types/': { rank: 3, alone: true },
  'src/cql/': { rank: 4, alone: true },
  'src/schedule/': { rank: 4, alone: true },
  'src/event-pattern/': { rank: 4, alone: true },
  'src/metric-math/': { rank: 4, alone: true },
  'src/wasm/': { rank: 5, alone: true },
  'src/reference/': { rank: 5, alone: true },
  'src/create-engine.ts': { rank: 6 },
  'src/scaling/': { rank: 6, alone: true },
  'src/index.ts': { rank: 6 },
  'src/index.workerd.ts': { rank: 6 },
  'src/cluster/': { rank: 7 },
  'src/metrics/': { rank: 8 },
  'src/deploy/': { rank: 9, alone: true },
  'src/scale/': { rank: 9, alone: true },
  'src/capacity/': { rank: 9, alone: true },
  'src/traffic/': { rank: 9, alone: true },
  'src/events/': { rank: 9, alone: true },
  'src/registry/': { rank: 9, alone: true },
  'src/iam/': { rank: 9, alone: true },
  'src/agent/': { rank: 9, alone: true },
  'src/cost/': { rank: 9, alone: true },
  'src/control/': { rank: 10 },
  'src/simulate/': { rank: 11 },
  'src/report/': { rank: 12, alone: true },
  'src/plan/': { rank: 12, alone: true },
  'src/cli/': { rank: 13 },
};

/** The core has its own order, up to the two entries. Stages never import each other; score/ belongs to score. */
export const ASSEMBLY_LAYERS: Readonly<Record<string, Layer>> = {
  'assembly/abi.ts': { rank: 1 },
  'assembly/memory/': { rank: 2 },
  'assembly/bits/': { rank: 3, alone: true },
  'assembly/random/': { rank: 3, alone: true },
  'assembly/table/': { rank: 4 },
  'assembly/cql/': { rank: 5 },
  'assembly/indexes/': { rank: 6 },
  'assembly/place/filter.ts': { rank: 7, alone: true },
  'assembly/place/constrain.ts': { rank: 7, alone: true },
  'assembly/place/score.ts': { rank: 7, alone: true },
  'assembly/place/score/binpack.ts': { rank: 6.5, alone: true },
  'assembly/place/score/random.ts': { rank: 6.5, alone: true },
  'assembly/place/score/spread.ts': { rank: 6.5, alone: true },
  'assembly/place/select.ts': { rank: 7, alone: true },
  'assembly/place/commit.ts': { rank: 7, alone: true },
  'assembly/place/trace.ts': { rank: 7, alone: true },
  'assembly/place/place.ts': { rank: 8 },
  'assembly/scale/': { rank: 8, alone: true },
  'assembly/batch/': { rank: 9 },
  'assembly/decisions.ts': { rank: 10, alone: true },
  'assembly/index.ts': { rank: 11, alone: true },
  'assembly/drive.ts': { rank: 12, alone: true },
  'assembly/inspect.ts': { rank: 13, alone: true },
};

/** Data that only the edges may import: it would weigh on every user of the main entry. */
const INSTANCE_TYPES = 'src/instance-types/';

function layerOf(path: string, table: Readonly<Record<string, Layer>>): string | undefined {
  return Object.keys(table)
    .filter((prefix) => path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)))
    .sort((a, b) => b.length - a.length)[0];
}

/** Files of a checked folder that no layer names. */
export function strays(paths: readonly string[]): string[] {
  return paths.filter((path) => layerOf(path, path.startsWith('assembly/') ? ASSEMBLY_LAYERS : LAYERS) === undefined);
}

/** Why an import breaks the order, or undefined. */
export function breach({ from, to, isPackage }: Import): string | undefined {
  if (isPackage || to.endsWith('.wasm') || to.startsWith('src/wasm/generated/')) return undefined;
  const table = from.startsWith('assembly/') ? ASSEMBLY_LAYERS : LAYERS;
  const lower = layerOf(to, table);
  const own = layerOf(from, table);
  if (own === undefined || lower === own) return undefined;
  if (lower === undefined) return `${from} imports ${to}, which stands in no layer it may reach`;
  if (lower === INSTANCE_TYPES && !from.startsWith('src/cli/'))
    return `${from} imports ${to}: only the command line, tests and users may`;
  const { rank, alone } = table[own] as Layer;
  const reached = table[lower] as Layer;
  if (reached.rank > rank) return `${from} imports ${to}, from a higher layer`;
  if (reached.rank === rank && (alone || reached.alone)) return `${from} imports ${to}, its sibling`;
  return undefined;
}

/** Each cycle of value imports once, as the files along it. */
export function cycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage, isValue } of imports) {
    if (!isPackage && isValue) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) found.push([...trail.slice(at), file].join(' -> '));
    if (at >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}
