/** `calls.mjs` in a page that has little but its box: node bell_page.mjs STATIC CASE. Prints how often it asked, how many lines it opened,
 * after which pauses (ms) it would ask by itself, and what its box says. */
import { createServer } from "node:http";

const [folder, name] = process.argv.slice(2);
const PATIENCE = 20000;
const later = globalThis.setTimeout;
const wait = (ms) => new Promise((ready) => later(ready, ms));
const stream = (answer) => answer.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();

/** What the bell does with the line of this number, and what is waited for. */
const CASES = {
  none: { done: (now) => now.asked >= 3 },
  rings: {
    bell: async (answer) => {
      stream(answer);
      answer.write(":\n\n");
      await wait(100);
      answer.write("data: chan"); // a word may come in pieces
      await wait(100);
      answer.write("ged\n\n");
    },
    done: (now) => now.box !== "",
  },
  refused: { bell: (answer) => answer.writeHead(429).end(), done: (now) => now.pauses.length > 0 },
  held: { swift: 20, bell: stream, done: (now) => now.pauses.length > 0 }, // a proxy keeps what the bell says
  again: {
    bell: (answer, line) => {
      stream(answer);
      answer.write(line === 1 ? ":\n\ndata: again\n\n" : ":\n\n");
    },
    done: (now) => now.lines === 2,
  },
  unseen: { unseen: true, bell: stream, done: (now) => now.asked === 1 },
};

async function play({ bell, done, unseen, swift = 1 }) {
  const now = { asked: 0, lines: 0, pauses: [], box: "" };
  const server = createServer((request, answer) => {
    request.resume();
    if (request.url !== "/calls/") {
      now.lines += 1;
      bell(answer, now.lines);
      return;
    }
    now.asked += 1;
    answer.writeHead(200, { "X-Bell-Pass": "pass", "X-Calls": now.asked > 1 ? "call:ringing" : "" });
    answer.end(now.asked > 1 ? "it rings" : "");
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}`;
  const dataset = { calls: `${url}/calls/`, ...(bell && { bell: `${url}/bell/` }) };
  const place = { dataset, contains: () => false, addEventListener() {}, set innerHTML(text) { now.box = text; } };
  globalThis.document = { querySelector: () => place, addEventListener() {}, activeElement: null, visibilityState: unseen ? "hidden" : "visible" };
  globalThis.setTimeout = (deed, ms, ...rest) => {
    if (deed.name === "watch") now.pauses.push(Math.round(ms));
    return later(deed, ms / swift, ...rest);
  };
  await import(`${folder}/calls.mjs`);
  for (let waited = 0; !done(now) && waited < PATIENCE; waited += 20) await wait(20);
  await wait(200); // what else it does
  return structuredClone(now);
}

console.log(JSON.stringify(await play(CASES[name])));
process.exit(0);
