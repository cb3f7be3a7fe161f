/** Sums by source and by service add up to the total. */
import { expect, it } from 'vitest';
import { Bill } from '../../src/cost/bill.ts';

it('adds up by source and by whom it belongs to', () => {
  const bill = new Bill();
  bill.list('dock', 'idle');
  bill.addInstance(
    'dock',
    'EC2',
    3600,
    1000,
    new Map([
      ['web', 300],
      ['', 200],
    ]),
  );
  bill.addInstance('quay', 'EC2_SPOT', 60, 10, new Map([['web', 10]]));
  bill.addTask('dock', 'web', 'FARGATE', { seconds: 100, cost: 70, cpu: 512, memoryMiB: 1024 });
  bill.noteUnpriced('x9.huge');
  bill.noteUnpriced('x9.huge');
  expect(bill.total()).toEqual({
    currency: 'USD',
    microCents: 1080,
    bySource: {
      EC2: { microCents: 1000, instanceSeconds: 3600 },
      EC2_SPOT: { microCents: 10, instanceSeconds: 60 },
      FARGATE: { microCents: 70, vcpuSeconds: 50, memoryGiBSeconds: 100 },
    },
    services: [
      { cluster: 'dock', service: 'idle', microCents: 0 },
      { cluster: 'dock', service: 'web', microCents: 370 },
      { cluster: 'quay', service: 'web', microCents: 10 },
    ],
    otherTasksMicroCents: 200,
    unusedMicroCents: 500,
    unpricedInstanceTypes: ['x9.huge'],
  });
});
