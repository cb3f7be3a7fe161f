/** Times in ALARM from the events of a run. */
import { expect, it } from 'vitest';
import { alarmsOf } from '../../src/report/alarms.ts';
import type { RecordedEvent } from '../../src/simulate/result.ts';

const change = (atMs: number, alarmName: string, stateValue: string, reason = ''): RecordedEvent => ({
  ...{ seq: 1, atMs, time: '', type: 'AlarmStateChange' },
  alarm: { alarmName, previousState: 'OK', stateValue, reason },
});

it('has a span from ALARM to the next other state, or to the end', () => {
  const low = 'TargetTracking-service/dock/web-AlarmLow-1';
  const events = [
    change(0, 'cpu', 'OK'),
    change(10, 'cpu', 'ALARM'),
    change(20, low, 'ALARM'),
    change(30, 'cpu', 'INSUFFICIENT_DATA'),
    change(40, 'cpu', 'ALARM'),
    change(50, 'few', 'ALARM', '1 datapoint [3.0] was less than the threshold (5.0).'),
  ];
  expect(alarmsOf(events)).toEqual([
    {
      name: 'cpu',
      isLow: false,
      spans: [
        [10, 30],
        [40, null],
      ],
    },
    { name: low, isLow: true, spans: [[20, null]] },
    { name: 'few', isLow: true, spans: [[50, null]] },
  ]);
});
