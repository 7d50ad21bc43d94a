/**
 * The events the server has not acknowledged yet, in order: held in memory, and sealed in the `store` (see unsent.mjs).
 *
 * Every event gets an id of its own, so that sending it twice is harmless: after a lost answer of the server the same
 * batch is simply sent again. An event leaves the queue only when the server has acknowledged or refused it by id.
 * Nothing here knows the page: what happens is told through the listeners.
 */
const LARGEST_BATCH = 50;
const UNKEPT_BATCH = 10; // held in memory alone: less is under way at once
const NOWHERE = { put() {}, drop() {}, holds: () => false };
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const SIGNED_OUT = new Set([401, 403]);
const GIVEN_AWAY = new Set([404, 409, 410]);

/** How an answer is to be taken: "saved", "again", "split", "signed_out" or "taken_over". What is not of our server takes nothing. */
export function judge(status, body = {}) {
  if (status >= 200 && status < 300) return "saved";
  if (SIGNED_OUT.has(status)) return "signed_out";
  if (GIVEN_AWAY.has(status)) return "taken_over";
  const ours = status === 413 || ((status === 400 || status === 422) && (body.code || body.refused?.length));
  return ours ? "split" : "again";
}

const isAnswer = (item) => item.event.event !== "section_opened";

/** A random id; `randomUUID` itself exists only where the page came over a safe line. */
export function newId(crypto) {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class EventQueue {
  /**
   * @param post  async (batch) => ({status, body}); rejects when the line is gone
   * @param number  the last number of the record this page has seen
   * @param store  where what waits is kept as well: {put(item), drop(id), holds(id), open}
   * @param listeners  {changed(), acknowledged(item, answer), refused(item, problem), halted(reason, message)}
   */
  constructor({ post, number = 0, listeners = {}, delay = 350, clock = globalThis, store = NOWHERE }) {
    Object.assign(this, { post, number, listeners, delay, clock, store });
    this.waiting = [];
    this.acknowledged = 0; // answers, not steps through the sections
    this.late = 0; // handed to the next holder instead
    this.halted = null;
    this.offline = false;
    this.pause = 0;
    this.largest = LARGEST_BATCH;
    this.sending = null;
    this.timer = null;
  }

  get unsent() {
    return this.waiting.length;
  }

  get unsentAnswers() {
    return this.waiting.filter(isAnswer).length;
  }

  /** Whether all that waits would be there after a crash. */
  get isKept() {
    return this.waiting.every((item) => this.store.holds(item.id));
  }

  /** @param seen  the number up to which its writer saw more than the page shows */
  push(event, seen = 0) {
    const item = { id: newId(this.clock.crypto), seen: Math.max(this.number, seen), event };
    this.waiting.push(item);
    this.store.put(item);
    this.#tell("changed");
    this.#schedule(this.delay);
    return item.id;
  }

  /** Send all that waits, now. True when nothing is left. */
  async flush() {
    this.#unschedule();
    while (this.waiting.length > 0 && !this.halted) {
      if (!(await this.#sendOnce())) break;
    }
    return this.waiting.length === 0;
  }

  /** Go on after a halt or a lost line. */
  resume() {
    this.halted = null;
    this.pause = 0;
    return this.flush();
  }

  #schedule(pause) {
    if (this.timer !== null || this.halted) return;
    this.timer = this.clock.setTimeout(() => {
      this.timer = null;
      this.flush();
    }, pause);
  }

  #unschedule() {
    if (this.timer !== null) this.clock.clearTimeout(this.timer);
    this.timer = null;
  }

  async #sendOnce() {
    if (this.sending) return this.sending;
    this.sending = this.#exchange();
    this.#tell("changed");
    try {
      return await this.sending;
    } finally {
      this.sending = null;
      this.#tell("changed");
    }
  }

  async #exchange() {
    const batch = this.waiting.slice(0, this.store.open ? this.largest : Math.min(this.largest, UNKEPT_BATCH));
    let answer;
    try {
      answer = await this.post(batch);
    } catch {
      return this.#later();
    }
    this.offline = false;
    this.#settle(batch, answer.body ?? {});
    return this.#follow(batch, judge(answer.status, answer.body), answer.body?.message);
  }

  #follow(batch, verdict, message) {
    if (verdict === "again") return this.#later();
    if (verdict === "split") return this.#split(batch);
    if (verdict !== "saved") return this.#halt(verdict, message);
    this.pause = 0;
    const left = new Set(this.waiting.map((item) => item.id));
    const moved = batch.some((item) => !left.has(item.id));
    if (moved) this.largest = LARGEST_BATCH;
    return moved || this.#later();
  }

  #halt(reason, message) {
    this.halted = reason === "taken_over" && this.waiting.length === 0 ? "handed_over" : reason;
    this.#tell("halted", this.halted, message);
    return false;
  }

  /** A batch the server cannot take as a whole is sent event by event, so that one bad event stops no other. */
  #split(batch) {
    if (batch.length > 1) {
      this.largest = 1;
      return true;
    }
    const item = batch[0];
    if (!this.waiting.includes(item)) return true;
    this.#take(item);
    this.#tell("refused", item, { code: "too_large", message: "" });
    return true;
  }

  #later() {
    this.offline = true;
    this.pause = Math.min(this.pause ? this.pause * 2 : FIRST_PAUSE, LONGEST_PAUSE);
    this.#schedule(this.pause);
    return false;
  }

  #settle(batch, body) {
    const items = new Map(batch.map((item) => [item.id, item]));
    for (const answer of body.acknowledged ?? []) this.#acknowledge(items.get(answer.id), answer);
    for (const problem of body.refused ?? []) {
      const item = items.get(problem.id);
      if (item && this.#take(item)) this.#tell("refused", item, problem);
    }
  }

  #acknowledge(item, answer) {
    if (!item || !this.#take(item)) return;
    if (answer.late) this.late += 1;
    else if (isAnswer(item)) this.acknowledged += 1;
    this.number = Math.max(this.number, answer.number ?? 0);
    this.#tell("acknowledged", item, answer);
  }

  #take(item) {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((other) => other.id !== item.id);
    this.store.drop(item.id);
    return this.waiting.length < before;
  }

  #tell(what, ...details) {
    this.listeners[what]?.(...details);
  }
}
