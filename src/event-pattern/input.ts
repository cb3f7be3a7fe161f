/**
 * What a target gets of an event: a constant, a part, or a template with parts (EventBridge user guide, input
 * transformation). Called when a rule runs; paths are checked when a target is put.
 */
import type { TargetInput } from '../model/event-rule.ts';
import { refuse } from '../model/read.ts';

const STEP = /^(?:\.([A-Za-z0-9_-]+)|\[(\d+)\]|\['([^']+)'\])/;

/** `$.detail.containers[0].name`, as its steps. @throws ValidationException INPUT_PATH. */
export function parseInputPath(text: string, path: string): string[] {
  const steps: string[] = [];
  let rest = text.startsWith('$') ? text.slice(1) : undefined;
  while (rest !== undefined && rest !== '') {
    const step = STEP.exec(rest);
    if (step === null) rest = undefined;
    else {
      steps.push((step[1] ?? step[2] ?? step[3]) as string);
      rest = rest.slice(step[0].length);
    }
  }
  if (rest === '') return steps;
  return refuse('INPUT_PATH', `${path}: Invalid JSONPath ${text}.`, { path, value: text }, 'ValidationException');
}

export function checkInput({ path: part, transformer }: TargetInput, path: string): void {
  if (part !== undefined) parseInputPath(part, `${path}.InputPath`);
  for (const [name, value] of Object.entries(transformer?.paths ?? {}))
    parseInputPath(value, `${path}.InputTransformer.InputPathsMap.${name}`);
}

function partOf(event: unknown, path: string): unknown {
  let value: unknown = event;
  for (const step of parseInputPath(path, 'InputPath')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Names EventBridge knows beside those of the map. */
export interface RuleNames {
  readonly ruleName: string;
  readonly ruleArn: string;
}

function fill(template: string, value: (name: string) => unknown): string {
  return template.replace(/<([A-Za-z0-9_.-]+)>/g, (whole, name: string) => {
    const found = value(name);
    if (found === undefined) return name.startsWith('aws.events.') ? whole : '';
    return typeof found === 'string' ? JSON.stringify(found).slice(1, -1) : JSON.stringify(found);
  });
}

/** @returns JSON text, or a template's text; undefined when nothing but the whole event was asked for. */
export function targetText(input: TargetInput, event: unknown, names: RuleNames): string | undefined {
  if (input.constant !== undefined) return input.constant;
  if (input.path !== undefined) return JSON.stringify(partOf(event, input.path) ?? null);
  if (input.transformer === undefined) return undefined;
  const { paths, template } = input.transformer;
  const known: Readonly<Record<string, unknown>> = {
    'aws.events.rule-name': names.ruleName,
    'aws.events.rule-arn': names.ruleArn,
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  return fill(template, (name) => {
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
    return path === undefined ? known[name] : partOf(event, path);
  });
}
