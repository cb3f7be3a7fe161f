/** Options of createEngine, checked. */
import { DEFAULT_CONTEXT, type EngineContext } from '../base/arn.ts';
import { fields, optionalFlag, optionalOneOf, optionalText, optionalWhole, refuse } from './read.ts';

const MOST_SEED = 0xffffffff;
/** ECS API, CreateCluster: letters, digits, hyphens and underscores. */
const CLUSTER = /^[a-zA-Z0-9\-_]{1,255}$/;

export function parseEngineOptions(input: unknown): EngineContext & { readonly seed: number } {
  const given = fields(input, '');
  const cluster = optionalText(given.cluster, 'cluster') ?? DEFAULT_CONTEXT.cluster;
  if (!CLUSTER.test(cluster)) {
    refuse('CLUSTER_NAME', `Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was ${cluster}`, {
      path: 'cluster',
      value: cluster,
    });
  }
  if (given.instanceTypes !== undefined) fields(given.instanceTypes, 'instanceTypes');
  if (given.cql !== undefined) checkCql(given.cql);
  optionalOneOf(given.engine, 'engine', ['wasm', 'reference']);
  return {
    seed: optionalWhole(given.seed, 'seed', 0, MOST_SEED) ?? 0,
    region: optionalText(given.region, 'region') ?? DEFAULT_CONTEXT.region,
    account: optionalText(given.account, 'account') ?? DEFAULT_CONTEXT.account,
    cluster,
  };
}

function checkCql(input: unknown): void {
  const given = fields(input, 'cql');
  optionalFlag(given.caseInsensitiveKeywords, 'cql.caseInsensitiveKeywords');
  optionalFlag(given.numericAttributes, 'cql.numericAttributes');
  optionalOneOf(given.taskGroupNegation, 'cql.taskGroupNegation', ['any', 'none']);
}
