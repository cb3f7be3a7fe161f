/** Lifecycle hooks of an Auto Scaling group, and the outcome that a scenario writes for them. Called by auto-scaling-group. */
import { onlyMembers } from './known-members.ts';
import { fields, nonEmptyText, oneOf, optionalList, optionalOneOf, optionalWhole } from './read.ts';

const TRANSITIONS = ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'] as const;
export const HOOK_RESULTS = ['CONTINUE', 'ABANDON'] as const;
export type HookResult = (typeof HOOK_RESULTS)[number];

export interface LifecycleHook {
  readonly name: string;
  readonly isLaunching: boolean;
  readonly heartbeatMs: number;
  /** When the heartbeat runs out. */
  readonly defaultResult: HookResult;
  /** Ours: who works for the hook answers so, so long after it began; undefined: nobody does, unless a call comes. */
  readonly outcome: { readonly result: HookResult; readonly afterMs: number } | undefined;
}

/** Amazon EC2 Auto Scaling API, PutLifecycleHook. */
const HEARTBEAT = { least: 30, most: 7200, unless: 3600 };

/** The last two are ours. */
const MEMBERS = [
  ...['LifecycleHookName', 'LifecycleTransition', 'HeartbeatTimeout', 'DefaultResult', 'NotificationMetadata'],
  ...['RoleARN', 'result', 'afterSeconds'],
];

export function parseHooks(input: unknown, path: string): LifecycleHook[] {
  return optionalList(input, path).map((entry, k) => {
    const at = `${path}[${k}]`;
    const given = fields(entry, at);
    onlyMembers(given, at, MEMBERS, ['NotificationTargetARN']);
    const heartbeat = optionalWhole(given.HeartbeatTimeout, `${at}.HeartbeatTimeout`, HEARTBEAT.least, HEARTBEAT.most);
    const result = optionalOneOf(given.result, `${at}.result`, HOOK_RESULTS);
    const after = optionalWhole(given.afterSeconds, `${at}.afterSeconds`) ?? 0;
    return {
      name: nonEmptyText(given.LifecycleHookName, `${at}.LifecycleHookName`),
      isLaunching: oneOf(given.LifecycleTransition, `${at}.LifecycleTransition`, TRANSITIONS) === TRANSITIONS[0],
      heartbeatMs: (heartbeat ?? HEARTBEAT.unless) * 1000,
      defaultResult: optionalOneOf(given.DefaultResult, `${at}.DefaultResult`, HOOK_RESULTS) ?? 'ABANDON',
      outcome: result === undefined ? undefined : { result, afterMs: after * 1000 },
    };
  });
}
