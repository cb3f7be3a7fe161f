/** Scripts for tests: registered definitions, and the life of a task as rows that can be read. */
import type { Moment } from '../../src/agent/moment.ts';
import { createScript, type TaskScript } from '../../src/agent/script.ts';
import { type Behaviour, parseBehaviour } from '../../src/model/behaviour.ts';
import { parseTaskDefinition, type TaskDefinition } from '../../src/model/task-definition.ts';
import { containerWith, type Members } from '../model/definitions.ts';

/** A draw that no script may ask for. */
export const noDraw = (): number => {
  throw new Error('nothing is random here');
};

export function definitionOf(containers: readonly Members[], members: Members = {}): TaskDefinition {
  return parseTaskDefinition({ family: 'web', containerDefinitions: containers.map(containerWith), ...members });
}

export function scriptOf(
  containers: readonly Members[],
  behaviour: Behaviour = {},
  draw: () => number = noDraw,
): TaskScript {
  return createScript(definitionOf(containers), parseBehaviour(behaviour, 'behaviour'), draw);
}

/** The moments, at most `most` of them. */
export function momentsOf(script: TaskScript, most = 50): Moment[] {
  const moments: Moment[] = [];
  for (let k = 0; k < most; k++) {
    const moment = script.moment(k);
    if (moment === undefined) break;
    moments.push(moment);
  }
  return moments;
}

/** One line a moment: `5000 task RUNNING; app RUNNING`. Reasons of containers are left out. */
export function life(script: TaskScript, most = 50): string[] {
  return momentsOf(script, most).map((moment) => {
    const { afterMs, lastStatus, healthStatus, containers = [], pullStarted, pullStopped, stop } = moment;
    const parts = [
      ...(pullStarted ? ['pull started'] : []),
      ...(pullStopped ? ['pull stopped'] : []),
      ...(lastStatus ? [`task ${lastStatus}`] : []),
      ...(healthStatus ? [`task ${healthStatus}`] : []),
      ...containers.map(({ name, lastStatus: status, exitCode, healthStatus: health, restartCount }) =>
        [
          name,
          ...(status ? [status] : []),
          ...(exitCode === undefined ? [] : [`exit ${exitCode}`]),
          ...(health ? [health] : []),
          ...(restartCount === undefined ? [] : [`restart ${restartCount}`]),
        ].join(' '),
      ),
      ...(stop ? [`${stop.stopCode}: ${stop.stoppedReason}`] : []),
    ];
    return `${afterMs} ${parts.join('; ')}`;
  });
}
