/** What another thread needs to work: see `work` in template/tasks.ts. */
export interface WorkerTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: number;
  /** From 1; 0 is the thread that dispatches. */
  readonly thread: number;
  readonly turns: number;
}

/** A thread that works until the control block tells it to quit. */
export interface KernelWorker {
  /** False once it has ended, for whatever reason. */
  readonly isAlive: boolean;
  terminate(): Promise<void>;
}

/** Starts a thread; resolves when it is ready. @throws Error where it cannot start */
export async function startWorker(task: WorkerTask): Promise<KernelWorker> {
  return typeof (globalThis as { process?: NodeJS.Process }).process?.versions?.node === "string"
    ? startNodeWorker(task)
    : startWebWorker(task);
}

/** The program of a thread, as text, so that no bundler and no file name comes in between. */
const PROGRAM = `
  const start = ({ module, memory, control, thread, turns }, ready) => {
    const { work } = new WebAssembly.Instance(module, { env: { memory } }).exports;
    ready();
    work(control, thread, turns);
  };`;
const NODE_PROGRAM = `${PROGRAM}
  const { parentPort, workerData } = require("node:worker_threads");
  start(workerData, () => parentPort.postMessage("ready"));`;
const WEB_PROGRAM = `${PROGRAM}
  onmessage = ({ data }) => start(data, () => postMessage("ready"));`;

async function startNodeWorker(task: WorkerTask): Promise<KernelWorker> {
  const { Worker } = await import("node:worker_threads");
  const worker = new Worker(NODE_PROGRAM, {
    eval: true,
    workerData: task,
    execArgv: [],
    name: `kernels ${task.thread}`,
  });
  let isAlive = true;
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", () => {
      isAlive = false;
      reject(new Error("the thread ended at its start"));
    });
  });
  worker.unref(); // a process ends although its threads wait for work
  return {
    get isAlive() {
      return isAlive;
    },
    terminate: async () => void (await worker.terminate()),
  };
}

async function startWebWorker(task: WorkerTask): Promise<KernelWorker> {
  const url = URL.createObjectURL(new Blob([WEB_PROGRAM], { type: "text/javascript" }));
  const worker = new Worker(url);
  let isAlive = true;
  try {
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (event) => {
        isAlive = false;
        reject(new Error(event.message));
      };
      worker.postMessage(task);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return {
    get isAlive() {
      return isAlive;
    },
    async terminate() {
      isAlive = false;
      worker.terminate();
    },
  };
}
