/** `cidr` of event patterns: IPv4 and IPv6 blocks. Called by matchers. An address of the other family is in no block. */
import { refusePattern } from './error.ts';

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

/** Groups of one side of `::`; the last may be an IPv4 address. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [k, part] of parts.entries()) {
    const v4 = k === parts.length - 1 ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function parseV6(text: string): bigint | undefined {
  const sides = text.split('::');
  const [head, tail] = [groupsOf(sides[0] ?? ''), groupsOf(sides[1] ?? '')];
  if (sides.length > 2 || head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (sides.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return groups.reduce((value, group) => value * 65536n + BigInt(group), 0n);
}

function parseAddress(text: string): Address | undefined {
  const isV6 = text.includes(':');
  const value = isV6 ? parseV6(text) : parseV4(text);
  return value === undefined ? undefined : { bits: isV6 ? 128 : 32, value };
}

/** Whether a text is an address of the block. @throws InvalidEventPatternException for what is no block. */
export function parseCidr(block: string, path: string): (text: string) => boolean {
  const [text = '', length = '', ...more] = block.split('/');
  const network = parseAddress(text);
  const isLength = /^\d{1,3}$/.test(length) && network !== undefined && Number(length) <= network.bits;
  if (network === undefined || !isLength || more.length > 0) refusePattern(path, 'Malformed CIDR', block);
  const shift = BigInt(network.bits - Number(length));
  const prefix = network.value >> shift;
  return (candidate) => {
    const address = parseAddress(candidate);
    return address !== undefined && address.bits === network.bits && address.value >> shift === prefix;
  };
}
