// The page that holds the telephone system's own frame. It dials what the agent's other pages ask for, and tells the server what the
// frame says of calls; those pages show who calls. What does not come from the frame, at its one origin, is not heard.

import { Calls, interaction, read } from "./meaning.mjs";
import { Teller } from "./teller.mjs";

const NUMBER = /^\+[0-9]{5,15}$/;
const data = JSON.parse(document.getElementById("telephone-data").textContent);
const frame = document.querySelector("[data-frame]");
const note = document.querySelector("[data-note]");
const list = document.querySelector("[data-calls-made]");
const channel = new BroadcastChannel("scriptorium-telephone");
const calls = new Calls();
const known = new Map(); // call id there -> what the server calls it
const rows = new Map();
let ready = false;

const token = () => document.cookie.split("; ").find((one) => one.startsWith(`${data.csrf_cookie}=`))?.split("=")[1] ?? "";
const teller = new Teller(data.told, token, (what) => say(data.words[what] ?? what, what ? "warning" : ""));

function say(text, kind = "") {
  note.hidden = text === "";
  note.className = `message ${kind}`;
  if (note.textContent !== text) note.textContent = text;
}

const post = (type, told) => frame.contentWindow.postMessage(JSON.stringify({ type, data: told }), data.origin);

function show(call) {
  let row = rows.get(call.id);
  if (!row) {
    row = document.createElement("li");
    row.append(document.createElement("span"));
    row.firstChild.textContent = `${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })} ${data.words[call.direction]} `;
    row.append(document.createElement("span"));
    rows.set(call.id, row);
    list.prepend(row);
    document.querySelector("[data-no-calls]").hidden = true;
  }
  const standing = call.ended ? (call.answered ? "ended" : "missed") : call.answered ? "talking" : "rings";
  row.children[1].className = "pill";
  row.children[1].textContent = data.words[standing];
}

function linked(call, told) {
  if (told) known.set(call.id, told);
  const row = rows.get(call.id);
  if (!told?.address || row.querySelector("a")) return;
  const link = Object.assign(document.createElement("a"), { href: told.address, textContent: data.words.open });
  row.append(" ", link);
}

/** Keeps what an interaction brings that is new; the server's name of the call, once all of it is known there. */
async function kept(category, heard) {
  const { call, events } = calls.heard(category, heard);
  show(call);
  const told = events.map((event) => teller.tell(event).then((answer) => linked(call, answer)));
  call.telling = Promise.all([call.telling, ...told]); // with what was heard of it before and is still on its way
  await call.telling;
  channel.postMessage({ told: true });
  return known.get(call.id);
}

const HEARD = {
  ready() {
    ready = true;
    say(data.words.ready, "success");
  },
  interactionSubscription: (message, told) => told && kept(message.data.category, told),
  screenPop: (_, told) => told && kept("", told),
  async processCallLog(message, told) {
    const call = told && (await kept("", told));
    post("callLogKept", { interactionId: message.data.interactionId, id: call?.call ?? "" });
  },
  openCallLog(message) {
    const wanted = [...known].find(([, told]) => told.call === message.data.callLog?.id);
    rows.get(wanted?.[0])?.querySelector("a")?.focus();
  },
  contactSearch: () => post("sendContactSearch", []), // nobody's name goes to a telephone system
};

function hear(event) {
  if (event.origin !== data.origin || event.source !== frame.contentWindow) return;
  const message = read(event.data);
  if (message) HEARD[message.type]?.(message, interaction(message));
}

function dial({ data: asked }) {
  if (typeof asked?.dial !== "string" || !NUMBER.test(asked.dial)) return;
  channel.postMessage({ dialled: asked.id, ready });
  if (ready) post("clickToDial", { type: "call", number: asked.dial, autoPlace: true });
}

function begin() {
  window.addEventListener("message", hear);
  channel.addEventListener("message", dial);
  window.addEventListener("beforeunload", (event) => calls.going && event.preventDefault()); // a call would end with the page
  say(data.words.opening);
  frame.src = data.address; // not before somebody listens
  return new Promise(() => {}); // the lock is held as long as the page is there
}

// One telephone at a time: two would ring, and dial, twice.
navigator.locks.request("scriptorium-telephone", { ifAvailable: true }, (lock) => (lock ? begin() : say(data.words.elsewhere, "warning")));
