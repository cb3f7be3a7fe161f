/** Task-level cpu and memory in the spellings AWS takes: `1024`, `1 vCPU`, `2GB`. */
import { MAX_AMOUNT } from '../../assembly/abi.ts';
import { refuse, show } from './read.ts';

function parseAmount(value: unknown, path: string, unit: RegExp, factor: number): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const spelled = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*([A-Za-z]*)$/.exec(spelled);
  const units = match?.[2] ?? '';
  const amount =
    match === null || (units !== '' && !unit.test(units)) ? Number.NaN : Number(match[1]) * (units === '' ? 1 : factor);
  if (!Number.isInteger(amount) || amount > MAX_AMOUNT) {
    refuse(
      'AMOUNT',
      `${path} must be a whole amount such as ${factor === 1024 ? '1024 or 1 vCPU or 1GB' : '1024'}, but was ${show(value)}.`,
      { path, value },
      'ClientException',
    );
  }
  return amount === 0 ? undefined : amount;
}

/** CPU units, or undefined where none (or 0) is given. */
export function parseCpu(value: unknown, path: string): number | undefined {
  return parseAmount(value, path, /^vcpu$/i, 1024);
}

/** MiB, or undefined where none (or 0) is given. */
export function parseMemory(value: unknown, path: string): number | undefined {
  return parseAmount(value, path, /^gb$/i, 1024);
}
