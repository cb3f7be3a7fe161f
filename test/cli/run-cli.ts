/** Runs the command line in this process, with its own streams. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';

export interface World {
  readonly stdin?: string;
  readonly isTerminal?: boolean;
  readonly env?: Record<string, string>;
  readonly isErrorTerminal?: boolean;
  /** What the clock says, call by call; 0 without. */
  readonly now?: () => number;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function cli(args: readonly string[], world: World = {}): Promise<Outcome> {
  let out = '';
  let err = '';
  const io: Io = {
    env: world.env ?? {},
    isTerminal: world.isTerminal ?? false,
    isErrorTerminal: world.isErrorTerminal ?? false,
    now: world.now ?? (() => 0),
    columns: 100,
    async *stdin() {
      yield Buffer.from(world.stdin ?? '');
    },
    async out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
  };
  return { code: await run(args, io), out, err };
}

/** A folder of input files that is gone after the tests. */
export class Files {
  readonly #folder = mkdtempSync(join(tmpdir(), 'bayplan-cli-'));

  /** @returns the path. */
  write(name: string, content: unknown): string {
    const path = join(this.#folder, name);
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    return path;
  }

  get folder(): string {
    return this.#folder;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export interface InstanceFacts {
  readonly cpu?: number;
  readonly memory?: number;
  readonly zone?: string;
  readonly ports?: readonly string[];
  readonly status?: string;
  readonly agentConnected?: boolean;
  readonly attributes?: readonly { name: string; value?: string }[];
  readonly ec2InstanceId?: string;
  readonly capacityProviderName?: string;
}

export function arn(id: string): string {
  return `arn:aws:ecs:eu-west-1:210987654321:container-instance/dock/${id}`;
}

/** An instance as describe-container-instances shows it. */
export function instance(id: string, facts: InstanceFacts = {}): object {
  const { cpu = 1024, memory = 2048, zone = 'eu-west-1a', ports = [], attributes = [], ...rest } = facts;
  return {
    containerInstanceArn: arn(id),
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: cpu },
      { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
      { name: 'PORTS', type: 'STRINGSET', stringSetValue: ports },
    ],
    attributes: [
      { name: 'ecs.availability-zone', value: zone },
      { name: 'ecs.instance-type', value: 'm5.large' },
      ...attributes,
    ],
    ...rest,
  };
}

export function definition(container: object = {}, task: object = {}): object {
  return {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'web', cpu: 256, memory: 512, ...container }],
    ...task,
  };
}
