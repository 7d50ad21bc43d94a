/**
 * What changes at a question although nobody answers it: whether it is required or locked, a default, the choices that are
 * offered, a kept answer, its warnings. Drawn by workspace/screen_marks.py; only boxes that say so (`data-follows`) have any of it.
 */
import { controlsOf, put } from "./fields.mjs";
import { formatValue } from "./format.mjs";
import { kits } from "./projection.mjs";

const MOST_KEYS = 9;
const TICKED = "[type=radio], [type=checkbox]";

export class Marks {
  /** @param notes  what the reading of typed answers said: it goes when a default moves */
  constructor(sheet, wording, notes) {
    Object.assign(this, { sheet, wording, notes });
    this.drawn = new Map(); // box -> what was put into it and offered in it last
  }

  /** Returns what the reading of a default has to say, else nothing. */
  follow(box, place, seen) {
    this.#required(box, seen);
    this.#locked(box, seen);
    this.#kept(box, place, seen);
    this.#warned(box, seen);
    return this.#value(box, place, seen);
  }

  #required(box, seen) {
    const optional = box.querySelector("[data-optional]");
    if (!optional) return;
    optional.hidden = seen.required;
    for (const control of controlsOf(box)) {
      if (control.matches(TICKED)) continue;
      if (seen.required) control.setAttribute("aria-required", "true");
      else control.removeAttribute("aria-required");
    }
  }

  #locked(box, seen) {
    if (seen.read_only === undefined) return;
    box.querySelector("[data-locked]").hidden = !seen.read_only;
    for (const control of controlsOf(box)) {
      if (control.matches(`${TICKED}, select`)) control.disabled = seen.read_only || control.closest("label")?.hidden === true;
      else control.readOnly = seen.read_only;
    }
    kits.file?.lockFile(box, seen.read_only);
    const clear = box.querySelector(".choice-clear");
    if (clear && seen.read_only) clear.hidden = true;
  }

  /** A default stands in the field as long as nobody answered; of filtered choices those that are offered. */
  #value(box, place, seen) {
    const before = this.drawn.get(box) ?? { held: undefined, suggested: false, offered: undefined };
    const { choices } = seen;
    const offered = choices === before.choices ? before.offered : choices?.join(" "); // thousands are not joined each time
    const now = { held: JSON.stringify(seen.value), suggested: Boolean(seen.defaulted), choices, offered };
    this.drawn.set(box, now);
    if (now.offered !== before.offered) offer(box, new Set(seen.choices));
    const suggested = box.querySelector("[data-suggested]");
    if (suggested) suggested.hidden = !now.suggested || Boolean(seen.read_only);
    const moved = now.held !== before.held || now.suggested !== before.suggested;
    const owned = now.suggested || (before.suggested && (this.sheet.state.answers[place] ?? null) === null);
    const chosen = seen.choices && seen.relevant && (moved || now.offered !== before.offered);
    if (chosen || (owned && moved)) {
      put(box, seen.value);
      this.notes.delete(place);
    }
    return now.suggested && box.dataset.control === "line" ? this.#reading(place, seen.value) : null;
  }

  #reading(place, value) {
    const shown = formatValue(value, this.sheet.question(place), this.sheet, this.wording, place);
    return shown === value ? null : { text: this.wording.say("read_as", { value: shown }), value: shown };
  }

  #kept(box, place, seen) {
    const line = box.querySelector("[data-kept]");
    if (!line) return;
    line.hidden = !(seen.kept && seen.relevant);
    box.querySelector("[data-nothing]").hidden = seen.choices.length > 0 || !line.hidden;
    if (line.hidden) return;
    const raw = this.sheet.state.answers[place];
    line.textContent = this.wording.say("kept", { value: formatValue(raw, this.sheet.question(place), this.sheet, this.wording, place) });
  }

  #warned(box, seen) {
    const part = box.querySelector("[data-warned]");
    if (!part) return;
    const warnings = seen.problems.filter((problem) => problem.warning);
    const reason = warnings.find((problem) => problem.overridden !== undefined)?.overridden;
    part.hidden = warnings.length === 0;
    part.querySelector("[data-warning]").textContent = warnings.map((problem) => this.wording.problem(problem)).join(" ");
    part.querySelector("[data-aside]").hidden = reason !== undefined;
    const given = part.querySelector("[data-overridden]");
    given.hidden = reason === undefined;
    given.textContent = reason === undefined ? "" : this.wording.say("set_aside_because", { reason });
    if (part.hidden || reason !== undefined) part.querySelector("[data-reason]").value = "";
  }
}

/** Only these choices are there to be chosen; their keys count them anew. */
function offer(box, names) {
  let key = 0;
  for (const label of box.querySelectorAll("label.choice")) {
    const control = label.querySelector("input");
    label.hidden = !names.has(control.value);
    control.disabled = label.hidden;
    if (!label.hidden) key += 1;
    const shown = label.querySelector("kbd");
    if (shown) shown.textContent = key <= MOST_KEYS ? String(key) : "";
  }
  for (const option of box.querySelectorAll("option")) {
    option.hidden = option.disabled = option.value !== "" && !names.has(option.value);
  }
}
