// Expressions as closures (root, entry) -> value; the twin of runtime/engine/evaluate.py. Missing and unknown are null.
// Numbers are BigInt units, dates and names strings, several choices arrays.

import { addDays, addMonths, age, daysBetween, firstDay, lastDay } from "./dates.mjs";
import { decimal, divide, fromWhole, multiply, total, whole, within } from "./decimals.mjs";
import { matches } from "./patterns.mjs";

// The first slots of the root, and of an entry's frame: the values of the frame around it, and of the entry before it.
export const TODAY = 0;
export const SCORE = 1;
export const OVERFLOW = 2;
export const OFFERED = 3;
export const RUN = 4;
export const FIRST_SLOT = 5;
export const PARENT = 0;
export const PREVIOUS = 1;
export const FIRST_OF_ENTRY = 2;
export const ROOT = -1;

export function typed(answerType, value) {
  return answerType === "number" ? decimal(value) : value;
}

const missing = () => null;

function product(...numbers) {
  let result = numbers[0];
  for (const number of numbers.slice(1)) {
    if (result !== null) result = multiply(result, number);
  }
  return result;
}

function later(add) {
  return (date, count) => {
    const number = whole(count);
    return number === null ? null : add(date, number);
  };
}

function years(birth, at) {
  const lived = age(birth, at);
  return lived === null ? null : fromWhole(lived);
}

// One row an operator: strict ones, on values. A browser's own row stands here for each row of OPERATORS.
const STRICT = new Map([
  ["eq", (a, b) => a === b],
  ["ne", (a, b) => a !== b],
  ["lt", (a, b) => a < b],
  ["le", (a, b) => a <= b],
  ["gt", (a, b) => a > b],
  ["ge", (a, b) => a >= b],
  ["one_of", (value, ...among) => among.includes(value)],
  ["contains", (many, one) => many.includes(one)],
  ["matches", matches],
  ["add", (...numbers) => within(total(numbers))],
  ["sub", (a, b) => within(a - b)],
  ["mul", product],
  ["add_days", later(addDays)],
  ["add_months", later(addMonths)],
  ["days_between", (start, end) => fromWhole(daysBetween(start, end))],
  ["age", years],
  ["first_day", firstDay],
  ["last_day", lastDay],
]);
const OVERFLOWING = new Set(["add", "sub", "mul", "add_days", "add_months"]);

export const LEAVES = new Map([
  ["value", ([answerType, value]) => constant(typed(answerType, value))],
  ["answer", ([name], slots) => answer(name, slots)],
  ["part", ([name, part], slots) => partOf(answer(name, slots), part, slots.partType(name, part))],
  ["today", () => (root) => root[TODAY]],
  ["score", () => (root) => root[SCORE]],
  ["previous", ([name], slots) => previous(slots.previous(name))],
  ["offered", ([attribute]) => (root) => root[OFFERED]?.get(attribute) ?? null],
]);

function constant(value) {
  return () => value;
}

function answer(name, slots) {
  const way = slots.way(name);
  if (way === null) return missing;
  const [steps, slot] = way;
  if (steps === 0) return (root, entry) => entry[slot];
  if (steps === ROOT) return (root) => root[slot];
  const out = outwards(steps);
  return (root, entry) => out(root, entry)[slot];
}

// The values of the frame that lies so many steps out.
function outwards(steps) {
  if (steps === ROOT) return (root) => root;
  return (root, entry) => {
    let values = entry;
    for (let step = 0; step < steps; step += 1) values = values[PARENT];
    return values;
  };
}

function previous(slot) {
  if (slot === null) return missing;
  return (root, entry) => (entry[PREVIOUS] === null ? null : entry[PREVIOUS][slot]);
}

// What is made of all entries of a repeat, as seen from here (those in the same entry around, or all there are): once for a
// cell in all frames that see the same.
function over(repeat, slots, combine) {
  const [steps, [first, ...inner]] = slots.entries(repeat);
  const out = outwards(steps);
  let [run, seen, made] = [];
  return (root, entry) => {
    const around = out(root, entry);
    if (run !== root[RUN] || seen !== around) {
      let found = around[first] ?? [];
      for (const slot of inner) found = found.flatMap((values) => values[slot] ?? []);
      [run, seen, made] = [root[RUN], around, combine(found)];
    }
    return made;
  };
}

function partOf(whole, part, answerType) {
  if (!answerType) return missing; // a draft reads a part of what has none
  return (root, entry) => {
    const value = whole(root, entry);
    return value !== null && Object.hasOwn(value, part) ? typed(answerType, value[part]) : null;
  };
}

// A draft may compare what cannot be compared; then the whole is Missing. Published definitions are well typed.
export function closure(expression, slots) {
  const carryOut = build(expression, slots);
  return (root, entry) => {
    try {
      return carryOut(root, entry);
    } catch (fault) {
      if (fault instanceof TypeError) return null;
      throw fault;
    }
  };
}

function build(node, slots) {
  const [operator, ...args] = node;
  const leaf = LEAVES.get(operator);
  if (leaf) return leaf(args, slots);
  const lazy = LAZY.get(operator);
  return lazy ? lazy(args, slots) : strict(operator, args, slots);
}

function strict(operator, nodes, slots) {
  const args = nodes.map((node) => build(node, slots));
  if (operator === "div") return division(...args);
  const apply = STRICT.get(operator);
  const watched = OVERFLOWING.has(operator);
  if (args.length === 2 && !watched) return nodes[1][0] === "value" ? besideConstant(apply, ...args) : binary(apply, ...args);
  return (root, entry) => {
    const values = [];
    for (const arg of args) {
      const value = arg(root, entry);
      if (value === null) return null;
      values.push(value);
    }
    const result = apply(...values);
    if (watched && result === null) root[OVERFLOW] = true;
    return result;
  };
}

function besideConstant(apply, left, right) {
  const constant = right();
  return (root, entry) => {
    const value = left(root, entry);
    return value === null ? null : apply(value, constant);
  };
}

function binary(apply, left, right) {
  return (root, entry) => {
    const one = left(root, entry);
    if (one === null) return null;
    const two = right(root, entry);
    return two === null ? null : apply(one, two);
  };
}

function division(left, right) {
  return (root, entry) => {
    const one = left(root, entry);
    if (one === null) return null;
    const two = right(root, entry);
    if (two === null || two === 0n) return null;
    const result = divide(one, two);
    if (result === null) root[OVERFLOW] = true;
    return result;
  };
}

// `and` is decided by one false, `or` by one true.
function logic(decides) {
  return (nodes, slots) => {
    const args = nodes.map((node) => build(node, slots));
    return (root, entry) => {
      let unknown = false;
      for (let at = 0; at < args.length; at += 1) {
        const value = args[at](root, entry);
        if (value === decides) return decides;
        if (value === null) unknown = true;
      }
      return unknown ? null : !decides;
    };
  };
}

function not([node], slots) {
  const arg = build(node, slots);
  return (root, entry) => {
    const value = arg(root, entry);
    return value === null ? null : !value;
  };
}

function answered([node], slots) {
  const arg = build(node, slots);
  return (root, entry) => arg(root, entry) !== null;
}

function orElse(nodes, slots) {
  const args = nodes.map((node) => build(node, slots));
  return (root, entry) => {
    for (const arg of args) {
      const value = arg(root, entry);
      if (value !== null) return value;
    }
    return null;
  };
}

function when(nodes, slots) {
  const [condition, value] = nodes.map((node) => build(node, slots));
  return (root, entry) => (condition(root, entry) ? value(root, entry) : null);
}

function collect(nodes, slots) {
  const args = nodes.map((node) => build(node, slots));
  return (root, entry) => {
    const found = new Set(args.map((arg) => arg(root, entry)));
    found.delete(null);
    return found.size ? [...found] : null;
  };
}

function choice(nodes, slots) {
  const [condition, yes, no] = nodes.map((node) => build(node, slots));
  return (root, entry) => {
    const value = condition(root, entry);
    if (value === null) return null;
    return value ? yes(root, entry) : no(root, entry);
  };
}

// What is made of the values of a name in all entries of a repeat, the Missing ones left out.
function aggregate(combine, finish = (made) => made) {
  return ([[, repeat, name], ...more], slots) => {
    const slot = slots.each(repeat, name);
    if (slot === null) return missing;
    const values = (entries) => entries.map((entry) => entry[slot]).filter((value) => value !== null);
    return finish(over(repeat, slots, (entries) => combine(values(entries))), ...more.map((node) => build(node, slots)));
  };
}

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function occurs(counts, sought) {
  return (root, entry) => {
    const value = sought(root, entry);
    return value === null ? null : fromWhole(counts(root, entry).get(value) ?? 0);
  };
}

function summed(sum) {
  return (root, entry) => {
    const result = sum(root, entry);
    if (result === null) root[OVERFLOW] = true;
    return result;
  };
}

function extreme(better) {
  return (values) => values.reduce((best, value) => (best === null || better(value, best) ? value : best), null);
}

function count(nodes, slots) {
  const [kind, repeat] = nodes[0];
  if (kind !== "entries") return aggregate(size)(nodes, slots);
  return slots.entries(repeat) ? over(repeat, slots, size) : missing;
}

function size(values) {
  return fromWhole(values.length);
}

const LAZY = new Map([
  ["and", logic(false)],
  ["or", logic(true)],
  ["not", not],
  ["answered", answered],
  ["or_else", orElse],
  ["when", when],
  ["collect", collect],
  ["if", choice],
  ["sum", aggregate((values) => within(total(values)), summed)],
  ["avg", aggregate((values) => (values.length ? divide(total(values), size(values)) : null))],
  ["min", aggregate(extreme((value, best) => value < best))],
  ["max", aggregate(extreme((value, best) => value > best))],
  ["count", count],
  ["occurs", aggregate(tally, occurs)],
]);

export const OPERATORS = [...STRICT.keys(), ...LAZY.keys(), "div"];
