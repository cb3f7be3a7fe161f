/**
 * Checks a scenario against the JSON Schema that the package ships: types, names and what has to be there. Called by
 * parseScenario before anything is read; what depends on several members is left to the parsers.
 */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean } from '../base/nearest.ts';
import { refuse, show } from '../model/read.ts';
import { asValidation } from '../model/validation.ts';
import schema from './scenario.schema.json' with { type: 'json' };

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;

/** `/services/0/desiredCount` as messages write it: `services[0].desiredCount`. */
export function pathOf(pointer: string): string {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce(joinPath, '');
}

function joinPath(path: string, name: string): string {
  if (/^\d+$/.test(name)) return `${path}[${name}]`;
  if (!PLAIN_NAME.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

/** With `verbose`, ajv says what it looked at. */
interface Found extends ErrorObject {
  readonly data?: unknown;
  readonly parentSchema?: { readonly properties?: Readonly<Record<string, unknown>> };
}

function refuseUnknown({ params, parentSchema }: Found, path: string): never {
  const name = String(params.additionalProperty);
  const known = Object.keys(parentSchema?.properties ?? {});
  const at = joinPath(path, name);
  const where = path === '' ? 'a scenario' : path;
  refuse('UNKNOWN_MEMBER', `${at}: ${where} has no member ${name}.${didYouMean(name, known)}`, {
    path: at,
    value: name,
    expected: known,
  });
}

function refuseValue({ keyword, params, data, message = '' }: Found, path: string): never {
  const at = path === '' ? 'the scenario' : path;
  if (keyword === 'type') {
    const expected = [params.type].flat().map((type) => TYPES[String(type)] ?? String(type));
    refuse('WRONG_TYPE', `${at} must be ${expected.join(' or ')}, but was ${show(data)}.`, {
      path,
      value: data,
      expected,
    });
  }
  if (keyword === 'enum') {
    const expected = (params.allowedValues as unknown[]).map(String);
    const meant = typeof data === 'string' ? didYouMean(data, expected) : '';
    refuse('NOT_ALLOWED', `${at} must be one of ${expected.join(', ')}, but was ${show(data)}.${meant}`, {
      path,
      value: data,
      expected,
    });
  }
  refuse('OUT_OF_RANGE', `${at} ${message}, but was ${show(data)}.`, { path, value: data });
}

const validate = lazily(() => new Ajv2020({ verbose: true, strictTypes: false }).compile(schema));

/** Compiling takes a while, and most users of this module's neighbours never need it. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Written in the words of services that know one exception for wrong input. */
const OF_OTHER_SERVICES = /^(scalableTargets|scalingPolicies|scheduledActions|alarms|autoScalingGroups|rules)\b/;

/**
 * @throws InvalidParameterException, in the parts of other services than ECS ValidationException, for the first error:
 * UNKNOWN_MEMBER, MISSING, WRONG_TYPE, NOT_ALLOWED, OUT_OF_RANGE.
 */
export function checkSchema(json: unknown): void {
  const check = validate();
  if (check(json)) return;
  const error = (check.errors ?? []).find(({ keyword }) => keyword !== 'if') as Found;
  const path = pathOf(error.instancePath);
  if (OF_OTHER_SERVICES.test(path)) asValidation(() => refuseFound(error, path));
  refuseFound(error, path);
}

function refuseFound(error: Found, path: string): never {
  if (error.keyword === 'additionalProperties') refuseUnknown(error, path);
  if (error.keyword === 'required') {
    const at = joinPath(path, String(error.params.missingProperty));
    refuse('MISSING', `${at} is missing.`, { path: at });
  }
  refuseValue(error, path);
}
