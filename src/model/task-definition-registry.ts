/**
 * Task definitions by family and revision. Both engines keep one; a registered revision never changes. Those of daemons have
 * families of their own: only an ARN names them.
 */
import { type EngineContext, taskDefinitionArn } from '../base/arn.ts';
import { whatThereIs } from '../base/nearest.ts';
import { parseAttributes } from './attribute.ts';
import { nonEmptyText, optionalWhole, refuse } from './read.ts';
import { computeRequiresAttributes } from './requires-attributes.ts';
import { parseTaskDefinition, type TaskDefinition } from './task-definition.ts';

/** `family`, `family:revision` or the ARN of one; revisions are written without sign or leading zeros. */
const NAME = /^(?:arn:[^:]*:ecs:[^:]*:[^:]*:(daemon-)?task-definition\/)?([A-Za-z0-9_-]+)(?::([1-9]\d*))?$/;
const DAEMON_ARN = /:daemon-task-definition\//;

/** Whether a definition is a daemon's. */
export function isDaemonDefinition({ taskDefinitionArn = '' }: Pick<TaskDefinition, 'taskDefinitionArn'>): boolean {
  return DAEMON_ARN.test(taskDefinitionArn);
}

function familyKey(family: string, isDaemon: boolean): string {
  return isDaemon ? `daemon/${family}` : family;
}

function latest(revisions: ReadonlyMap<number, unknown>): number {
  let most = 0;
  for (const revision of revisions.keys()) most = Math.max(most, revision);
  return most;
}

export class TaskDefinitionRegistry {
  readonly #context: EngineContext;
  /** Family, a daemon's behind `daemon/` -> revision -> definition, revisions ascending. */
  readonly #families = new Map<string, Map<number, TaskDefinition>>();
  readonly #all: TaskDefinition[] = [];

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /**
   * Adds the next revision of the family, or the recorded one when the input carries a revision. Registering a recorded
   * revision again with the same content answers the one there is.
   * @throws ClientException for what parseTaskDefinition refuses; REVISION_TAKEN for a recorded revision that differs.
   */
  register(input: unknown): TaskDefinition {
    const parsed = parseTaskDefinition(input);
    const family = parsed.family ?? '';
    const key = familyKey(family, isDaemonDefinition(parsed));
    const revisions = this.#families.get(key) ?? new Map<number, TaskDefinition>();
    const recorded = optionalWhole(parsed.revision, 'revision', 1);
    const definition = this.#complete(parsed, recorded ?? latest(revisions) + 1);
    const taken = revisions.get(definition.revision ?? 0);
    if (taken !== undefined) {
      if (JSON.stringify(taken) === JSON.stringify(definition)) return taken;
      refuse(
        'REVISION_TAKEN',
        `${family}:${definition.revision} is registered already, with other content.`,
        { path: 'revision', value: definition.revision },
        'ClientException',
      );
    }
    this.#families.set(key, revisions.set(definition.revision ?? 0, definition));
    this.#all.push(definition);
    return definition;
  }

  #complete(parsed: TaskDefinition, revision: number): TaskDefinition {
    const recorded = parsed.requiresAttributes;
    return {
      ...parsed,
      taskDefinitionArn: parsed.taskDefinitionArn ?? taskDefinitionArn(this.#context, parsed.family ?? '', revision),
      revision,
      status: parsed.status ?? 'ACTIVE',
      requiresAttributes: recorded
        ? parseAttributes(recorded, 'requiresAttributes').map((attribute) => ({ ...attribute }))
        : computeRequiresAttributes(parsed).map((attribute) => ({ ...attribute })),
    };
  }

  /**
   * The definition named by `family` (its latest revision), `family:revision` or an ARN.
   * @throws ClientException UNKNOWN_TASK_DEFINITION.
   */
  resolve(name: unknown, path = 'taskDefinition'): TaskDefinition {
    const definition = this.#find(nonEmptyText(name, path));
    if (definition === undefined) {
      refuse(
        'UNKNOWN_TASK_DEFINITION',
        `Unable to describe task definition. ${path} ${JSON.stringify(name)} is not registered.${whatThereIs(String(name), this.#names())}`,
        { path, value: name },
        'ClientException',
      );
    }
    return definition;
  }

  #names(): string[] {
    return this.#all.map(({ family, revision }) => `${family}:${revision}`);
  }

  #find(name: string): TaskDefinition | undefined {
    const match = NAME.exec(name);
    const revisions = this.#families.get(familyKey(match?.[2] ?? '', match?.[1] !== undefined));
    if (match?.[3] !== undefined) return revisions?.get(Number(match[3]));
    const active = [...(revisions?.values() ?? [])].filter(({ status }) => status === 'ACTIVE');
    return active.reduce<TaskDefinition | undefined>(
      (best, one) => ((one.revision ?? 0) > (best?.revision ?? 0) ? one : best),
      undefined,
    );
  }

  /** All definitions in the order of registration. */
  list(): readonly TaskDefinition[] {
    return this.#all;
  }
}
