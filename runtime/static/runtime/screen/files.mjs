/**
 * Files that are sent from the page: each goes ahead by itself, with its progress, and comes back as the answer that names it.
 * Sent again after a lost line, it carries the same id and is kept once. `putFile` shows what is there.
 */
import { newId } from "./queue.mjs";
import { Signing } from "./signing.mjs";

const MEGABYTE = 1024 * 1024;
const TRIES = 4;
const PAUSE = 1500;
const PRETENDED = { id: "0".repeat(32), digest: "0".repeat(64) }; // in a preview nothing is sent
const DECIMAL_COMMA = /^(?:fr|nl|de)/;

let address = ""; // of a file, with `__file__` for its id

/** `12 kB`, `1.5 MB`: as the server says it. */
export function shownSize(size, language = "en") {
  const count = Number(size);
  if (count < MEGABYTE) return `${Math.max(1, Math.floor((count + 512) / 1024))} kB`;
  const tenths = Math.floor((count * 10 + MEGABYTE / 2) / MEGABYTE);
  return `${Math.floor(tenths / 10)}${DECIMAL_COMMA.test(language) ? "," : "."}${tenths % 10} MB`;
}

const dashed = (id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** What is there: its small picture, name and size; a typed name stands in its own box. */
export function putFile(box, value) {
  const held = value?.id ? value : null;
  const kept = box.querySelector(".kept");
  box.querySelector('input[type="hidden"]').value = held ? JSON.stringify(held) : "";
  kept.hidden = !held;
  for (const node of box.querySelectorAll("canvas, .sign, .by-name")) node.hidden = Boolean(held);
  const typed = box.querySelector('input[type="text"]');
  if (typed) {
    typed.disabled = Boolean(held);
    if (typed !== document.activeElement) typed.value = held ? "" : (value?.typed ?? "");
  }
  if (held) showHeld(kept, held);
}

/** Whether it may be given or taken away hangs on other answers. */
export function lockFile(box, locked) {
  const held = Boolean(box.querySelector('input[type="hidden"]')?.value);
  for (const node of box.querySelectorAll(".file canvas, .file .sign")) node.hidden = locked || held;
  for (const control of box.querySelectorAll('.file > input[type="file"], .file .kept button')) control.disabled = locked;
}

function showHeld(kept, held) {
  const href = address.replace("__file__", dashed(held.id));
  const link = kept.querySelector("a");
  link.textContent = held.name;
  if (href) link.href = href;
  kept.querySelector("small").textContent = shownSize(held.size, document.documentElement.lang);
  const picture = kept.querySelector("img");
  if (picture && href) picture.src = `${href}small/`;
  if (picture) picture.hidden = !href;
}

export class Files {
  /**
   * @param root  where the fields stand
   * @param token  () => the run token of now
   * @param give  (place, value) => the answer counts
   * @param told  (box, text, bad) => says something under the question
   * @param kept  (text) => says that a file is kept
   */
  constructor({ root, data, wording, token, give, told, kept }) {
    Object.assign(this, { data, wording, token, give, told, kept });
    address = data.urls?.file ?? "";
    this.pending = 0;
    this.turns = new WeakMap(); // box -> how many files were chosen in it: the last one counts
    new Signing(root, (box, strokes) => this.send(box, new Blob([JSON.stringify(strokes)]), "signature"));
    globalThis.addEventListener("beforeunload", (event) => this.pending > 0 && event.preventDefault());
  }

  /** A file was chosen in its box. True when the event was that. */
  chosen(event) {
    if (!event.target.matches('input[type="file"]')) return false;
    const [file] = event.target.files;
    const box = event.target.closest("[data-place]");
    if (file) this.send(box, file, file.name);
    event.target.value = "";
    return true;
  }

  /** Whether it was kept. */
  async send(box, file, name) {
    const { place } = box.dataset;
    const turn = (this.turns.get(box) ?? 0) + 1;
    this.turns.set(box, turn);
    this.pending += 1;
    this.told(box, this.wording.say("sending"), false);
    const answer = this.data.urls ? await this.#sent(box, file, name) : { value: pretended(box, file, name) };
    this.pending -= 1;
    if (this.turns.get(box) !== turn) return false;
    progressOf(box).hidden = true;
    if (answer.value) {
      this.told(box, "", false);
      putFile(box, answer.value);
      this.give(place, answer.value);
      this.kept(this.wording.say("sent", { name: answer.value.name }));
    } else this.told(box, answer.message || this.wording.say("not_sent"), true);
    return Boolean(answer.value);
  }

  /** Again when the line is gone, with the same id. */
  async #sent(box, file, name) {
    const form = new FormData();
    form.append("id", newId(crypto));
    form.append("question", box.dataset.name);
    form.append("file", file, name);
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#exchange(form, progressOf(box));
      } catch {
        if (tried === TRIES) return {};
        await new Promise((done) => setTimeout(done, PAUSE * tried));
      }
    }
  }

  #exchange(form, progress) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.data.urls.upload);
      request.setRequestHeader("X-Run-Token", this.token());
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        progress.hidden = false;
        progress.value = total ? loaded / total : 0;
      });
      request.addEventListener("error", failed);
      request.addEventListener("load", () => {
        try {
          done(JSON.parse(request.responseText));
        } catch {
          failed();
        }
      });
      request.send(form);
    });
  }
}

const progressOf = (box) => box.querySelector("progress");

function pretended(box, file, name) {
  const kinds = { photo: "image/jpeg", signature: "image/png" };
  const accepted = box.querySelector('input[type="file"]')?.accept.split(",") ?? [];
  const mediaType = kinds[box.dataset.type] ?? (accepted.includes(file.type) ? file.type : accepted[0]);
  const size = String(Math.min(Math.max(file.size, 1), 10 * MEGABYTE));
  return { ...PRETENDED, name: name.slice(0, 100), media_type: mediaType, size };
}
