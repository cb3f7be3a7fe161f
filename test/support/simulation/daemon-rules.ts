/**
 * What ECS Managed Daemons must keep to, recounted from instances and tasks after every millisecond: first on an instance, last
 * on it, one of each, and of the revision that is deployed. Used by managed-rules.
 */
import type { DaemonMember, DaemonState } from '../../../src/cluster/daemon-state.ts';
import type { ManagedInstance, ManagedProviderState } from '../../../src/cluster/managed-state.ts';
import type { ClusterState, TaskState } from '../../../src/cluster/state.ts';
import type { RecordedEvent } from '../../../src/simulate/result.ts';

function works({ task, isEnded }: DaemonMember): boolean {
  return !isEnded && task?.lastStatus === 'RUNNING' && task.healthStatus !== 'UNHEALTHY';
}

function isReady(member: DaemonMember): boolean {
  const essential = (member.revision.definition.containerDefinitions ?? []).filter((one) => one.essential !== false);
  const isChecked = essential.every(({ healthCheck }) => healthCheck !== undefined);
  return works(member) && (!isChecked || member.task?.healthStatus === 'HEALTHY');
}

const SETTLED = ['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL'];

export class DaemonRules {
  readonly #failed = new Set<string>();
  #failures = 0;
  #deployed = 0;

  /** Daemons that did not stay, and deployments that came to their end. */
  get counts(): { readonly daemonFailures: number; readonly daemonDeployments: number } {
    return { daemonFailures: this.#failures, daemonDeployments: this.#deployed };
  }

  note({ daemon }: RecordedEvent): void {
    if (daemon === undefined) return;
    if (daemon.status === undefined) this.#failed.add(`${daemon.instanceId} ${daemon.daemonName}`);
    if (daemon.status === undefined) this.#failures += 1;
    else if (SETTLED.includes(daemon.status)) this.#deployed += 1;
  }

  wrongs(state: ClusterState, { instances, settings }: ManagedProviderState): string[] {
    const all = [...state.capacity.managed.daemons.values()];
    const drained = new Set(all.flatMap(({ deployment }) => deployment.batch));
    return [...instances].flatMap((one) => [
      ...this.#order(one),
      ...(drained.has(one) && one.containerInstance?.status !== 'DRAINING'
        ? [`${one.instanceId} shall drain, and is ${one.containerInstance?.status}`]
        : []),
      ...revisions(one, settings.name, all).map((wrong) => `${one.instanceId}: ${wrong}`),
    ]);
  }

  #order({ instanceId, containerInstance, daemons, provider }: ManagedInstance): string[] {
    if (containerInstance === undefined)
      return daemons.size === 0 ? [] : [`${instanceId} has daemons before it is there`];
    const { status, tasks, agentConnected, isImpaired } = containerInstance;
    const others = [...tasks].filter(({ daemon }) => daemon === undefined);
    const critical = [...daemons.values()].filter(({ revision }) => revision.isCritical);
    const wrongs: string[] = [];
    if (status === 'REGISTERING' && others.length > 0) wrongs.push('tasks came before its daemons run');
    if (status === 'REGISTERING' && critical.every(isReady)) wrongs.push('it still registers');
    if (status === 'ACTIVE' && provider.settings.isRepaired && !critical.every(works)) wrongs.push('it lacks a daemon');
    if (status === 'ACTIVE' && provider.settings.isRepaired && isImpaired) wrongs.push('it is impaired');
    const live = [...daemons].filter(([, { task }]) => task !== undefined && task.lastStatus !== 'STOPPED');
    const strange = [...tasks].filter((task) => task.daemon !== undefined && daemons.get(task.daemon)?.task !== task);
    if (strange.length > 0) wrongs.push('a daemon runs twice');
    if (status === 'DRAINING' && others.length === 0 && !agentConnected) wrongs.push('nobody ends it');
    if (status === 'DRAINING' && others.length === 0)
      wrongs.push(
        ...live.filter(([, { task }]) => stays(task)).map(([{ settings }]) => `${settings.name} stays on it`),
      );
    const early = [...daemons].filter(([{ settings }, { task }]) => {
      const isTold = this.#failed.has(`${instanceId} ${settings.name}`);
      return others.length > 0 && !isTold && task?.desiredStatus !== 'RUNNING';
    });
    wrongs.push(...early.map(([{ settings }]) => `${settings.name} stopped before other tasks`));
    return wrongs.map((wrong) => `${instanceId} (${status}): ${wrong}`);
  }
}

function stays(task: TaskState | undefined): boolean {
  return task?.desiredStatus === 'RUNNING';
}

function revisions(
  { containerInstance, daemons }: ManagedInstance,
  provider: string,
  all: readonly DaemonState[],
): string[] {
  if (containerInstance === undefined || containerInstance.status === 'DRAINING') return [];
  return all.flatMap((daemon) => {
    const { target, deployment, settings } = daemon;
    const wanted = target?.providers.has(provider) ? target : undefined;
    const isRight = daemons.get(daemon)?.revision === wanted || !SETTLED.includes(deployment.status);
    return isRight ? [] : [`another revision of ${settings.name} than is deployed`];
  });
}

/** Deployments that have nothing to wait for, and go on all the same. */
export function deploymentWrongs({ nowMs, capacity }: Pick<ClusterState, 'nowMs' | 'capacity'>): string[] {
  const { daemons, providers } = capacity.managed;
  const all = [...providers.values()].flatMap(({ settings, instances }) =>
    [...instances].map((one) => ({ one, provider: settings.name })),
  );
  return [...daemons.values()].flatMap((daemon) => {
    const { deployment, target, settings } = daemon;
    const { status, batch, bakesUntilMs } = deployment;
    if (status === 'PENDING') return [`the deployment of ${settings.name} does not begin`];
    if (!status.endsWith('IN_PROGRESS') || batch.length > 0 || nowMs < bakesUntilMs) return [];
    const isWaiting = all.some(({ one, provider }) => {
      const wanted = target?.providers.has(provider) ? target : undefined;
      return one.containerInstance !== undefined && one.daemons.get(daemon)?.revision !== wanted;
    });
    return isWaiting ? [] : [`the deployment of ${settings.name} is ${status} for nothing`];
  });
}

/** What the daemons of a provider take of each of its instances. */
export function takenByDaemons({ capacity }: ClusterState, provider: string): { cpu: number; memory: number } {
  const taken = { cpu: 0, memory: 0 };
  for (const { target } of capacity.managed.daemons.values()) {
    if (!target?.providers.has(provider)) continue;
    for (const { cpu = 0, memory = 0 } of target.definition.containerDefinitions ?? []) {
      taken.cpu += cpu;
      taken.memory += memory;
    }
  }
  return taken;
}
