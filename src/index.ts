/** The public API of `bayplan`: named re-exports only. It pulls in nothing but @assemblyscript/loader. */
export type {
  CqlOptions,
  Engine,
  EngineOptions,
  EngineStats,
  InstancesAndFailures,
  PlacementInput,
  Placer,
  RunTaskInput,
  StartTaskInput,
  TasksAndFailures,
} from './contract.ts';
export type { Expression } from './cql/ast.ts';
export { clauses as cqlClauses } from './cql/clauses.ts';
export { caret as cqlCaret } from './cql/error.ts';
export { parse as parseCql } from './cql/parse.ts';
export { print as printCql } from './cql/print.ts';
export { type CreateEngineOptions, createEngine } from './create-engine.ts';
export { BayplanError, type ErrorFacts, type ExceptionName } from './errors.ts';
export type { ClauseTrace, Closest, Explanation, Fix, Gate, GateTrace } from './explain.ts';
export type { Attribute } from './model/attribute.ts';
export type { PlacementConstraint } from './model/constraint.ts';
export type { ContainerInstance } from './model/container-instance.ts';
export { type InstanceTypeFacts, type InstanceTypes, parseInstanceTypes } from './model/instance-type.ts';
export type {
  CircuitBreakerInput,
  RolloutBounds,
  RolloutBoundsInput,
  RolloutInput,
  RolloutStep,
  ThresholdType,
} from './model/rollout.ts';
export type { PlacementStrategy } from './model/strategy.ts';
export type { Subnet } from './model/subnet.ts';
export type { Failure, Task } from './model/task.ts';
export type { ContainerDefinition, TaskDefinition } from './model/task-definition.ts';
