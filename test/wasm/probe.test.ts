import { it } from 'vitest';
import { engineKinds } from '../support/engines.ts';
import { instance } from '../support/shapes.ts';
import { parseContainerInstances } from '../../src/model/container-instance.ts';
import { State } from '../../src/wasm/state.ts';
it('speed', { timeout: 120000 }, async () => {
  const list = Array.from({ length: 50_000 }, (_, k) => instance(k, { cpu: 4096, memoryMiB: 16384, ports: ['22', '2375', '2376', '51678'], zone: `z${k % 3}`, attributes: Object.fromEntries(Array.from({ length: 12 }, (_, j) => [`a${j}`, `v${(k * 7 + j) % 50}`])) }));
  for (let i = 0; i < 2; i++) {
  let t = performance.now();
  const records = parseContainerInstances(list);
  console.log('parse 50k', (performance.now() - t).toFixed(0));
  const s = new State({});
  t = performance.now();
  let n = 0;
  for (const r of records) { s.instances.add(r); if (++n % 10000 === 0) { console.log(n, (performance.now() - t).toFixed(0)); } }
  console.log('add 50k', (performance.now() - t).toFixed(0));
  }
  const s = new State({});
  const c = s.core;
  let t = performance.now();
  for (let k = 0; k < 50000; k++) { s.views.send([1000,1000,0,9,1000,1000,0,9,0,0,0,3]); c.register(0); }
  console.log('raw register 50k no ports', (performance.now() - t).toFixed(0));
  t = performance.now();
  for (let k = 0; k < 50000; k++) for (let j = 0; j < 13; j++) s.intern.setValue(k, 'a' + j, 'v' + k % 50);
  console.log('raw attr 50k', (performance.now() - t).toFixed(0));
});
