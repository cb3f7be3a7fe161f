/** PutAttributes and DeleteAttributes: all changes are checked, then all applied. Called by the engine. */
import {
  type Attribute,
  type AttributeChange,
  isCustomAttribute,
  MAX_CUSTOM_ATTRIBUTES,
  type NamedAttribute,
  refuseAttributeLimit,
  refuseTarget,
} from '../model/attribute.ts';
import type { Instance, State } from './state.ts';
import { findInstance } from './table/instances.ts';

interface Target {
  readonly change: AttributeChange;
  readonly instance: Instance;
}

function targetsOf(state: State, changes: readonly AttributeChange[]): Target[] {
  return changes.map((change) => ({
    change,
    instance: findInstance(state, change.targetId) ?? refuseTarget(change.targetId, change.path),
  }));
}

/** An attribute that is there changes in place, a new one goes to the end. */
function withAttribute(attributes: readonly NamedAttribute[], added: NamedAttribute): NamedAttribute[] {
  const isThere = attributes.some(({ name }) => name === added.name);
  return isThere ? attributes.map((one) => (one.name === added.name ? added : one)) : [...attributes, added];
}

function customCount(attributes: readonly NamedAttribute[]): number {
  return attributes.filter(({ name }) => isCustomAttribute(name)).length;
}

/** The attributes each instance would have. */
function applied(targets: readonly Target[]): Map<Instance, NamedAttribute[]> {
  const after = new Map<Instance, NamedAttribute[]>();
  for (const { instance, change } of targets) {
    const before = after.get(instance) ?? instance.attributes;
    const attributes = withAttribute(before, change.attribute);
    const grew = attributes.length > before.length;
    if (grew && customCount(attributes) > MAX_CUSTOM_ATTRIBUTES)
      refuseAttributeLimit(change.attribute.name, change.path);
    after.set(instance, attributes);
  }
  return after;
}

/** @throws TargetNotFoundException; AttributeLimitExceededException for more than ten custom attributes. */
export function putAttributes(state: State, changes: readonly AttributeChange[]): { attributes: Attribute[] } {
  const targets = targetsOf(state, changes);
  for (const [instance, attributes] of applied(targets)) instance.attributes = attributes;
  return answer(targets);
}

/** @throws TargetNotFoundException. Names that are not there are passed over. */
export function deleteAttributes(state: State, changes: readonly AttributeChange[]): { attributes: Attribute[] } {
  const targets = targetsOf(state, changes);
  for (const { instance, change } of targets) {
    instance.attributes = instance.attributes.filter(({ name }) => name !== change.attribute.name);
  }
  return answer(targets);
}

function answer(targets: readonly Target[]): { attributes: Attribute[] } {
  return {
    attributes: targets.map(({ change, instance }) => ({
      ...change.attribute,
      targetType: 'container-instance',
      targetId: instance.record.containerInstanceArn,
    })),
  };
}
