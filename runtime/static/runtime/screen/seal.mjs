/**
 * Sealing in the browser: AES-GCM under keys that are given after the login and held in memory only, where nobody can read
 * them out. What is sealed is filled up to a size step, so that its length tells nothing; its id and the name of its key are
 * bound to it. What another person sealed goes by names of keys that are not here: it stays shut.
 */
const STEPS = [256, 512, 1024];
const HEAD = 4;
const NONCE = 12;
const utf8 = new TextEncoder();

export class Seal {
  constructor(keys, subtle) {
    Object.assign(this, { keys, subtle });
    [this.current] = keys.keys();
  }

  /** @param rows  [{name, key: base64}..]; the first one seals, all of them open */
  static async of(rows, subtle = globalThis.crypto.subtle) {
    const keys = new Map();
    for (const { name, key } of rows) keys.set(name, await subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["encrypt", "decrypt"]));
    return new Seal(keys, subtle);
  }

  async seal(id, value) {
    const iv = globalThis.crypto.getRandomValues(new Uint8Array(NONCE));
    const key = this.current;
    const sealed = await this.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(id, key) }, this.keys.get(key), padded(JSON.stringify(value)));
    return { id, key, iv, sealed: new Uint8Array(sealed) };
  }

  /** What was sealed, or null: not this person's, too old, or changed. */
  async open({ id, key, iv, sealed }) {
    const held = this.keys.get(key);
    if (!held) return null;
    try {
      const whole = new Uint8Array(await this.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound(id, key) }, held, sealed));
      const length = new DataView(whole.buffer).getUint32(0);
      return JSON.parse(new TextDecoder().decode(whole.subarray(HEAD, HEAD + length)));
    } catch {
      return null;
    }
  }
}

const bound = (id, key) => utf8.encode(`unsent|${id}|${key}|1`);

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function padded(text) {
  const data = utf8.encode(text);
  const size = HEAD + data.length;
  const last = STEPS.at(-1);
  const whole = new Uint8Array(STEPS.find((step) => size <= step) ?? Math.ceil(size / last) * last);
  new DataView(whole.buffer).setUint32(0, data.length);
  whole.set(data, HEAD);
  return whole;
}
