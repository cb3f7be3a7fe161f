/**
 * `bayplan/scaling` where WebAssembly may not be compiled from bytes (Cloudflare Workers): the same as index.ts, with the core
 * imported as a module. Chosen by the `workerd` condition of package.json, which also keeps bundlers from dropping this call.
 */
import core from '../../bayplan.wasm';
import { useScalingModule } from './tables.ts';

export * from './index.ts';

useScalingModule(core);
