/** The package bundles for a browser without any asset handling, and the bundle places a task. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

const ENTRY = `
import { createEngine } from '${join(ROOT, 'dist/src/index.js')}';
import { targetTracking } from '${join(ROOT, 'dist/src/scaling/index.js')}';
const engine = await createEngine();
const amounts = [{ name: 'CPU', type: 'INTEGER', integerValue: 1024 }, { name: 'MEMORY', type: 'INTEGER', integerValue: 1024 }];
engine.registerContainerInstances([{ containerInstanceArn: 'arn:aws:ecs:us-east-1:123456789012:container-instance/default/a', registeredResources: amounts }]);
engine.registerTaskDefinition({ family: 'web', containerDefinitions: [{ name: 'web', image: 'web', memory: 64 }] });
export const tracked = targetTracking({ runningCount: 2, metricValue: 52, targetValue: 50, minCapacity: 1, maxCapacity: 10 });
export const placed = engine.runTask({ taskDefinition: 'web', count: 3 }).tasks.length;
`;

describe('a bundle for a browser', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bayplan-bundle-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('needs no file beside it and no module of Node', async () => {
    writeFileSync(join(folder, 'entry.js'), ENTRY);
    const result = await build({
      root: folder,
      logLevel: 'error',
      build: {
        lib: { entry: join(folder, 'entry.js'), formats: ['es'], fileName: 'bundle' },
        outDir: join(folder, 'out'),
        target: 'esnext',
      },
    });
    const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []));
    const code = outputs.map((output) => ('code' in output ? output.code : '')).join('\n');
    expect(outputs.filter(({ type }) => type === 'asset')).toEqual([]);
    expect(code).not.toMatch(/from\s*["']node:/);
    const main = outputs.find((output) => 'isEntry' in output && output.isEntry);
    const bundle = (await import(pathToFileURL(join(folder, 'out', main?.fileName ?? '')).href)) as {
      placed: number;
      tracked: number;
    };
    expect(bundle).toMatchObject({ placed: 3, tracked: 3 });
  });

  it('for Cloudflare Workers takes its core as a module, and keeps the line that says so', async () => {
    writeFileSync(
      join(folder, 'worker.js'),
      `export { targetTracking } from '${join(ROOT, 'dist/src/scaling/index.workerd.js')}';`,
    );
    const bytes = readFileSync(join(ROOT, 'dist/bayplan.wasm')).toString('base64');
    const result = await build({
      root: folder,
      logLevel: 'error',
      plugins: [
        {
          name: 'wasm-module',
          enforce: 'pre',
          load: (id: string) =>
            id.endsWith('.wasm')
              ? `globalThis.bayplanCore = new WebAssembly.Module(Buffer.from('${bytes}', 'base64')); export default globalThis.bayplanCore;`
              : null,
        },
      ],
      build: {
        lib: { entry: join(folder, 'worker.js'), formats: ['es'], fileName: 'worker' },
        outDir: join(folder, 'worker'),
        target: 'esnext',
      },
    });
    const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []));
    const main = outputs.find((output) => 'isEntry' in output && output.isEntry);
    const worker = (await import(pathToFileURL(join(folder, 'worker', main?.fileName ?? '')).href)) as {
      targetTracking(input: object): number;
    };
    expect((globalThis as { bayplanCore?: unknown }).bayplanCore).toBeInstanceOf(WebAssembly.Module);
    const input = { runningCount: 2, metricValue: 52, targetValue: 50, minCapacity: 1, maxCapacity: 10 };
    expect(worker.targetTracking(input)).toBe(3);
  });
});
