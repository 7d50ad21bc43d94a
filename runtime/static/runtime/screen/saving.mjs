/** Between the queue and the server: addresses, the run token, and the words for how saving goes. */
import { Unsent } from "./unsent.mjs";
import { EventQueue } from "./queue.mjs";

const JSON_TYPES = { "Content-Type": "application/json", Accept: "application/json" };
const HEARTBEAT = 60000;
const PATIENCE = 20000; // for an answer: what is sent again counts once
const EARLIER = 10000; // longest wait for what a page before this one left behind

/** A number that the page before this one left behind, once. */
function taken(name) {
  try {
    const number = Number(sessionStorage.getItem(name));
    sessionStorage.removeItem(name);
    return number;
  } catch {
    return 0; // a browser that keeps nothing
  }
}

export function cookie(name) {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

async function bodyOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

export class Saving {
  constructor({ data, wording, listeners }) {
    Object.assign(this, { data, wording });
    this.token = data.token;
    const { save } = data.urls;
    this.takenUp = taken(`taken-up ${save}`); // how many, by the page before this one, and up to which number
    this.behind = taken(`reached ${save}`) > data.number;
    this.unsent = new Unsent({
      about: () => ({ save, renew: data.urls.token, token: this.token }),
      keys: () => this.#keys(),
      failed: () => this.#unkept(),
      changed: () => this.queue && this.line && this.show(),
    });
    this.queue = new EventQueue({
      number: data.number,
      store: this.unsent,
      post: async (batch) => {
        await this.earlier; // what was typed before this page goes before it
        return this.#send(save, { events: batch });
      },
      listeners: { ...listeners, changed: () => this.show(), halted: (reason, message) => this.#halted(reason, message) },
    });
    this.line = document.querySelector("[data-saved]");
    this.notice = document.querySelector("[data-save-notice]");
    this.notice.querySelector("button").addEventListener("click", () => this.again());
    globalThis.addEventListener("online", () => this.queue.resume());
    this.tabs = new BroadcastChannel(`${data.urls.token} ${data.by}`);
    this.tabs.onmessage = ({ data: events }) => listeners.elsewhere(events);
    this.earlier = Promise.race([this.takeUp(listeners), new Promise((done) => setTimeout(done, EARLIER))]);
    this.beat();
    globalThis.addEventListener("beforeunload", (event) => {
      listeners.leaving();
      if (this.queue.unsent > 0 && !this.leaving) event.preventDefault();
    });
    this.show();
  }

  /** The ids under which these are sent. */
  push(events, seen) {
    const ids = events.map((event) => this.queue.push(event, seen));
    if (events.length) this.tabs.postMessage(events);
    return ids;
  }

  /** What stands in a box and is not given yet is kept, too; null when it is given, or taken back. */
  typing(place, event) {
    this.unsent.typing(place, event, this.queue.number);
  }

  /** What a page that is gone had not sent is sent first; then the page is drawn anew, with it. */
  async takeUp(listeners) {
    try {
      if (!this.behind && (await this.unsent.left()).length === 0) return;
      const { takeUp } = await import("./left.mjs");
      await takeUp(this, listeners, (url, token, body) => post(url, body, { "X-Run-Token": token, ...this.#csrf() }));
    } catch {
      // it stays sealed, for the next page
    }
  }

  /** The lease of the work item lasts while somebody is at the page. */
  beat() {
    const { heartbeat } = this.data.urls;
    if (!heartbeat) return;
    setInterval(async () => {
      try {
        const { status, body } = await this.#send(heartbeat, {});
        if (status === 409) this.#halted("taken_over", body.message);
      } catch {
        // the line is gone: the queue says so
      }
    }, HEARTBEAT);
  }

  /** The agent dials: the attempt begins, at this number. */
  dial(point) {
    const { attempt } = this.data.urls;
    if (!attempt) return;
    const headers = { Accept: "application/json", ...this.#csrf() };
    const body = new URLSearchParams({ point });
    fetch(attempt, { method: "POST", headers, body, credentials: "same-origin", redirect: "error", keepalive: true }).catch(() => {});
  }

  /** The server's own reading of the record: state, problems, conflicts. Null when the line is gone. */
  async settle() {
    if (!(await this.queue.flush())) return null;
    try {
      const { status, body } = await this.#send(this.data.urls.settle, {});
      return status === 200 ? body : null;
    } catch {
      return null;
    }
  }

  /** After signing in again, or after the line came back: a new token, then all that waits. */
  async again() {
    if (!this.unsent.open && (await this.unsent.start())) for (const item of this.queue.waiting) if (!this.unsent.holds(item.id)) this.unsent.put(item);
    try {
      const { status, body } = await this.#send(this.data.urls.token, {});
      if (status !== 200) return this.#halted(status === 409 ? "taken_over" : "signed_out", body.message);
      this.token = body.token;
    } catch {
      return;
    }
    this.notice.hidden = true;
    const done = await this.queue.resume();
    this.show();
    if (done && this.queue.late) location.reload(); // what was handed over is decided upon there
  }

  show() {
    const { unsent, offline, halted } = this.queue;
    const bad = Boolean(halted) || (unsent > 0 && offline);
    const text = this.#sentence(bad);
    if (this.line.textContent !== text) this.line.textContent = text;
    this.line.classList.toggle("bad", bad);
  }

  #sentence(bad) {
    const { unsent, unsentAnswers, acknowledged, offline, late } = this.queue;
    if (unsent === 0 && acknowledged === 0 && this.takenUp) return this.wording.counted("taken_up_saved", this.takenUp);
    if (unsent === 0) return late ? this.wording.say("handed_over") : this.wording.counted("saved", acknowledged);
    if (!bad) return this.wording.say("saving");
    const words = this.wording.counted(this.queue.isKept ? "sealed" : "unsaved", Math.max(unsentAnswers, 1));
    return offline ? `${words} ${this.wording.say("offline")}` : words;
  }

  /** The server's own sentence says best what became of the answers. */
  #halted(reason, message) {
    this.notice.querySelector("p").textContent = message || this.wording.say(reason);
    this.notice.hidden = false;
    this.show();
  }

  /** Nothing can be kept here: said at once, not when it is too late. */
  #unkept() {
    if (!this.notice.hidden) return;
    this.notice.querySelector("p").textContent = this.wording.say("unkept");
    this.notice.hidden = false;
  }

  async #keys() {
    const { status, body } = await this.#send(this.data.urls.keys, {});
    if (status !== 200) throw new Error(`keys: ${status}`);
    return body;
  }

  /** Read each time: it changes with a login in another tab; its name is another in production. */
  #csrf() {
    return { "X-CSRFToken": cookie(this.data.csrf_cookie) };
  }

  #send(url, body) {
    return post(url, body, { "X-Run-Token": this.token, ...this.#csrf() });
  }
}

/** A post of JSON: `{status, body}`; rejects when the line is gone. */
export async function post(url, body, headers) {
  const response = await fetch(url, {
    method: "POST", headers: { ...JSON_TYPES, ...headers }, body: JSON.stringify(body), credentials: "same-origin", redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  });
  return { status: response.status, body: await bodyOf(response) };
}

/** In a preview nothing is saved; it answers as if all were well. */
export class NoSaving {
  dial() {}

  typing() {}

  push() {}

  async settle() {
    return null;
  }

  queue = { unsent: 0, flush: async () => true };
}
