/** GPU requirements of containers, in definitions and overrides. */
import { fields, optionalOneOf, refuse, show } from './read.ts';

/** @throws ClientException for a GPU value that is neither a number from 1 as text nor ALL. */
export function checkGpuRequirement(input: unknown, path: string): void {
  const { type, value, sharingStrategy } = fields(input, path);
  const kind = optionalOneOf(type, `${path}.type`, ['GPU', 'InferenceAccelerator', 'NeuronDevice']);
  if (kind !== 'GPU' || sharingStrategy !== undefined) return;
  if (value === 'ALL' || (typeof value === 'string' && /^[1-9]\d{0,3}$/.test(value))) return;
  refuse(
    'GPU_VALUE',
    `${path}.value must be a number of GPUs as text, or ALL, but was ${show(value)}.`,
    { path: `${path}.value`, value },
    'ClientException',
  );
}
