/**
 * Lifecycle hooks of the stage a deployment is in, as scripted outcomes: a Lambda answers after a time, a PAUSE waits for
 * ContinueServiceDeployment. Any failed hook wins (ECS developer guide).
 */
import type { LifecycleHook } from '../../model/service.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

const MINUTE_MS = 60_000;

export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'wait'; readonly decisions: readonly Decision[] }
  | { readonly kind: 'fail'; readonly reason: string };

export function hookVerdict(seen: Observation): Verdict {
  const { stage, settings } = seen.primary;
  if (stage === undefined) return PASS;
  const hooks = settings.deploymentConfiguration.lifecycleHooks.filter((hook) => hook.lifecycleStages.includes(stage));
  const verdicts = hooks.map((hook) => verdictOf(seen, hook));
  return verdicts.find(({ kind }) => kind === 'fail') ?? verdicts.find(({ kind }) => kind === 'wait') ?? PASS;
}

const PASS: Verdict = { kind: 'pass' };

function verdictOf(seen: Observation, hook: LifecycleHook): Verdict {
  const { primary, nowMs } = seen;
  const timeoutMs = primary.stageSinceMs + hook.timeoutMinutes * MINUTE_MS;
  const answerMs = answersAt(seen, hook);
  if (answerMs <= nowMs) return hook.outcome.hookStatus === 'FAILED' ? failed(seen, 'failed') : PASS;
  if (nowMs >= timeoutMs) return hook.timeoutAction === 'CONTINUE' ? PASS : failed(seen, 'timed out');
  return wait(seen, Math.min(answerMs, timeoutMs));
}

function answersAt({ primary }: Observation, hook: LifecycleHook): number {
  if (hook.targetType === 'PAUSE') return primary.isContinued ? primary.stageSinceMs : Number.POSITIVE_INFINITY;
  return primary.stageSinceMs + hook.outcome.afterSeconds * 1000;
}

function failed({ primary }: Observation, how: string): Verdict {
  return { kind: 'fail', reason: `ECS deployment lifecycle hook ${how} at ${primary.stage}.` };
}

function wait({ service }: Observation, atMs: number): Verdict {
  return {
    kind: 'wait',
    decisions: [{ kind: 'command', command: { type: 'Later', atMs, command: { type: 'WakeService', service } } }],
  };
}
