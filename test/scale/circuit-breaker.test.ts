/** Circuit breaker: the thresholds as recorded, their limits, and what is refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CircuitBreakerInput } from '../../src/model/rollout.ts';
import { engineKinds } from '../support/engines.ts';
import { refusal } from '../support/shapes.ts';

interface Case {
  readonly desired: number;
  readonly type: CircuitBreakerInput['type'];
  readonly value: number;
  readonly threshold: number;
}

const { cases } = JSON.parse(
  readFileSync(new URL('./vectors/circuit-breaker-threshold.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const MORE: readonly Case[] = [
  { desired: 0, type: 'BOUNDED_PERCENT', value: 50, threshold: 3 },
  { desired: 401, type: 'BOUNDED_PERCENT', value: 50, threshold: 200 },
  { desired: 100, type: 'BOUNDED_PERCENT', value: 7, threshold: 7 },
  { desired: 7, type: 'BOUNDED_PERCENT', value: 29, threshold: 3 },
  { desired: 10, type: 'BOUNDED_PERCENT', value: 1000, threshold: 100 },
  { desired: 1, type: 'UNBOUNDED_PERCENT', value: 1, threshold: 1 },
  { desired: 0, type: 'UNBOUNDED_PERCENT', value: 50, threshold: 1 },
  { desired: 801, type: 'UNBOUNDED_PERCENT', value: 50, threshold: 401 },
  { desired: 10_000_000, type: 'UNBOUNDED_PERCENT', value: 10_000, threshold: 1_000_000_000 },
  { desired: 0, type: 'COUNT', value: 1, threshold: 1 },
  { desired: 3, type: 'COUNT', value: 1000, threshold: 1000 },
];

describe.each(engineKinds)('$name', (kind) => {
  it.each([...cases, ...MORE])('$type $value of $desired: $threshold', async ({ desired, type, value, threshold }) => {
    const engine = await kind.create();
    expect(engine.circuitBreakerThreshold({ desiredCount: desired, type, value })).toBe(threshold);
  });

  it.each([
    [1, 10],
    [20, 10],
    [21, 11],
    [400, 200],
    [800, 200],
  ])('is at least 10 as the older guide has it: %i tasks, %i', async (desiredCount, threshold) => {
    const engine = await kind.create();
    const input = { desiredCount, type: 'BOUNDED_PERCENT', value: 50, legacyMinimum: true } as const;
    expect(engine.circuitBreakerThreshold(input)).toBe(threshold);
    expect(engine.circuitBreakerThreshold({ ...input, type: 'COUNT', value: 2 })).toBe(2);
  });

  it.each([
    [{ type: 'PERCENT' }, 'NOT_ALLOWED', 'type'],
    [{ type: undefined }, 'NOT_ALLOWED', 'type'],
    [{ value: 0 }, 'OUT_OF_RANGE', 'value'],
    [{ value: 49.5 }, 'OUT_OF_RANGE', 'value'],
    [{ value: 10_001 }, 'OUT_OF_RANGE', 'value'],
    [{ desiredCount: -1 }, 'OUT_OF_RANGE', 'desiredCount'],
    [{ desiredCount: undefined }, 'WRONG_TYPE', 'desiredCount'],
    [{ legacyMinimum: 10 }, 'WRONG_TYPE', 'legacyMinimum'],
  ])('refuses %j', async (wrong, code, path) => {
    const engine = await kind.create();
    const input = { desiredCount: 4, type: 'BOUNDED_PERCENT', value: 50, ...wrong };
    const call = () => engine.circuitBreakerThreshold(input as CircuitBreakerInput);
    expect(refusal(call)).toBe(`InvalidParameterException ${code}`);
    expect(call).toThrow(expect.objectContaining({ facts: expect.objectContaining({ path }) }));
  });
});
