/** A group's decision as commands; protection comes before termination. Called by tick. */
import type { Command } from '../cluster/commands.ts';
import type { Decision } from './decision.ts';

export function act(decision: Decision): Command[] {
  const { group, protect, unprotect, terminate, launch, finish } = decision;
  const commands: Command[] = [];
  if (protect.length > 0) commands.push({ type: 'ProtectInstances', group, instances: protect, isProtected: true });
  if (unprotect.length > 0)
    commands.push({ type: 'ProtectInstances', group, instances: unprotect, isProtected: false });
  for (const instance of finish) commands.push({ type: 'FinishTermination', instance });
  if (terminate.length > 0)
    commands.push({ type: 'TerminateInstances', group, instances: terminate, cause: decision.terminationCause });
  if (launch.length > 0) commands.push({ type: 'LaunchInstances', group, wishes: launch, cause: decision.launchCause });
  return commands;
}
