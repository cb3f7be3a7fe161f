/** PutAttributes and DeleteAttributes: all changes are checked, then all applied. Called by the engine. */
import {
  type Attribute,
  type AttributeChange,
  isCustomAttribute,
  MAX_CUSTOM_ATTRIBUTES,
  refuseAttributeLimit,
  refuseTarget,
} from '../model/attribute.ts';
import type { HostInstance, Instances } from './instances.ts';

function targets(instances: Instances, changes: readonly AttributeChange[]): HostInstance[] {
  return changes.map(({ targetId, path }) => instances.find(targetId) ?? refuseTarget(targetId, path));
}

function answer(changes: readonly AttributeChange[], found: readonly HostInstance[]): { attributes: Attribute[] } {
  return {
    attributes: changes.map(({ attribute }, k) => ({
      ...attribute,
      targetType: 'container-instance',
      targetId: found[k]?.record.containerInstanceArn,
    })),
  };
}

/** Custom attributes each instance would have. */
function checkLimit(changes: readonly AttributeChange[], found: readonly HostInstance[]): void {
  const names = new Map<HostInstance, Set<string>>();
  changes.forEach(({ attribute, path }, k) => {
    const instance = found[k] as HostInstance;
    const custom =
      names.get(instance) ?? new Set(instance.attributes.map(({ name }) => name).filter(isCustomAttribute));
    const grew = !custom.has(attribute.name);
    names.set(instance, custom.add(attribute.name));
    if (grew && custom.size > MAX_CUSTOM_ATTRIBUTES) refuseAttributeLimit(attribute.name, path);
  });
}

export function putAttributes(instances: Instances, changes: readonly AttributeChange[]): { attributes: Attribute[] } {
  const found = targets(instances, changes);
  checkLimit(changes, found);
  changes.forEach(({ attribute }, k) => {
    instances.putAttribute(found[k] as HostInstance, attribute);
  });
  return answer(changes, found);
}

export function deleteAttributes(
  instances: Instances,
  changes: readonly AttributeChange[],
): { attributes: Attribute[] } {
  const found = targets(instances, changes);
  changes.forEach(({ attribute }, k) => {
    instances.deleteAttribute(found[k] as HostInstance, attribute.name);
  });
  return answer(changes, found);
}
