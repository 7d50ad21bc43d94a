/**
 * What the server has not acknowledged, sealed on the shelf of this browser until it has: events of the queue, and what
 * stands in a box and does not count as given yet. One thing is written after the other, so the order on the shelf is that of
 * the typing. Where the shelf fails (full, forbidden, no keys) nothing stops: `failed` is told once, and the queue goes on in memory.
 */
import { newId } from "./queue.mjs";
import { Seal } from "./seal.mjs";
import { openShelf } from "./shelf.mjs";

const KEPT_DAYS = 2; // beside the day itself: longer no key is given for it
const DAY = 24 * 3600 * 1000;

export class Unsent {
  /**
   * @param about  () => what sends an event later, from another page: {save, renew, token}
   * @param keys  async () => {day, keys}, from the server
   */
  constructor({ about, keys, shelf = openShelf, failed = () => {}, changed = () => {}, crypto = globalThis.crypto, locks = globalThis.navigator?.locks }) {
    Object.assign(this, { about, fetchKeys: keys, makeShelf: shelf, failed, changed, crypto, locks });
    this.rows = new Map(); // id -> number on the shelf
    this.beingTyped = new Map(); // place -> item
    this.typed = new Map(); // place -> id, of those on the shelf
    this.tab = newId(crypto);
    this.open = false;
    this.tail = Promise.resolve();
  }

  /** Opens the shelf, once there are keys; true when things can be kept. */
  start() {
    return this.#after(async () => {
      if (this.open) return;
      if (!this.crypto.subtle || !this.locks) throw new Error("no sealing over this line");
      this.shelf ??= await this.makeShelf();
      const { day, keys } = await this.fetchKeys();
      this.seal = await Seal.of(keys, this.crypto.subtle);
      this.day = day;
      await (this.held ??= this.#holdTab());
      this.open = true;
    });
  }

  holds(id) {
    return this.rows.has(id);
  }

  /** Keeps an item of the queue; what was being typed at its place goes with the same stroke. */
  put(item) {
    this.beingTyped.delete(item.event.place);
    return this.#keep(item, true);
  }

  /** Keeps what is being typed at a place; null when nothing waits there any more. */
  typing(place, event, seen = 0) {
    if (!event) {
      this.beingTyped.delete(place);
      return this.#after(() => this.#dropped(this.typed.get(place)));
    }
    const item = { id: newId(this.crypto), seen, event };
    this.beingTyped.set(place, item);
    return this.#keep(item, false);
  }

  drop(id) {
    return this.#after(() => this.#dropped(id));
  }

  async #dropped(id) {
    if (this.rows.has(id)) await this.shelf.drop([this.rows.get(id)]);
    this.rows.delete(id);
  }

  /** What pages that are gone have left here and this person may open, in order. Things that nobody will open go. */
  async left() {
    if (!(await this.start())) return [];
    const alive = new Set((await this.locks.query()).held.map((lock) => lock.name));
    const opened = [];
    const old = [];
    for (const row of await this.shelf.all()) {
      if (alive.has(lockOf(row.tab))) continue;
      if ((Date.parse(this.day) - Date.parse(row.day)) / DAY > KEPT_DAYS) old.push(row.n);
      else opened.push([row, await this.seal.open(row)]);
    }
    if (old.length) await this.shelf.drop(old);
    return opened.filter(([, told]) => told).map(([row, told]) => this.#taken(row, told));
  }

  #taken(row, told) {
    this.rows.set(row.id, row.n);
    return told;
  }

  /** What is being typed is written as it stands when its turn comes: nobody waits for the letters before. */
  #keep(item, given) {
    const told = { item, ...this.about() };
    const { place } = item.event;
    return this.#after(async () => {
      if (!this.open || !(given || this.beingTyped.get(place) === item)) return;
      const row = { ...(await this.seal.seal(item.id, told)), tab: this.tab, day: this.day };
      const before = this.rows.get(this.typed.get(place));
      this.rows.set(item.id, await this.shelf.put(row, before === undefined ? [] : [before], given));
      this.rows.delete(this.typed.get(place));
      this.typed.delete(place);
      if (!given) this.typed.set(place, item.id);
      this.changed();
    });
  }

  /** One after the other; what goes wrong closes the shelf and is told. */
  #after(deed) {
    this.tail = this.tail.then(deed).then(
      () => this.open,
      (problem) => this.#close(problem),
    );
    return this.tail;
  }

  #close(problem) {
    this.open = false;
    this.shelf = null;
    this.failed(problem);
    this.changed();
    return false;
  }

  /** A lock that lasts as long as this page: what carries its name is not taken for left behind. */
  #holdTab() {
    return new Promise((resolve, reject) => {
      this.locks.request(lockOf(this.tab), () => (resolve(), new Promise(() => {}))).catch(reject);
    });
  }
}

const lockOf = (tab) => `unsent ${tab}`;
