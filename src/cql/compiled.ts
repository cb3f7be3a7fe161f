/**
 * The compiled form of a Cluster Query Language expression: postfix steps over one instance. Made by compile.ts, bound
 * to columns by src/wasm/encode.ts. It holds no ids, so one compiled expression serves any engine.
 */

/** Subjects whose values come from a dictionary of distinct strings. */
export type DictionarySubject =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'agentVersion' }
  | { readonly kind: 'ec2InstanceId' };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Step =
  /** The subject is there, with or without a value. */
  | { readonly op: 'present'; readonly subject: DictionarySubject }
  /** True where the subject has a value that `accepts` takes, or is there without a value and `valueless` is true. */
  | {
      readonly op: 'value';
      readonly subject: DictionarySubject;
      /** Pure; called once per distinct value. */
      readonly accepts: (value: string) => boolean;
      readonly valueless: boolean;
      /** Set when `accepts` is exactly membership in this list: lets the engine compare ids. */
      readonly oneOf?: readonly string[];
    }
  | { readonly op: 'agentConnected'; readonly whenTrue: boolean; readonly whenFalse: boolean }
  /** False where registeredAt is unknown. */
  | { readonly op: 'registeredAt'; readonly comparison: Comparison; readonly seconds: number }
  | { readonly op: 'runningTasksCount'; readonly comparison: Comparison; readonly count: number }
  /** True where some active task's group is accepted. */
  | {
      readonly op: 'taskGroup';
      readonly accepts: (group: string) => boolean;
      readonly oneOf?: readonly string[];
    }
  | { readonly op: 'and' }
  | { readonly op: 'or' }
  | { readonly op: 'not' };

export interface CompiledExpression {
  readonly steps: readonly Step[];
  /** Depends on task counts (runningTasksCount, task:group), not only on the instances. */
  readonly dynamic: boolean;
}
