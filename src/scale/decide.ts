/**
 * What becomes of a target: the largest capacity that its firing policies ask for, within suspensions, cooldowns and
 * deployments. Called by tick. The rules of single policies are the core's.
 */
import type { ScalingRecord } from '../cluster/scaling-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import { forecastAt } from '../model/predictive-scaling.ts';
import { inCooldown } from './decide/cooldown.ts';
import { type Wish, wishOf } from './decide/wish.ts';
import type { Observation } from './observe.ts';

export type Hindrance = 'SUSPENDED' | 'COOLDOWN' | 'DEPLOYMENT' | 'OTHER_POLICY' | 'MAXIMUM' | 'MINIMUM' | 'DESIRED';

export interface Decision {
  readonly kind: 'scale' | 'none';
  /** That of the policy that decides. */
  readonly wish: Wish;
  /** Of `scale`. */
  readonly desiredCount: number;
  readonly direction: 'out' | 'in';
  readonly record: ScalingRecord | undefined;
  /** Of `none`. */
  readonly hindrance: Hindrance | undefined;
}

/** Out when any policy wants out; in when all target tracking policies that may scale in want in (AAS guide). */
export function decide(view: ClusterView, seen: Observation): Decision | undefined {
  const wishes: Wish[] = [];
  for (const firing of seen.firing) {
    const wish = wishOf(view.decisions, seen, firing);
    if (wish !== undefined) wishes.push(wish);
  }
  const out = largest(wishes, 'out');
  if (out !== undefined) return scaleOut(seen, out);
  const inward = largest(wishes, 'in');
  return inward === undefined ? none(largest(wishes), seen) : scaleIn(view, seen, inward, wishes);
}

/** Of those that lead there; without a direction, of all. */
function largest(wishes: readonly Wish[], direction?: Wish['direction']): Wish | undefined {
  let best: Wish | undefined;
  for (const one of wishes) {
    if (direction !== undefined && one.direction !== direction) continue;
    if (best === undefined || one.capacity > best.capacity) best = one;
  }
  return best;
}

function none(
  wish: Wish | undefined,
  { target, desiredCount }: Observation,
  hindrance?: Hindrance,
): Decision | undefined {
  if (wish === undefined) return undefined;
  const { minCapacity, maxCapacity } = target;
  const atBound =
    desiredCount === maxCapacity && wish.isOutward
      ? 'MAXIMUM'
      : desiredCount === minCapacity && !wish.isOutward
        ? 'MINIMUM'
        : 'DESIRED';
  return {
    kind: 'none',
    wish,
    desiredCount,
    direction: wish.isOutward ? 'out' : 'in',
    record: undefined,
    hindrance: hindrance ?? atBound,
  };
}

function scale(seen: Observation, wish: Wish, desiredCount: number, added: number): Decision {
  const { cooldownSeconds } = wish;
  return {
    kind: 'scale',
    wish,
    desiredCount,
    direction: desiredCount > seen.desiredCount ? 'out' : 'in',
    record: { atMs: seen.nowMs, cooldownEndsMs: seen.nowMs + cooldownSeconds * 1000, added },
    hindrance: undefined,
  };
}

/** Within the cooldown only what goes beyond the capacity that is being added already (AAS guide). */
function scaleOut(seen: Observation, wish: Wish): Decision | undefined {
  const { target, desiredCount, nowMs } = seen;
  if (target.suspended.dynamicScalingOut) return none(wish, seen, 'SUSPENDED');
  const wanted = wish.capacity - desiredCount;
  const already = inCooldown(target.lastOut, nowMs) ? (target.lastOut?.added ?? 0) : 0;
  if (wanted <= already) return none(wish, seen, 'COOLDOWN');
  return scale(seen, wish, desiredCount + wanted - already, wanted);
}

function scaleIn(view: ClusterView, seen: Observation, wish: Wish, wishes: readonly Wish[]): Decision | undefined {
  const { target, nowMs } = seen;
  if (target.suspended.dynamicScalingIn) return none(wish, seen, 'SUSPENDED');
  if (seen.isDeploying) return none(wish, seen, 'DEPLOYMENT');
  if (!allAgree(seen, wishes)) return none(wish, seen, 'OTHER_POLICY');
  // That a scale-out holds back a scale-in is ours: AWS does not say.
  if (inCooldown(target.lastIn, nowMs) || inCooldown(target.lastOut, nowMs)) return none(wish, seen, 'COOLDOWN');
  // The largest capacity wins: not below what a forecast wants.
  const floor = forecastOf(view, seen);
  if (floor >= seen.desiredCount) return none(wish, seen, 'OTHER_POLICY');
  return scale(seen, wish, Math.max(floor, wish.capacity), 0);
}

function forecastOf({ startEpochMs }: ClusterView, { target, nowMs }: Observation): number {
  let most = 0;
  for (const { settings } of target.policies.values()) {
    const { configuration } = settings;
    if (configuration.type !== 'PredictiveScaling' || !configuration.scales) continue;
    most = Math.max(most, forecastAt(configuration, startEpochMs + nowMs));
  }
  return Math.min(most, target.maxCapacity);
}

/** Step policies ask nobody. */
function allAgree({ target }: Observation, wishes: readonly Wish[]): boolean {
  const ins = wishes.filter(({ direction }) => direction === 'in');
  const isTracked = ins.some(({ firing }) => firing.policy.settings.configuration.type === 'TargetTrackingScaling');
  if (!isTracked) return true;
  for (const policy of target.policies.values()) {
    const { configuration } = policy.settings;
    if (configuration.type !== 'TargetTrackingScaling' || configuration.disableScaleIn) continue;
    if (!ins.some(({ firing }) => firing.policy === policy)) return false;
  }
  return true;
}
