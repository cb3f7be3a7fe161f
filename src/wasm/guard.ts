/**
 * Watches over calls into the core: after a trap its memory cannot be trusted, so the engine refuses every later call
 * and says why. Everything the engine does with the core goes through `run`.
 */
import { BayplanError } from '../errors.ts';

export class Guard {
  #unusable: string | undefined;

  /** @throws BayplanException CORE_TRAPPED, ENGINE_DISPOSED; whatever the work throws. */
  run<T>(work: () => T): T {
    this.check();
    try {
      return work();
    } catch (error) {
      return this.caught(error);
    }
  }

  /** For callers too hot for a closure: `check()`, then work in a try whose catch hands the error here. */
  caught(error: unknown): never {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    this.#unusable = `the core trapped (${error.message})`;
    return this.#refuse();
  }

  /** @throws BayplanException CORE_TRAPPED, ENGINE_DISPOSED */
  check(): void {
    if (this.#unusable !== undefined) this.#refuse();
  }

  dispose(): void {
    this.#unusable = 'it was disposed';
  }

  #refuse(): never {
    const disposed = this.#unusable === 'it was disposed';
    throw new BayplanError(
      'BayplanException',
      disposed ? 'ENGINE_DISPOSED' : 'CORE_TRAPPED',
      `This engine is unusable: ${this.#unusable}. Create another, or restore a snapshot into one.`,
    );
  }
}
