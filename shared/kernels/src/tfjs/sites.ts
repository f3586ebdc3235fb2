import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { compile } from "../instantiate.ts";
import { readWasm, type VectorWidth } from "../wasm-file.ts";
import { createSite, type Kernel, type Site } from "./site.ts";
import { isShared, memoryOf } from "./tfjs-heap.ts";

/** Our engines in the instances of TensorFlow.js's WASM backend: it may throw one away and make another. */
export interface Sites {
  /** The site in this instance, made at its first use. */
  of(backend: BackendWasm): Site;
  /** Lets so many threads share the work, the calling one included. @throws Error where they cannot start. */
  startThreads(backend: BackendWasm, threads: number): Promise<void>;
  /** Ends the threads of an instance and gives its memory back. */
  dispose(backend: BackendWasm): void;
  disposeAll(): void;
}

/** Compiles the kernels of one width, for memory that is shared and for memory that is not. */
export async function createSites(vectorWidth: VectorWidth, kernel: (name: string) => Kernel): Promise<Sites> {
  const bytes = await readWasm(vectorWidth);
  const memory = (shared: boolean) => new WebAssembly.Memory({ initial: 1, maximum: 1, shared });
  const compileFor = (shared: boolean) => compile(bytes, memory(shared));
  const modules = { unshared: await compileFor(false), shared: canShare() ? await compileFor(true) : undefined };
  const sites = new Map<BackendWasm, Site>();

  const moduleFor = (backend: BackendWasm) => (isShared(memoryOf(backend)) ? modules.shared! : modules.unshared);
  const dispose = (backend: BackendWasm) => {
    void sites.get(backend)?.engine.dispose(); // nobody waits for the threads to end
    sites.delete(backend);
  };
  const of = (backend: BackendWasm) => {
    let site = sites.get(backend);
    if (!site) {
      site = createSite(backend, { compiled: moduleFor(backend), kernel });
      sites.set(backend, site);
    }
    return site;
  };
  return {
    of,
    startThreads: (backend, threads) => of(backend).engine.addThreads(moduleFor(backend), threads),
    dispose,
    disposeAll: () => {
      for (const backend of sites.keys()) dispose(backend);
    },
  };
}

function canShare(): boolean {
  return typeof SharedArrayBuffer === "function";
}
