/** The builds that answer `bayplan/scaling`. Used by tests and by long runs, which have no test runner. */
import { readFileSync } from 'node:fs';
import { useScalingModule } from '../../src/scaling/index.ts';

const build = (file: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../../build/${file}`, import.meta.url)));

/** Each with what makes it answer from then on. */
export const scalingKinds = ['debug', 'release'].map((name) => ({
  name,
  use: (): void => useScalingModule(build(`${name}.wasm`)),
}));
