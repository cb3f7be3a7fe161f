/** How long an instance takes until it runs and registers; a scenario says so beside AWS's members. Read by groups and Managed Instances. */
import { type Fields, optionalWhole } from './read.ts';

export interface LaunchDelays {
  /** From the decision until EC2 runs it, and from there to the registration of its agent. */
  readonly launchDelayMs: number;
  readonly joinDelayMs: number;
}

/** Ours: AWS publishes no figure. */
const LAUNCH_SECONDS = 60;
const JOIN_SECONDS = 30;
const MOST_SECONDS = 1_000_000;

/** @throws InvalidParameterException naming the member. */
export function parseLaunchDelays(given: Fields, path: string): LaunchDelays {
  const ms = (name: string, unless: number): number =>
    (optionalWhole(given[name], `${path}.${name}`, 0, MOST_SECONDS) ?? unless) * 1000;
  return {
    launchDelayMs: ms('launchDelaySeconds', LAUNCH_SECONDS),
    joinDelayMs: ms('joinDelaySeconds', JOIN_SECONDS),
  };
}
