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
    this.beingTyped = new Map(); // place -> id
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
      await this.#holdTab();
      this.open = true;
    });
  }

  holds(id) {
    return this.rows.has(id);
  }

  /** Keeps an item of the queue; what was being typed at its place goes with the same stroke. */
  put(item) {
    const typed = this.beingTyped.get(item.event.place);
    this.beingTyped.delete(item.event.place);
    return this.#keep(item, typed, true);
  }

  /** Keeps what is being typed at a place; null when nothing waits there any more. */
  typing(place, event, seen = 0) {
    const before = this.beingTyped.get(place);
    if (event) {
      const id = newId(this.crypto);
      this.beingTyped.set(place, id);
      return this.#keep({ id, seen, event }, before, false);
    }
    this.beingTyped.delete(place);
    return before && this.drop(before);
  }

  drop(id) {
    return this.#after(async () => {
      if (this.rows.has(id)) await this.shelf.drop([this.rows.get(id)]);
      this.rows.delete(id);
    });
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

  #keep(item, gone, strict) {
    const told = { item, ...this.about() };
    return this.#after(async () => {
      if (!this.open) return;
      const row = { ...(await this.seal.seal(item.id, told)), tab: this.tab, day: this.day };
      const before = this.rows.get(gone);
      this.rows.set(item.id, await this.shelf.put(row, before === undefined ? [] : [before], strict));
      this.rows.delete(gone);
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
    this.failed(problem);
    this.changed();
    return false;
  }

  /** A lock that lasts as long as this page: what carries its name is not taken for left behind. */
  #holdTab() {
    return new Promise((resolve) => this.locks.request(lockOf(this.tab), () => (resolve(), new Promise(() => {}))));
  }
}

const lockOf = (tab) => `unsent ${tab}`;
