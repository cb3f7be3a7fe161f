/** The queries of an alarm or a policy as one function of their metrics' datapoints. Called by Metrics and by the cluster's checks. */

import { MOST_METRIC } from '../model/column.ts';
import type { MetricQuery } from '../model/metric.ts';
import { refuse } from '../model/read.ts';
import { type Evaluate, evaluate } from './evaluate.ts';
import { type Node, parseMath } from './parse.ts';

/** Ids that an expression names. */
function namesIn(node: Node): readonly string[] {
  if (node.kind === 'id') return [node.id];
  if (node.kind === 'negate') return namesIn(node.of);
  if (node.kind === 'binary') return [...namesIn(node.left), ...namesIn(node.right)];
  return node.kind === 'call' ? node.given.flatMap(namesIn) : [];
}

function refuseCycles(nodes: ReadonlyMap<string, Node>, path: string): void {
  const done = new Set<string>();
  const visit = (id: string, trail: readonly string[]): void => {
    if (trail.includes(id))
      refuse(
        'METRIC_MATH',
        `${path}: ${[...trail, id].join(' -> ')} go round.`,
        { path, value: id },
        'ValidationException',
      );
    const node = nodes.get(id);
    if (node === undefined || done.has(id)) return;
    for (const name of namesIn(node)) visit(name, [...trail, id]);
    done.add(id);
  };
  for (const id of nodes.keys()) visit(id, []);
}

/**
 * @returns a function of the datapoints of those queries that are metrics, in their order; NaN is a missing one.
 * @throws ValidationException METRIC_MATH for an expression that cannot be read, an unknown id, or expressions that go round.
 */
export function compileMath(queries: readonly MetricQuery[], path = 'Metrics'): Evaluate {
  const ids = new Set(queries.map(({ id }) => id));
  const places = new Map(queries.filter((query) => 'stat' in query).map(({ id }, k) => [id, k]));
  const nodes = new Map<string, Node>();
  queries.forEach((query, k) => {
    if ('expression' in query) nodes.set(query.id, parseMath(query.expression, ids, `${path}[${k}].Expression`));
  });
  refuseCycles(nodes, path);
  const returned = queries.find(({ returnsData }) => returnsData)?.id ?? '';
  const repeated = new Map<Node, number>();
  return (all) => {
    const known = new Map<string, number>();
    const valueFor = (id: string): number => {
      const node = nodes.get(id);
      if (node === undefined) return all[places.get(id) ?? -1] ?? Number.NaN;
      // Once each: expressions that name each other twice would double the work at every step.
      const value = known.get(id) ?? evaluate(node, { valueFor, all, repeated });
      known.set(id, value);
      return value;
    };
    const value = valueFor(returned);
    // CloudWatch holds no such values: they are missing like those of a division by zero.
    return Math.abs(value) <= MOST_METRIC ? value : Number.NaN;
  };
}
