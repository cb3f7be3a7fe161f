/** The reference engine: plain objects and lists, obvious and slow. `bayplan/reference`; the oracle of every test. */
export { createReferenceEngine } from './engine.ts';
