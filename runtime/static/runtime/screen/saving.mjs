/** Between the queue and the server: addresses, the run token, and the words for how saving goes. */
import { EventQueue } from "./queue.mjs";

const JSON_TYPES = { "Content-Type": "application/json", Accept: "application/json" };
const HEARTBEAT = 60000;

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
    this.queue = new EventQueue({
      number: data.number,
      post: (batch) => this.#send(data.urls.save, { events: batch }),
      listeners: { ...listeners, changed: () => this.show(), halted: (reason, message) => this.#halted(reason, message) },
    });
    this.line = document.querySelector("[data-saved]");
    this.notice = document.querySelector("[data-save-notice]");
    this.notice.querySelector("button").addEventListener("click", () => this.again());
    globalThis.addEventListener("online", () => this.queue.resume());
    this.beat();
    globalThis.addEventListener("beforeunload", (event) => {
      listeners.leaving();
      if (this.queue.unsent > 0 && !this.leaving) event.preventDefault();
    });
    this.show();
  }

  push(events) {
    for (const event of events) this.queue.push(event);
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
    const headers = { Accept: "application/json", "X-CSRFToken": this.#csrf() };
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
    if (unsent === 0) return late ? this.wording.say("handed_over") : this.#counted("saved", acknowledged);
    if (!bad) return this.wording.say("saving");
    const words = this.#counted("unsaved", Math.max(unsentAnswers, 1));
    return offline ? `${words} ${this.wording.say("offline")}` : words;
  }

  #counted(key, n) {
    const which = n === 1 ? `${key}_one` : n === 0 ? `${key}_none` : key;
    return this.wording.say(which, { n });
  }

  /** The server's own sentence says best what became of the answers. */
  #halted(reason, message) {
    this.notice.querySelector("p").textContent = message || this.wording.say(reason);
    this.notice.hidden = false;
    this.show();
  }

  /** Read each time: it changes with a login in another tab; its name is another in production. */
  #csrf() {
    return cookie(this.data.csrf_cookie);
  }

  async #send(url, body) {
    const headers = { ...JSON_TYPES, "X-Run-Token": this.token, "X-CSRFToken": this.#csrf() };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", redirect: "error" });
    return { status: response.status, body: await bodyOf(response) };
  }
}

/** In a preview nothing is saved; it answers as if all were well. */
export class NoSaving {
  dial() {}

  push() {}

  async settle() {
    return null;
  }

  queue = { unsent: 0, flush: async () => true };
}
