/** Capacity provider strategies of services and clusters: which providers share the tasks, and how. */

import { noTypos } from './known-members.ts';
import { type Fields, fields, list, nonEmptyText, optionalWhole, refuse } from './read.ts';
import type { CapacityProviderStrategyItem } from './service.ts';

/** ECS API, CapacityProviderStrategyItem. */
const MOST_PROVIDERS = 20;
const MOST_WEIGHT = 1000;
const MOST_BASE = 100_000;

/** FARGATE and FARGATE_SPOT exist without being made. */
export function isFargateProvider(name: string): boolean {
  return name === 'FARGATE' || name === 'FARGATE_SPOT';
}

function parseItem(input: unknown, path: string): CapacityProviderStrategyItem {
  const given = fields(input, path);
  noTypos(given, path, ['capacityProvider', 'weight', 'base']);
  return {
    capacityProvider: nonEmptyText(given.capacityProvider, `${path}.capacityProvider`),
    weight: optionalWhole(given.weight, `${path}.weight`, 0, MOST_WEIGHT) ?? 0,
    base: optionalWhole(given.base, `${path}.base`, 0, MOST_BASE) ?? 0,
  };
}

function checkItems(items: readonly CapacityProviderStrategyItem[], path: string): void {
  const names = items.map(({ capacityProvider }) => capacityProvider);
  names.forEach((value, k) => {
    if (names.indexOf(value) === k) return;
    const at = `${path}[${k}].capacityProvider`;
    refuse('CAPACITY_PROVIDER_TWICE', `${at} ${value} stands twice.`, { path: at, value });
  });
  const withBase = items.findIndex(({ base }, k) => base > 0 && items.slice(0, k).some((before) => before.base > 0));
  if (withBase >= 0) {
    const at = `${path}[${withBase}].base`;
    refuse('CAPACITY_PROVIDER_BASE', `${at}: only one capacity provider of a strategy can have a base.`, {
      path: at,
      value: items[withBase]?.base,
    });
  }
  if (items.length > 1 && items.every(({ weight }) => weight === 0)) {
    refuse('CAPACITY_PROVIDER_WEIGHT', `${path}: of several capacity providers, one at least needs a weight above 0.`, {
      path,
      value: 0,
    });
  }
  const other = names.findIndex((name) => isFargateProvider(name) !== isFargateProvider(names[0] ?? ''));
  if (other >= 0) {
    const at = `${path}[${other}].capacityProvider`;
    refuse(
      'CAPACITY_PROVIDER_MIX',
      `${at}: a strategy holds Fargate capacity providers or those of Auto Scaling groups, not both.`,
      { path: at, value: names[other] },
    );
  }
}

/**
 * `capacityProviderStrategy` of CreateService, UpdateService, RunTask and clusters.
 * @throws InvalidParameterException for more than 20 providers, one that stands twice, two bases, no weight at all,
 * Fargate beside Auto Scaling groups (ECS API, CapacityProviderStrategyItem and CreateService).
 */
export function parseCapacityProviderStrategy(input: unknown, path: string): CapacityProviderStrategyItem[] {
  if (input === undefined || input === null) return [];
  const entries = list(input, path);
  if (entries.length > MOST_PROVIDERS) {
    refuse(
      'CAPACITY_PROVIDER_COUNT',
      `${path} must hold at most ${MOST_PROVIDERS} capacity providers, but held ${entries.length}.`,
      { path, value: entries.length, limit: MOST_PROVIDERS },
    );
  }
  const items = entries.map((entry, k) => parseItem(entry, `${path}[${k}]`));
  checkItems(items, path);
  return items;
}

/** The input of CreateService or RunTask with the cluster's default strategy, where it says neither launch type nor strategy. */
export function withDefaultStrategy(input: Fields, defaults: readonly CapacityProviderStrategyItem[]): Fields {
  if (defaults.length === 0 || input.launchType !== undefined || input.capacityProviderStrategy !== undefined)
    return input;
  return input.schedulingStrategy === 'DAEMON' ? input : { ...input, capacityProviderStrategy: [...defaults] };
}
