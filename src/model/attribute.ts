/** Attributes of container instances and those a task definition requires. */
import { lastSegment } from '../base/arn.ts';
import { AttributePool } from './attribute-pool.ts';
import { elementPath, fields, list, memberPath, nonEmptyText, optionalText, refuse, text } from './read.ts';

export type TargetType = 'container-instance';

export interface Attribute {
  name: string | undefined;
  value?: string | undefined;
  targetType?: TargetType | undefined;
  targetId?: string | undefined;
}

/** An attribute after validation: the name is there, the value may be absent (a name-only capability). */
export interface NamedAttribute {
  readonly name: string;
  readonly value?: string;
}

/** Custom attributes a container instance may have (ECS API, AttributeLimitExceededException). */
export const MAX_CUSTOM_ATTRIBUTES = 10;
const MAX_PER_CALL = 10;
const NAME = /^[A-Za-z0-9_./\\-]{1,128}$/;
const VALUE = /^[A-Za-z0-9_./\\@: -]{1,128}$/;

/** Built-in attributes and capabilities start with a reserved prefix; all others are custom. */
export function isCustomAttribute(name: string): boolean {
  return !name.startsWith('ecs.') && !name.startsWith('com.amazonaws.ecs.');
}

/** `name` or `name=value`, as explanations print an attribute. */
export function attributeText({ name, value }: NamedAttribute): string {
  return value === undefined ? name : `${name}=${value}`;
}

/** A registered or required attribute; names and values are only checked for type, since AWS made them. */
export function parseAttribute(input: unknown, path: string): NamedAttribute {
  const attribute = fields(input, path);
  const name = nonEmptyText(attribute.name, memberPath(path, 'name'));
  if (name.startsWith('\0')) {
    refuse('ATTRIBUTE_NAME', `${path}.name ${JSON.stringify(name)} must not start with a zero byte.`, {
      path: `${path}.name`,
      value: name,
    });
  }
  const value = optionalText(attribute.value, memberPath(path, 'value'));
  return value === undefined ? { name } : { name, value };
}

/** Attributes of one instance: the last of two with the same name counts, in the first one's place. */
export function parseAttributes(input: unknown, path: string, pool = new AttributePool()): readonly NamedAttribute[] {
  if (input === undefined || input === null) return [];
  return pool.read(list(input, path), (entry, k) => parseAttribute(entry, elementPath(path, k)));
}

export interface AttributeChange {
  readonly attribute: NamedAttribute;
  readonly targetId: string;
  readonly path: string;
}

/**
 * The attributes of PutAttributes or DeleteAttributes.
 * @throws InvalidParameterException for names and values AWS refuses, more than ten, or a reserved prefix on put.
 */
export function parseAttributeChanges(input: unknown, verb: 'put' | 'delete'): AttributeChange[] {
  const path = 'attributes';
  const entries = list(fields(input, '').attributes, path);
  if (entries.length === 0 || entries.length > MAX_PER_CALL) {
    refuse('ATTRIBUTE_COUNT', `${path} must hold 1 to ${MAX_PER_CALL} attributes, but held ${entries.length}.`, {
      path,
      value: entries.length,
      limit: MAX_PER_CALL,
    });
  }
  return entries.map((entry, k) => parseChange(entry, `${path}[${k}]`, verb));
}

function parseChange(entry: unknown, path: string, verb: 'put' | 'delete'): AttributeChange {
  const attribute = parseAttribute(entry, path);
  const { name, value } = attribute;
  if (!NAME.test(name)) {
    refuse(
      'ATTRIBUTE_NAME',
      `${path}.name ${JSON.stringify(name)} must be 1 to 128 of A-Z a-z 0-9 - _ / \\ . characters.`,
      { path: `${path}.name`, value: name },
    );
  }
  if (value !== undefined && (!VALUE.test(value) || value !== value.trim())) {
    refuse(
      'ATTRIBUTE_VALUE',
      `${path}.value ${JSON.stringify(value)} must be 1 to 128 of A-Z a-z 0-9 - _ / \\ . @ : and inner space characters.`,
      { path: `${path}.value`, value },
    );
  }
  if (verb === 'put' && !isCustomAttribute(name)) {
    refuse('ATTRIBUTE_RESERVED', `${path}.name ${JSON.stringify(name)} has a prefix that ECS reserves.`, {
      path: `${path}.name`,
      value: name,
    });
  }
  return { attribute, targetId: parseTarget(entry, path), path };
}

function parseTarget(entry: unknown, path: string): string {
  const { targetId, targetType } = fields(entry, path);
  const id = nonEmptyText(targetId, `${path}.targetId`);
  const isArn = lastSegment(id) !== id;
  if (!isArn || targetType !== undefined) {
    if (text(targetType, `${path}.targetType`) !== 'container-instance') {
      refuse(
        'ATTRIBUTE_TARGET_TYPE',
        `${path}.targetType must be container-instance, but was ${JSON.stringify(targetType)}.`,
        { path: `${path}.targetType`, value: targetType },
      );
    }
  }
  return id;
}

export function refuseTarget(targetId: string, path: string): never {
  refuse(
    'UNKNOWN_TARGET',
    `${path}.targetId ${JSON.stringify(targetId)} is not a registered container instance.`,
    { path: `${path}.targetId`, value: targetId },
    'TargetNotFoundException',
  );
}

export function refuseAttributeLimit(name: string, path: string): never {
  refuse(
    'ATTRIBUTE_LIMIT',
    `${path}.name ${JSON.stringify(name)}: a container instance can have up to ${MAX_CUSTOM_ATTRIBUTES} custom attributes.`,
    { path: `${path}.name`, value: name, limit: MAX_CUSTOM_ATTRIBUTES },
    'AttributeLimitExceededException',
  );
}
