import { CONTROL, OPERATIONS } from "../src/operations.ts";

/**
 * The thread pool's side in WASM. One thread describes an operation in the control block and calls
 * `dispatch`; all threads then take chunks of its range until there are none.
 *
 * A chunk is taken by adding 1 to `next`, whose upper half is the number of the dispatch: a thread
 * that comes late, with a number that is no longer the current one, has taken nothing. As long as a
 * chunk is taken but not completed the dispatch is not over, so what describes it cannot change.
 */
export function tasksSource(): string {
  const cases = Object.entries(OPERATIONS).map(([name, parameters], number) => {
    const values = parameters.map((parameter, i) => {
      const type = parameter.endsWith(":f32") ? "f32" : "i32";
      return `load<${type}>(control, ${CONTROL.arguments + 4 * i})`;
    });
    return `  case ${number}: ${name}(${[...values, "begin", "end", "scratch"].join(", ")}); break;`;
  });
  return `
function task(control: usize, index: i32, thread: i32): void {
  const chunk = load<i32>(control, ${CONTROL.chunk}), doubles = load<i32>(control, ${CONTROL.doubles}), isDouble = index < doubles;
  const begin = (isDouble ? 2 * index : doubles + index) * chunk;
  const end = min(begin + (isDouble ? 2 * chunk : chunk), load<i32>(control, ${CONTROL.total}));
  const scratch = load<usize>(control, ${CONTROL.scratch}) + <usize>thread * load<usize>(control, ${CONTROL.scratchBytes});
  switch (load<i32>(control, ${CONTROL.operation})) {
${cases.join("\n")}
  }
}

function drain(control: usize, thread: i32): void {
  for (;;) {
    const taken = atomic.add<i64>(control, 1, ${CONTROL.next}), index = <i32>taken;
    const chunks = atomic.load<i32>(control, ${CONTROL.chunks}); // before the number, which changes first
    if (index >= chunks || atomic.load<i32>(control, ${CONTROL.dispatch}) != <i32>(taken >> 32)) break;
    task(control, index, thread);
    const completed = atomic.add<i32>(control, 1, ${CONTROL.completed}) + 1;
    if (thread > 0 && completed == chunks) atomic.notify(control + ${CONTROL.completed}, 1);
  }
}

/** Chunks that are not completed, after waiting for them for so many turns. */
export function finish(control: usize, turns: i32): i32 {
  const chunks = load<i32>(control, ${CONTROL.chunks});
  while (turns-- > 0 && atomic.load<i32>(control, ${CONTROL.completed}) < chunks) {}
  return chunks - atomic.load<i32>(control, ${CONTROL.completed});
}

/** Runs the operation that the control block describes; returns the chunks that other threads still work on. */
export function dispatch(control: usize, turns: i32): i32 {
  const total = load<i32>(control, ${CONTROL.total}), chunk = load<i32>(control, ${CONTROL.chunk});
  if (total <= chunk) { task(control, 0, 0); return 0; }
  const number = load<i32>(control, ${CONTROL.dispatch}) + 1;
  atomic.store<i32>(control, number, ${CONTROL.dispatch});
  atomic.store<i32>(control, (total + chunk - 1) / chunk - load<i32>(control, ${CONTROL.doubles}), ${CONTROL.chunks});
  atomic.store<i32>(control, 0, ${CONTROL.completed});
  atomic.store<i64>(control, <i64>number << 32, ${CONTROL.next});
  atomic.add<i32>(control, 1, ${CONTROL.signal});
  if (atomic.load<i32>(control, ${CONTROL.sleepers}) > 0) atomic.notify(control + ${CONTROL.signal}, -1);
  drain(control, 0);
  return finish(control, turns);
}

/** The life of another thread: spins for so many turns between dispatches, then sleeps, until told to quit. */
export function work(control: usize, thread: i32, turns: i32): void {
  let seen = 0;
  for (;;) {
    for (let i = turns; i > 0 && atomic.load<i32>(control, ${CONTROL.signal}) == seen; i--) {}
    if (atomic.load<i32>(control, ${CONTROL.signal}) == seen) {
      atomic.add<i32>(control, 1, ${CONTROL.sleepers});
      while (atomic.load<i32>(control, ${CONTROL.signal}) == seen) atomic.wait<i32>(control + ${CONTROL.signal}, seen, -1);
      atomic.sub<i32>(control, 1, ${CONTROL.sleepers});
    }
    seen = atomic.load<i32>(control, ${CONTROL.signal});
    if (load<i32>(control, ${CONTROL.quit})) return;
    drain(control, thread);
  }
}`;
}
