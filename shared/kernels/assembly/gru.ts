import { fma, negatedFma, sigmoid, tanh, writeTable } from "./arithmetic";
import { addTo } from "./memory";
import { addProduct, isMasked, TABLE, writeRows } from "./recurrent";

/*
 * Update z = σ(a_z), reset r = σ(a_r), candidate g, h = z·h' + (1 − z)·g, where h' is the state
 * before. After the product (Keras's default): g = tanh(a_g + r·u), u = h'·U_g + its bias. Before it
 * (Cho et al., 2014): g = tanh(a_g + u·U_g), u = r·h'. `inner` holds u.
 */

/** Eight units of z and r, `gate` bytes apart: their values. */
@inline function gates8(z: usize, gate: usize, bias: usize, table: usize): void {
  const r = z + gate, br = bias + gate;
  const z0 = sigmoid(f32x4.add(v128.load(z), v128.load(bias)), table), z1 = sigmoid(f32x4.add(v128.load(z, 16), v128.load(bias, 16)), table);
  const r0 = sigmoid(f32x4.add(v128.load(r), v128.load(br)), table), r1 = sigmoid(f32x4.add(v128.load(r, 16), v128.load(br, 16)), table);
  v128.store(z, z0); v128.store(z, z1, 16);
  v128.store(r, r0); v128.store(r, r1, 16);
}

/** c = a·b, eight numbers. */
@inline function multiply8(a: usize, b: usize, c: usize): void {
  const c0 = f32x4.mul(v128.load(a), v128.load(b)), c1 = f32x4.mul(v128.load(a, 16), v128.load(b, 16));
  v128.store(c, c0); v128.store(c, c1, 16);
}

/** g = tanh(g + bias + factor·u), h = z·h' + (1 − z)·g; factor is r where there is one. */
@inline function state8(z: usize, gate: usize, bias: usize, u: usize, after: bool, hBefore: usize, h: usize, table: usize): void {
  const r = z + gate, g = r + gate, bg = bias + 2 * gate;
  let a0 = f32x4.add(v128.load(g), v128.load(bg)), a1 = f32x4.add(v128.load(g, 16), v128.load(bg, 16));
  if (after) { a0 = fma(v128.load(r), v128.load(u), a0); a1 = fma(v128.load(r, 16), v128.load(u, 16), a1); }
  const g0 = tanh(a0, table), g1 = tanh(a1, table);
  const h0 = fma(v128.load(z), f32x4.sub(v128.load(hBefore), g0), g0), h1 = fma(v128.load(z, 16), f32x4.sub(v128.load(hBefore, 16), g1), g1);
  v128.store(g, g0); v128.store(g, g1, 16);
  v128.store(h, h0); v128.store(h, h1, 16);
}

/**
 * Rows [begin, end) of the batch. gates [time, batch, 3·units] hold x·W and become z, r, g; hidden
 * [time + 1, batch, units] begins with the initial state; inner [time, batch, units] is written.
 * panels [units, 2·units] and candidate [units, units]: the recurrent kernel. bias [3·units],
 * innerBias [units] (for `after`). mask as in lstm.
 */
export function gru(gates: usize, bias: usize, innerBias: usize, panels: usize, candidate: usize, hidden: usize, inner: usize, mask: usize, after: i32, time: i32, batch: i32, units: i32, begin: i32, end: i32, scratch: usize): void {
  const state = <usize>units * 4, step = <usize>batch * state, table = scratch + TABLE, rows = end - begin;
  writeTable(table);
  writeRows(rows, state, scratch);
  for (let t = 0; t < time; t++) {
    const first = <usize>t * step + <usize>begin * state;
    addProduct(rows, 2 * units, units, hidden + first, panels, gates + 3 * first, 3 * state, scratch);
    for (let b = begin; b < end; b++) {
      const at = <usize>t * step + <usize>b * state, z = gates + 3 * at;
      for (let j: usize = 0; j < state; j += 32) {
        gates8(z + j, state, bias + j, table);
        if (!after) multiply8(z + state + j, hidden + at + j, inner + at + j);
      }
      if (after) memory.copy(inner + at, innerBias, state);
    }
    if (after) addProduct(rows, units, units, hidden + first, candidate, inner + first, state, scratch);
    else addProduct(rows, units, units, inner + first, candidate, gates + 3 * first + 2 * state, 3 * state, scratch);
    for (let b = begin; b < end; b++) {
      const at = <usize>t * step + <usize>b * state, z = gates + 3 * at;
      if (isMasked(mask, time, b, t)) memory.copy(hidden + at + step, hidden + at, state);
      else for (let j: usize = 0; j < state; j += 32) state8(z + j, state, bias + j, inner + at + j, after != 0, hidden + at + j, hidden + at + step + j, table);
    }
  }
}

/**
 * Eight units of the gradient up to the candidate: da_z, da_g and, for `after`, da_r and du; carry
 * becomes what z hands on. Without `after`, da_r waits for the gradient of u.
 */
@inline function candidate8(z: usize, gate: usize, hBefore: usize, u: usize, after: bool, carry: usize, dz: usize, du: usize): void {
  const one = f32x4.splat(1), r = z + gate, g = r + gate;
  const z0 = v128.load(z), z1 = v128.load(z, 16), g0 = v128.load(g), g1 = v128.load(g, 16), h0 = v128.load(carry), h1 = v128.load(carry, 16);
  const az0 = f32x4.mul(f32x4.mul(h0, f32x4.sub(v128.load(hBefore), g0)), f32x4.mul(z0, f32x4.sub(one, z0)));
  const az1 = f32x4.mul(f32x4.mul(h1, f32x4.sub(v128.load(hBefore, 16), g1)), f32x4.mul(z1, f32x4.sub(one, z1)));
  const ag0 = f32x4.mul(f32x4.mul(h0, f32x4.sub(one, z0)), negatedFma(g0, g0, one)), ag1 = f32x4.mul(f32x4.mul(h1, f32x4.sub(one, z1)), negatedFma(g1, g1, one));
  const c0 = f32x4.mul(h0, z0), c1 = f32x4.mul(h1, z1);
  v128.store(dz, az0); v128.store(dz, az1, 16);
  v128.store(dz + 2 * gate, ag0); v128.store(dz + 2 * gate, ag1, 16);
  v128.store(carry, c0); v128.store(carry, c1, 16);
  if (after) {
    const r0 = v128.load(r), r1 = v128.load(r, 16), u0 = f32x4.mul(ag0, r0), u1 = f32x4.mul(ag1, r1);
    const ar0 = f32x4.mul(f32x4.mul(ag0, v128.load(u)), f32x4.mul(r0, f32x4.sub(one, r0)));
    const ar1 = f32x4.mul(f32x4.mul(ag1, v128.load(u, 16)), f32x4.mul(r1, f32x4.sub(one, r1)));
    v128.store(du, u0); v128.store(du, u1, 16);
    v128.store(dz + gate, ar0); v128.store(dz + gate, ar1, 16);
  }
}

/** da_r = du·h'·r·(1 − r); carry += du·r. */
@inline function reset8(r: usize, hBefore: usize, du: usize, carry: usize, dr: usize): void {
  const one = f32x4.splat(1), r0 = v128.load(r), r1 = v128.load(r, 16), u0 = v128.load(du), u1 = v128.load(du, 16);
  const ar0 = f32x4.mul(f32x4.mul(u0, v128.load(hBefore)), f32x4.mul(r0, f32x4.sub(one, r0))), ar1 = f32x4.mul(f32x4.mul(u1, v128.load(hBefore, 16)), f32x4.mul(r1, f32x4.sub(one, r1)));
  const c0 = fma(u0, r0, v128.load(carry)), c1 = fma(u1, r1, v128.load(carry, 16));
  v128.store(dr, ar0); v128.store(dr, ar1, 16);
  v128.store(carry, c0); v128.store(carry, c1, 16);
}

/**
 * Rows [begin, end) of the gradient: dGates [time, batch, 3·units] of a_z, a_r, a_g and dInner [time,
 * batch, units] of u. panels [2·units, units] and candidate [units, units]: the recurrent kernel
 * transposed. carry [batch, units] holds the gradient to the last state and ends as that to the first.
 */
export function gruGradient(gates: usize, panels: usize, candidate: usize, hidden: usize, inner: usize, mask: usize, after: i32, dHidden: usize, carry: usize, dGates: usize, dInner: usize, time: i32, batch: i32, units: i32, begin: i32, end: i32, scratch: usize): void {
  const state = <usize>units * 4, step = <usize>batch * state, rows = end - begin, from = <usize>begin * state;
  for (let t = time - 1; t >= 0; t--) {
    const first = <usize>t * step + from;
    for (let b = begin; b < end; b++) {
      const row = <usize>b * state, at = <usize>t * step + row, dz = dGates + 3 * at;
      if (dHidden) addTo(carry + row, dHidden + at, units);
      if (isMasked(mask, time, b, t)) { memory.fill(dz, 0, 3 * state); memory.fill(dInner + at, 0, state); continue; }
      for (let j: usize = 0; j < state; j += 32) candidate8(gates + 3 * at + j, state, hidden + at + j, inner + at + j, after != 0, carry + row + j, dz + j, dInner + at + j);
      if (!after) memory.fill(dInner + at, 0, state);
    }
    if (after) {
      writeRows(rows, state, scratch);
      addProduct(rows, units, units, dInner + first, candidate, carry + from, state, scratch);
      writeRows(rows, 3 * state, scratch);
    } else {
      writeRows(rows, 3 * state, scratch);
      addProduct(rows, units, units, dGates + 3 * first + 2 * state, candidate, dInner + first, state, scratch);
      for (let b = begin; b < end; b++) {
        const row = <usize>b * state, at = <usize>t * step + row;
        if (!isMasked(mask, time, b, t)) for (let j: usize = 0; j < state; j += 32) reset8(gates + 3 * at + state + j, hidden + at + j, dInner + at + j, carry + row + j, dGates + 3 * at + state + j);
      }
    }
    addProduct(rows, units, 2 * units, dGates + 3 * first, panels, carry + from, state, scratch);
  }
}
