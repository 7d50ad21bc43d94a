/** Where sealed things wait in the browser: one store of IndexedDB, in the order they were put there. Nothing here can open them. */
const NAME = "scriptorium";
const STORE = "unsent";

/** Rejects where the browser keeps nothing. */
export async function openShelf(database = globalThis.indexedDB) {
  const asked = database.open(NAME, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "n", autoIncrement: true });
  return new Shelf(await done(asked));
}

class Shelf {
  constructor(db) {
    this.db = db;
    db.onversionchange = () => db.close();
  }

  /** Puts a row and takes others away, both or neither; its number. `strict`: it outlasts a power cut, too. */
  async put(row, gone = [], strict = true) {
    return this.#write(strict ? "strict" : "relaxed", (store) => {
      for (const n of gone) store.delete(n);
      return store.add(row);
    });
  }

  async drop(numbers) {
    return this.#write("relaxed", (store) => {
      for (const n of numbers) store.delete(n);
    });
  }

  async all() {
    return done(this.db.transaction(STORE).objectStore(STORE).getAll());
  }

  #write(durability, deed) {
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction(STORE, "readwrite", { durability });
      const asked = deed(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}

function done(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });
}
