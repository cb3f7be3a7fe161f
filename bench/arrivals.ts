/**
 * Azure VM arrivals with lifetimes: the recorded ones where they lie beside the checkout, a seeded look-alike otherwise.
 * Recorded: AzurePublicDataset V1 (Cortez et al., Resource Central, SOSP 2017, CC-BY-4.0) as processed by
 * huaweicloud/trace_generation_rnn. The look-alike's shares of sizes and lifetimes were counted in that data.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Dice } from './dice.ts';

/** vCPUs and GiB; a definition each. */
export const AZURE_SIZES: readonly (readonly [number, number])[] = [
  [1, 1.75],
  [2, 3.5],
  [4, 7],
  [8, 14],
  [8, 56],
  [1, 0.75],
  [1, 2],
  [2, 4],
  [2, 14],
  [2, 16],
  [4, 8],
  [4, 28],
  [4, 32],
  [8, 16],
  [16, 112],
];

/** Per thousand, in the order of the sizes. */
const SIZE_SHARES = [546, 202, 102, 97, 37, 16];
/** Per thousand, then shortest and longest lifetime in seconds. */
const LIFETIMES: readonly (readonly [number, number, number])[] = [
  [133, 0, 300],
  [211, 300, 900],
  [207, 900, 1_800],
  [84, 1_800, 3_600],
  [84, 3_600, 7_200],
  [92, 7_200, 21_600],
  [127, 21_600, 86_400],
  [25, 86_400, 172_800],
  [37, 172_800, 518_400],
];

const FILE = fileURLToPath(new URL('../../shared/data/azure-v1/azure_v1_test.csv.gz', import.meta.url));
/** Instances that the recorded rate of arrivals keeps about three quarters full. */
const RECORDED_FOR = 1_000;
const SPAN_S = 491_100;
const RECORDED_VMS = 410_276;
const LONGEST_BATCH = 9;

export interface Vm {
  readonly arrivalS: number;
  readonly size: number;
  readonly shortestS: number;
  readonly longestS: number;
}

export interface Arrivals {
  readonly source: 'recorded' | 'look-alike';
  /** In order of time: 2 x vm + 1 for its arrival, 2 x vm for its departure. */
  readonly events: Float64Array;
  readonly sizes: Uint8Array;
}

/** Rows `arrival_s,batch,vcpu,mem_gib,dur_lo_s,dur_hi_s,censored`. */
export function parseRecorded(csv: string): Vm[] {
  const sizeOf = new Map(AZURE_SIZES.map(([vcpus, gib], k) => [`${vcpus},${gib}`, k]));
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [arrival, , vcpus, gib, shortest, longest] = line.split(',');
      const size = sizeOf.get(`${vcpus},${gib}`);
      if (size === undefined) throw new Error(`arrivals: no size of ${vcpus} vCPU and ${gib} GiB is known`);
      return { arrivalS: Number(arrival), size, shortestS: Number(shortest), longestS: Number(longest) };
    });
}

/** Index by shares per thousand. */
function draw(shares: readonly number[], dice: Dice): number {
  let rest = dice.below(shares.reduce((sum, share) => sum + share, 0));
  return shares.findIndex((share) => {
    rest -= share;
    return rest < 0;
  });
}

/** Tenants start VMs of one size in batches, each with a lifetime of its own. */
export function lookAlike(count: number, dice: Dice): Vm[] {
  const shares = LIFETIMES.map(([share]) => share);
  const vms: Vm[] = [];
  while (vms.length < count) {
    const arrivalS = Math.floor((vms.length / count) * SPAN_S);
    const size = draw(SIZE_SHARES, dice);
    for (let left = 1 + dice.below(LONGEST_BATCH); left > 0 && vms.length < count; left--) {
      const [, shortestS, longestS] = LIFETIMES[draw(shares, dice)] as readonly [number, number, number];
      vms.push({ arrivalS, size, shortestS, longestS });
    }
  }
  return vms;
}

/** Each VM so many times that `instances` are as full as the recorded ones: a fraction is drawn. */
function scaled(vms: readonly Vm[], instances: number, dice: Dice): Vm[] {
  const copies = instances / RECORDED_FOR;
  const whole = Math.floor(copies);
  const rest = (copies - whole) * 1_000_000;
  return vms.flatMap((vm) => Array<Vm>(whole + (dice.below(1_000_000) < rest ? 1 : 0)).fill(vm));
}

/** Departures before arrivals of the same second, then in the order of the VMs: one sortable number an event. */
function inOrder(vms: readonly Vm[], dice: Dice): Float64Array {
  const byVm = 2 ** 25;
  const first = vms[0]?.arrivalS ?? 0;
  const keys = new Float64Array(vms.length * 2);
  for (const [k, { arrivalS, shortestS, longestS }] of vms.entries()) {
    const endS = arrivalS + Math.max(1, shortestS + dice.below(longestS - shortestS + 1));
    keys[2 * k] = ((arrivalS - first) * 2 + 1) * byVm + k;
    keys[2 * k + 1] = (endS - first) * 2 * byVm + k;
  }
  return keys.sort().map((key) => (key % byVm) * 2 + (Math.floor(key / byVm) % 2));
}

export function makeArrivals(instances: number, useRecorded: boolean, seed: number): Arrivals {
  const dice = new Dice(seed);
  const isRecorded = useRecorded && existsSync(FILE);
  const vms = isRecorded
    ? scaled(parseRecorded(gunzipSync(readFileSync(FILE)).toString()), instances, dice)
    : lookAlike(Math.ceil((RECORDED_VMS * instances) / RECORDED_FOR), dice);
  return {
    source: isRecorded ? 'recorded' : 'look-alike',
    events: inOrder(vms, dice),
    sizes: Uint8Array.from(vms, ({ size }) => size),
  };
}
