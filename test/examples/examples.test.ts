/** Every example's README shows a command; each is run here as it stands, and `npm start` with them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli } from '../cli/run-cli.ts';
import { ROOT } from '../support/source-files.ts';
import { commandOf } from './command.ts';

const run = (example: string) => cli(commandOf(example));
const firstLine = (text: string) => text.slice(0, text.indexOf('\n'));

describe('the examples', () => {
  it('first-placement shows where tasks go, what does not fit and why', async () => {
    const { code, out, err } = await run('first-placement');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(firstLine(out)).toBe('Placed 575 of 600 tasks of web:1 on 243 of 300 instances; 25 did not fit.');
    expect(out.match(/^us-east-1[abc] .*$/gm)).toHaveLength(3);
    for (const reason of ['RESOURCE:CPU', 'RESOURCE:MEMORY', 'MemberOf', 'ATTRIBUTE', 'STATUS', 'AGENT']) {
      expect(out).toMatch(new RegExp(`^${reason}.* \\d+  \\S`, 'm'));
    }
  });

  it('why-not names what to change', async () => {
    const { code, out } = await run('why-not');
    expect(code).toBe(1);
    expect(firstLine(out)).toBe('proxy:1 does not fit on any of 3 instances.');
    expect(out).toContain('  free 212 MiB of memory on 5a1e0c0d9b7f4e0e8d1f2a3b4c5d6e02\n');
    expect(out).toContain('  free port 80/tcp on 5a1e0c0d9b7f4e0e8d1f2a3b4c5d6e01\n');
  });

  it('query lists what an expression selects', async () => {
    const { code, out } = await run('query');
    expect(code).toBe(0);
    expect(firstLine(out)).toBe('2 of 12 instances match.');
  });

  it('spread-then-binpack takes one instance of every zone', async () => {
    const { code, out } = await run('spread-then-binpack');
    expect(code).toBe(0);
    expect(firstLine(out)).toBe('Placed 12 tasks of worker:1 on 3 of 9 instances.');
  });

  it('with a README are all run here or in simulations.test.ts', () => {
    const folders = readdirSync(`${ROOT}/examples`).filter((name) => existsSync(`${ROOT}/examples/${name}/README.md`));
    const own = folders.filter((name) => name !== 'course' && !existsSync(`${ROOT}/examples/${name}/scenario.json`));
    expect(own.sort()).toEqual(['first-placement', 'query', 'spread-then-binpack', 'why-not']);
  });

  it('first-placement has the cluster that its generator writes', () => {
    const folder = `${ROOT}/examples/first-placement`;
    const script = readFileSync(`${folder}/generate.mjs`, 'utf8').replace(
      /writeFileSync\(file, /,
      'process.stdout.write(',
    );
    const url = JSON.stringify(`file://${folder}/generate.mjs`);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', script.replaceAll('import.meta.url', url)],
      { encoding: 'utf8', maxBuffer: 1 << 24 },
    );
    expect(stderr).toBe('');
    expect(stdout).toBe(readFileSync(`${folder}/container-instances.json`, 'utf8'));
  });

  it.skipIf(!existsSync(`${ROOT}/dist/src/cli/main.js`))('npm start succeeds (needs dist/)', () => {
    const { scripts } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { scripts: { start: string } };
    const { status, stdout } = spawnSync('sh', ['-c', scripts.start], { cwd: ROOT, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(firstLine(stdout)).toBe('Placed 575 of 600 tasks of web:1 on 243 of 300 instances; 25 did not fit.');
  });
});
