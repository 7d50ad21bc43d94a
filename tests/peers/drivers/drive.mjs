// Plays the workload in one engine, in this process, cold: `node --expose-gc drive.mjs ENGINE FOLDER LIMIT`.
//
// An engine is a module here with `prepare(folder)`, which imports it and reads its form, and gives `load()`: what is compiled and
// evaluated once. That gives `answer(place, value)` and `totals()`. What the peers show is not read between the answers.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const [engine, folder, limit] = process.argv.slice(2);
const answers = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8")).slice(0, Number(limit));

function spent(since) {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

const { prepare } = await import(`./${engine}.mjs`);
const load = await prepare(folder);
globalThis.gc();
const before = process.memoryUsage().heapUsed;
const loading = { wall: performance.now(), cpu: process.cpuUsage() };
const form = await load();
const loaded = { wall: (performance.now() - loading.wall) * 1000, cpu: spent(loading.cpu) };
const took = new Array(answers.length).fill(0);
const playing = process.cpuUsage();
for (let at = 0; at < answers.length; at += 1) {
  const { place, value } = answers[at];
  const begun = performance.now();
  form.answer(place, value);
  took[at] = (performance.now() - begun) * 1000;
}
const cpu = spent(playing) / answers.length;
globalThis.gc();
const heap = process.memoryUsage().heapUsed - before;
const result = { took, cpu, load: loaded.wall, loadCpu: loaded.cpu, heap, totals: form.totals() };
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)); // some leave timers behind
