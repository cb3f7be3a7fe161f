/** Arbitrary of whole scenarios, as their JSON. parseScenario may still refuse one: its parts are drawn on their own. */
import fc from 'fast-check';
import { among, sometimes } from '../arbitraries/names.ts';
import { event } from './events.ts';
import { behaviour, CLUSTERS, family, instance, instanceIds, named, subnets, targetGroups } from './harbour.ts';
import { scaling, scalingOf } from './scaling.ts';
import { FAMILIES, SERVICES, service } from './services.ts';

type Json = Record<string, unknown>;

const families = fc.tuple(...FAMILIES.map(family));

/** Services, each of one of the families. */
function servicesOf(drawn: readonly { kind: Parameters<typeof service>[2]; inputs: Json[] }[], clusters: number) {
  const one = (name: string) =>
    fc.nat(drawn.length - 1).chain((k) => {
      const { kind, inputs } = drawn[k] as (typeof drawn)[number];
      return fc
        .tuple(service(name, FAMILIES[k] as string, kind, inputs.length), fc.nat(clusters - 1))
        .map(([json, cluster]): Json => ({ ...json, ...(cluster === 0 ? {} : { cluster: CLUSTERS[cluster] }) }));
    });
  return fc.nat(SERVICES.length - 1).chain((most) => fc.tuple(...SERVICES.slice(0, most + 1).map(one)));
}

const behaviours = fc
  .tuple(
    ...FAMILIES.flatMap((name) => [name, `${name}:2`]).map((key) =>
      fc.tuple(fc.constant(key), sometimes(3, behaviour)),
    ),
  )
  .map((entries) => Object.fromEntries(entries.filter(([, members]) => members !== undefined)));

/** Events are drawn without knowing how many clusters there are. */
function within({ cluster, ...one }: Json, clusters: number): Json {
  const json = JSON.stringify(one).replace(
    /(container-instance\/)c(\d)/,
    (_, before, k) => `${before}c${Number(k) % clusters}`,
  );
  const isThere = CLUSTERS.indexOf(cluster as (typeof CLUSTERS)[number]) < clusters;
  return { ...JSON.parse(json), ...(cluster === undefined || !isThere ? {} : { cluster }) };
}

export const scenario: fc.Arbitrary<Json> = fc
  .tuple(families, among([1, 1, 1, 2, 3]))
  .chain(([drawn, clusters]) =>
    fc.record({
      drawn: fc.constant(drawn),
      clusters: fc.constant(clusters),
      seed: fc.nat(1000),
      minutes: among([10, 30, 45, 90]),
      instances: fc.array(fc.tuple(instance, fc.nat(clusters - 1)), { maxLength: instanceIds.length }),
      targetGroups,
      services: servicesOf(drawn, clusters),
      behaviours,
      scalings: fc.array(scaling, { minLength: 2, maxLength: SERVICES.length }),
      events: fc.array(event, { maxLength: 14 }),
    }),
  )
  .map(({ drawn, clusters, instances, behaviours: lives, ...own }) => ({
    seed: own.seed,
    duration: `PT${own.minutes}M`,
    clusters: CLUSTERS.slice(0, clusters).map((clusterName) => ({ clusterName })),
    subnets,
    containerInstances: instances.map(([{ json }, cluster], k) =>
      named(json, CLUSTERS[cluster] as string, instanceIds[k] as string),
    ),
    targetGroups: own.targetGroups,
    taskDefinitions: drawn.flatMap(({ inputs }) => inputs),
    services: own.services,
    behaviour: lives,
    ...scalingOf(own.scalings, own.services, CLUSTERS.slice(0, clusters)),
    events: own.events.map((one) => within(one, clusters)),
  }));
