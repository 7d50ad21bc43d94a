/** The call itself: how long it lasts, and its number for a telephone of one's own. Nothing of it is kept. */
const SECOND = 1000;

export class Call {
  constructor(root) {
    this.clock = root?.querySelector("[data-clock]") ?? null;
    for (const button of root?.querySelectorAll("[data-copy]") ?? []) button.hidden = !navigator.clipboard;
    if (!this.clock) return;
    this.began = Date.now() - Number(this.clock.dataset.clock) * SECOND;
    this.clock.hidden = false;
    this.tick();
    setInterval(() => this.tick(), SECOND);
  }

  tick() {
    this.clock.querySelector("[data-time]").textContent = lasted(Math.floor((Date.now() - this.began) / SECOND));
  }

  /** The clock counts from the dialling. */
  dialled() {
    if (!this.clock) return;
    this.began = Date.now();
    this.tick();
  }

  /** True when the number lies in the clipboard. */
  async copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      return true;
    } catch {
      return false;
    }
  }
}

/** Seconds as people read a clock: 4:05, 1:02:09. */
export function lasted(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => (index ? String(part).padStart(2, "0") : String(part))).join(":");
}
