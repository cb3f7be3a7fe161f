/** The core behind `bayplan/scaling`: foreign modules, large tables, and the rules that the engine has too. */
import { afterEach, describe, expect, it } from 'vitest';
import { ABI_VERSION } from '../../assembly/abi.ts';
import { createEngine } from '../../src/create-engine.ts';
import { BayplanError } from '../../src/errors.ts';
import {
  circuitBreakerThreshold,
  mixedInstances,
  mixedInstancesBatch,
  rolloutBounds,
  targetTracking,
  useScalingModule,
} from '../../src/scaling/index.ts';
import { answering, debugBytes, debugModule, releaseBytes } from '../wasm/cores.ts';

const TRACKED = { runningCount: 4, metricValue: 75, targetValue: 50, minCapacity: 1, maxCapacity: 10 };

afterEach(() => useScalingModule(debugModule));

describe('the module', () => {
  it('is inlined', () => {
    expect(targetTracking(TRACKED)).toBe(6);
  });

  it('may be bytes or a compiled module', () => {
    useScalingModule(Uint8Array.from(releaseBytes));
    expect(targetTracking(TRACKED)).toBe(6);
    useScalingModule(debugModule);
    expect(targetTracking(TRACKED)).toBe(6);
    useScalingModule(debugBytes);
    expect(targetTracking(TRACKED)).toBe(6);
  });

  it('is refused when it is no core, and the one before stays', () => {
    for (const [module, code] of [
      [Uint8Array.of(1, 2, 3), 'MODULE_INVALID'],
      [answering(ABI_VERSION + 1), 'ABI_MISMATCH'],
    ] as const) {
      expect(() => useScalingModule(module)).toThrow(expect.objectContaining({ code }));
      expect(targetTracking(TRACKED)).toBe(6);
    }
  });
});

describe('a table', () => {
  it('may be larger than memory was, call after call', () => {
    for (const count of [1, 100_000, 3, 400_000]) {
      const onDemand = mixedInstancesBatch({
        onDemandBaseCapacity: new Int32Array(count).fill(1),
        onDemandPercentageAboveBaseCapacity: new Int32Array(count).fill(50),
        total: Int32Array.from({ length: count }, (_, k) => k),
      });
      expect(onDemand.length).toBe(count);
      expect(onDemand[count - 1]).toBe(
        mixedInstances({ onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 50, total: count - 1 }).onDemand,
      );
    }
  });

  it('is left as it was', () => {
    const total = Int32Array.of(10, 20);
    const table = {
      onDemandBaseCapacity: new Int32Array(2),
      onDemandPercentageAboveBaseCapacity: new Int32Array(2),
      total,
    };
    expect(mixedInstancesBatch(table)).toEqual(Int32Array.of(0, 0));
    expect(total).toEqual(Int32Array.of(10, 20));
  });
});

describe('the rules of deployments', () => {
  const bounds = { desiredCount: 3, minimumHealthyPercent: 50, maximumPercent: 150 };
  const breaker = { desiredCount: 20, type: 'BOUNDED_PERCENT', value: 50 } as const;

  it('are those of the engine', async () => {
    const engine = await createEngine();
    expect(rolloutBounds(bounds)).toEqual(engine.rolloutBounds(bounds));
    expect(rolloutBounds(bounds)).toEqual({ minimum: 2, maximum: 4 });
    expect(circuitBreakerThreshold(breaker)).toBe(engine.circuitBreakerThreshold(breaker));
    expect(circuitBreakerThreshold(breaker)).toBe(10);
  });

  it('refuse what the engine refuses', () => {
    expect(() => rolloutBounds({ ...bounds, desiredCount: -1 })).toThrow(BayplanError);
    expect(() => circuitBreakerThreshold({ ...breaker, value: 0 })).toThrow(/value must be/);
  });
});
