import { fma, negatedFma, sigmoid, tanh, writeTable } from "./arithmetic";
import { addTo } from "./memory";
import { addProduct, isMasked, TABLE, writeRows } from "./recurrent";

/** Eight units: gates z (i, f, g, o, `gate` bytes apart) become their values; c and h follow. */
@inline function units8(z: usize, gate: usize, bias: usize, cBefore: usize, c: usize, h: usize, table: usize): void {
  const f = z + gate, g = f + gate, o = g + gate, bf = bias + gate, bg = bf + gate, bo = bg + gate;
  const i0 = sigmoid(f32x4.add(v128.load(z), v128.load(bias)), table), i1 = sigmoid(f32x4.add(v128.load(z, 16), v128.load(bias, 16)), table);
  const f0 = sigmoid(f32x4.add(v128.load(f), v128.load(bf)), table), f1 = sigmoid(f32x4.add(v128.load(f, 16), v128.load(bf, 16)), table);
  const g0 = tanh(f32x4.add(v128.load(g), v128.load(bg)), table), g1 = tanh(f32x4.add(v128.load(g, 16), v128.load(bg, 16)), table);
  const o0 = sigmoid(f32x4.add(v128.load(o), v128.load(bo)), table), o1 = sigmoid(f32x4.add(v128.load(o, 16), v128.load(bo, 16)), table);
  const c0 = fma(f0, v128.load(cBefore), f32x4.mul(i0, g0)), c1 = fma(f1, v128.load(cBefore, 16), f32x4.mul(i1, g1));
  const h0 = f32x4.mul(o0, tanh(c0, table)), h1 = f32x4.mul(o1, tanh(c1, table));
  v128.store(z, i0); v128.store(z, i1, 16);
  v128.store(f, f0); v128.store(f, f1, 16);
  v128.store(g, g0); v128.store(g, g1, 16);
  v128.store(o, o0); v128.store(o, o1, 16);
  v128.store(c, c0); v128.store(c, c1, 16);
  v128.store(h, h0); v128.store(h, h1, 16);
}

/**
 * Rows [begin, end) of the batch. gates [time, batch, 4·units] hold x·W and become i, f, g, o; hidden
 * and cells [time + 1, batch, units] begin with the initial state. panels: the recurrent kernel
 * [units, 4·units]. mask: bytes [batch, time], or 0; where one is 0 the state stays.
 */
export function lstm(gates: usize, bias: usize, panels: usize, hidden: usize, cells: usize, mask: usize, time: i32, batch: i32, units: i32, begin: i32, end: i32, scratch: usize): void {
  const state = <usize>units * 4, step = <usize>batch * state, table = scratch + TABLE;
  writeTable(table);
  writeRows(end - begin, state, scratch);
  for (let t = 0; t < time; t++) {
    const first = <usize>t * step + <usize>begin * state;
    addProduct(end - begin, 4 * units, units, hidden + first, panels, gates + 4 * first, 4 * state, scratch);
    for (let b = begin; b < end; b++) {
      const at = <usize>t * step + <usize>b * state, next = at + step, z = gates + 4 * at;
      if (isMasked(mask, time, b, t)) {
        memory.copy(hidden + next, hidden + at, state);
        memory.copy(cells + next, cells + at, state);
      } else for (let j: usize = 0; j < state; j += 32) units8(z + j, state, bias + j, cells + at + j, cells + next + j, hidden + next + j, table);
    }
  }
}

/** Eight units of the gradient: dz of the gates from their values; dc goes on to the step before. */
@inline function units8Gradient(z: usize, gate: usize, cBefore: usize, c: usize, dh: usize, dc: usize, dz: usize, table: usize): void {
  const one = f32x4.splat(1), df = dz + gate, dg = df + gate, dO = dg + gate;
  const i0 = v128.load(z), i1 = v128.load(z, 16), f0 = v128.load(z + gate), f1 = v128.load(z + gate, 16);
  const g0 = v128.load(z + 2 * gate), g1 = v128.load(z + 2 * gate, 16), o0 = v128.load(z + 3 * gate), o1 = v128.load(z + 3 * gate, 16);
  const t0 = tanh(v128.load(c), table), t1 = tanh(v128.load(c, 16), table), h0 = v128.load(dh), h1 = v128.load(dh, 16);
  const b0 = v128.load(cBefore), b1 = v128.load(cBefore, 16);
  const c0 = fma(f32x4.mul(h0, o0), negatedFma(t0, t0, one), v128.load(dc)), c1 = fma(f32x4.mul(h1, o1), negatedFma(t1, t1, one), v128.load(dc, 16));
  const di0 = f32x4.mul(f32x4.mul(c0, g0), f32x4.mul(i0, f32x4.sub(one, i0))), di1 = f32x4.mul(f32x4.mul(c1, g1), f32x4.mul(i1, f32x4.sub(one, i1)));
  const df0 = f32x4.mul(f32x4.mul(c0, b0), f32x4.mul(f0, f32x4.sub(one, f0))), df1 = f32x4.mul(f32x4.mul(c1, b1), f32x4.mul(f1, f32x4.sub(one, f1)));
  const dg0 = f32x4.mul(f32x4.mul(c0, i0), negatedFma(g0, g0, one)), dg1 = f32x4.mul(f32x4.mul(c1, i1), negatedFma(g1, g1, one));
  const do0 = f32x4.mul(f32x4.mul(h0, t0), f32x4.mul(o0, f32x4.sub(one, o0))), do1 = f32x4.mul(f32x4.mul(h1, t1), f32x4.mul(o1, f32x4.sub(one, o1)));
  const dc0 = f32x4.mul(c0, f0), dc1 = f32x4.mul(c1, f1);
  v128.store(dz, di0); v128.store(dz, di1, 16);
  v128.store(df, df0); v128.store(df, df1, 16);
  v128.store(dg, dg0); v128.store(dg, dg1, 16);
  v128.store(dO, do0); v128.store(dO, do1, 16);
  v128.store(dc, dc0); v128.store(dc, dc1, 16);
}

/**
 * Rows [begin, end) of the gradient: dGates [time, batch, 4·units] of what went into the gates.
 * dHidden [time, batch, units] or 0 is the gradient to the outputs. carry and dCell [batch, units]
 * hold the gradients to the last state and end as those to the initial one. panels: the recurrent
 * kernel transposed, [4·units, units].
 */
export function lstmGradient(gates: usize, panels: usize, cells: usize, mask: usize, dHidden: usize, carry: usize, dCell: usize, dGates: usize, time: i32, batch: i32, units: i32, begin: i32, end: i32, scratch: usize): void {
  const state = <usize>units * 4, step = <usize>batch * state, table = scratch + TABLE, first = <usize>begin * state;
  writeTable(table);
  writeRows(end - begin, 4 * state, scratch);
  for (let t = time - 1; t >= 0; t--) {
    for (let b = begin; b < end; b++) {
      const row = <usize>b * state, at = <usize>t * step + row, dh = carry + row, dz = dGates + 4 * at;
      if (dHidden) addTo(dh, dHidden + at, units);
      if (isMasked(mask, time, b, t)) { memory.fill(dz, 0, 4 * state); continue; }
      for (let j: usize = 0; j < state; j += 32) units8Gradient(gates + 4 * at + j, state, cells + at + j, cells + at + step + j, dh + j, dCell + row + j, dz + j, table);
      memory.fill(dh, 0, state); // the gates have it; what they hand on is added next
    }
    addProduct(end - begin, units, 4 * units, dGates + 4 * (<usize>t * step + first), panels, carry + first, state, scratch);
  }
}
