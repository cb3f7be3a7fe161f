/** What the READMEs of the simulated examples claim: exit code and lines of output. Read by simulations.test.ts. */

export interface Claim {
  readonly code: 0 | 1;
  /** Lines of the output, in this order, perhaps with others between; `...` stands for ids. */
  readonly lines: readonly string[];
}

export const CLAIMS: Readonly<Record<string, Claim>> = {
  canary: {
    code: 0,
    lines: [
      '00:10:00  shop  has started 4 tasks: ...',
      '00:10:10  shop  10 % of traffic on ...',
      '00:15:10  shop  100 % of traffic on ...',
      '00:20:10  shop  has stopped 4 running tasks: ...',
      '00:25:11  shop  (deployment ...) deployment completed.',
    ],
  },
  'circuit-breaker': {
    code: 1,
    lines: [
      '00:05:00  web  has started 2 tasks: ...',
      '00:05:05  web  has started 2 tasks: ...',
      '00:05:10  web  (deployment ...) deployment failed: task failed to start.',
      '00:05:10  web  rolling back to (deployment ...).',
      '00:06:42  web  (deployment ...) deployment completed.',
      'After 30 min: 1 failed deployment.',
    ],
  },
  'cpu-alarm': {
    code: 0,
    lines: [
      '00:13:00  web  AlarmHigh of policy cpu is in ALARM',
      '00:13:00  web  Setting desired count to 6. (policy cpu: 90 at a target of 60, 4 tasks)',
      '00:15:00  web  AlarmHigh of policy cpu is in OK',
      '00:45:00  web  AlarmLow of policy cpu is in ALARM',
      '00:45:00  web  Setting desired count to 2. (policy cpu: 20 at a target of 60, 6 tasks)',
      '00:46:00  web  AlarmLow of policy cpu is in OK',
      '6 tasks started, 4 stopped, ...',
    ],
  },
  'daemon-and-replica': {
    code: 0,
    lines: [
      '00:00:00  agent  has started 3 tasks: ...',
      '00:00:00  web    has started 6 tasks: ...',
      '00:05:00  agent  has started 1 tasks: ...',
      '00:10:00  web    has started 2 tasks: ...',
      '00:10:45  web    has stopped 2 running tasks: ...',
      '00:10:46  agent  has stopped 1 running tasks: ...',
      'After 20 min every service is steady.',
    ],
  },
  'drain-100-100': {
    code: 1,
    lines: [
      '00:05:00  web  was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
      'After 20 min: not steady: web.',
      '4 tasks started, 0 stopped, ...',
    ],
  },
  'drain-100-150': {
    code: 0,
    lines: [
      '00:05:00  web  has started 2 tasks: ...',
      '00:05:45  web  has stopped 2 running tasks: ...',
      '00:05:46  web  has reached a steady state.',
    ],
  },
  'fixed-port-deadlock': {
    code: 1,
    lines: [
      '00:05:00  web  was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ...) is already using a port required by your task. ...',
      'After 30 min: not steady: web.',
      '3 tasks started, 0 stopped, 1 placement failure, ...',
    ],
  },
  'managed-daemon': {
    code: 0,
    lines: [
      '00:02:20  web      has reached a steady state.',
      '00:10:00  agent    deployment is IN_PROGRESS',
      '00:10:00  managed  Launching managed instance ... c5.large in us-east-1a (2 tasks wait for capacity)',
      '00:10:00  managed  Launching managed instance ... c5.large in us-east-1b (1 task waits for capacity)',
      '00:12:20  web      has stopped 3 running tasks: ...',
      '00:12:22  managed  Terminating managed instance ... (it was drained)',
      '00:17:22  web      has started 3 tasks: ...',
      '00:18:09  managed  Terminating managed instance ... (it was drained)',
      '00:23:09  agent    deployment is SUCCESSFUL',
    ],
  },
  'managed-instances': {
    code: 0,
    lines: [
      '00:00:00  managed  Launching managed instance ... c5.large in us-east-1a (3 tasks wait for capacity)',
      '00:00:00  managed  Launching managed instance ... c5.large in us-east-1b (3 tasks wait for capacity)',
      '00:02:15  web      has reached a steady state.',
      '00:20:00  web      has stopped 5 running tasks: ...',
      '00:30:01  managed  Terminating managed instance ... (it ran no tasks)',
      '6 tasks started, 5 stopped, 48 events, cost $0.1397.',
    ],
  },
  'night-schedule': {
    code: 0,
    lines: [
      '09:00:00     web  Setting min capacity to 2 and max capacity to 4 (scheduled action name evening was triggered)',
      '16:00:00     web  Setting min capacity to 4 and max capacity to 10 (scheduled action name morning was triggered)',
      '1d 08:00:00  web  Setting min capacity to 2 and max capacity to 4 (scheduled action name evening was triggered)',
      '1d 12:30:00  web  Setting min capacity to 1 and max capacity to 1 (scheduled action name deep-night was triggered)',
      '1d 12:30:00  web  Setting desired count to 1. (maximum capacity was set to 1)',
      '1d 16:00:00  web  Setting desired count to 4. (minimum capacity was set to 4)',
      '7 tasks started, 3 stopped, ...',
    ],
  },
  'one-task-two-instances': {
    code: 0,
    lines: [
      '00:00:00  web            has started 1 tasks: ...',
      '00:01:00                 AlarmHigh of policy ECSManagedAutoScalingPolicy is in ALARM',
      '00:01:00  web-instances  Launching a new EC2 instance: ...changing the desired capacity from 0 to 2)',
      '00:03:00                 AlarmHigh of policy ECSManagedAutoScalingPolicy is in OK',
      '00:03:15  web            (deployment ...) deployment completed.',
    ],
  },
  'protected-task': {
    code: 0,
    lines: [
      '00:05:45  worker  has stopped 2 running tasks: ...',
      '00:05:45  worker  was unable to reach steady state because (taskSet ...) was unable to scale in due to (reason 1 tasks under protection)',
      '00:09:00  worker  has stopped 1 running tasks: ...',
      '00:09:01  worker  (deployment ...) deployment completed.',
    ],
  },
  'queue-backlog': {
    code: 0,
    lines: [
      '00:03:00  worker  Setting desired count to 15. (policy backlog: 150 at a target of 100, 10 tasks)',
      '00:04:00  worker  AlarmHigh of policy backlog is in OK',
      '00:18:00  worker  Setting desired count to 1. (policy backlog: 0 at a target of 100, 15 tasks)',
      '00:21:00  worker  Setting desired count to 100. (policy backlog: 16191 at a target of 100, 1 tasks)',
    ],
  },
  'requests-per-target': {
    code: 0,
    lines: [
      '00:13:00  web  AlarmHigh of policy requests is in ALARM',
      '00:13:00  web  Setting desired count to 5. (policy requests: 1440 at a target of 600, 2 tasks)',
      '00:14:00  web  Setting desired count to 6. (policy requests: 1008 at a target of 600, 5 tasks)',
      '00:15:00  web  AlarmHigh of policy requests is in OK',
      '00:29:00  web  Setting desired count to 5. (policy requests: 480 at a target of 600, 6 tasks)',
      '00:50:00  web  Setting desired count to 2. (policy requests: 216 at a target of 600, 5 tasks)',
      '6 tasks started, 4 stopped, ... 109,260 requests served, 540 failed, ...',
    ],
  },
  'rollout-100-150': { code: 0, lines: ['00:06:32  web  (deployment ...) deployment completed.'] },
  'rollout-50-100': { code: 0, lines: ['00:06:32  web  (deployment ...) deployment completed.'] },
  'scale-from-zero': {
    code: 0,
    lines: [
      '00:01:00  web-instances  Launching a new EC2 instance: ...changing the desired capacity from 0 to 2)',
      '00:07:00  web-instances  Launching a new EC2 instance: ...changing the desired capacity from 2 to 5)',
      '00:09:15  web            (deployment ...) deployment completed.',
    ],
  },
  'scale-in-fifteen-minutes': {
    code: 0,
    lines: [
      '00:05:30  web            has stopped 4 running tasks: ...',
      '00:20:00                 AlarmLow of policy ECSManagedAutoScalingPolicy is in ALARM',
      '00:20:00  web-instances  Terminating EC2 instance: ...changing the desired capacity from 4 to 3)',
      '00:21:00  web-instances  Terminating EC2 instance: ...changing the desired capacity from 3 to 2)',
      '00:22:00                 AlarmLow of policy ECSManagedAutoScalingPolicy is in OK',
    ],
  },
  'scale-in-stuck': {
    code: 0,
    lines: [
      '00:20:00                 AlarmLow of policy ECSManagedAutoScalingPolicy is in ALARM',
      '00:40:00                 > UpdateCapacityProvider ...',
      '00:40:00  web-instances  Terminating EC2 instance: ...',
      '00:40:00  web-instances  Terminating EC2 instance: ...',
      '00:41:00                 AlarmLow of policy ECSManagedAutoScalingPolicy is in OK',
    ],
  },
  'spot-interruption': {
    code: 0,
    lines: [
      '00:05:00  web  has started 2 tasks: ...',
      '00:05:45  web  has stopped 2 running tasks: ...',
      '00:05:46  web  has reached a steady state.',
    ],
  },
  'spot-with-base': {
    code: 0,
    lines: [
      '00:00:00  web-instances  Launching a new EC2 instance: ...changing the desired capacity from 0 to 6)',
      '00:10:00                 > spotInterruption ...',
      '00:12:00  web-instances  Terminating EC2 instance: ...it has been terminated or stopped)',
      '00:12:00  web-instances  Launching a new EC2 instance: ...an unhealthy instance needing to be replaced)',
    ],
  },
  'two-policies': {
    code: 0,
    lines: [
      '00:25:00  web  AlarmLow of policy cpu is in ALARM',
      '00:55:00  web  AlarmLow of policy memory is in ALARM',
      '00:55:00  web  Setting desired count to 4. (policy memory: 35 at a target of 60, 6 tasks)',
      '01:16:00  web  AlarmLow of policy memory is in OK',
      '01:18:00  web  AlarmHigh of policy memory is in ALARM',
      '01:18:00  web  Setting desired count to 5. (policy memory: 75 at a target of 60, 4 tasks)',
      '01:20:00  web  AlarmHigh of policy memory is in OK',
      '7 tasks started, 2 stopped, ...',
    ],
  },
};
