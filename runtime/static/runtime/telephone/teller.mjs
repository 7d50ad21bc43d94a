/** Tells the server what happened, in order, each thing until it is known there: the line may be down, the session at its end. */

const FIRST = 500;
const LONGEST = 15000;

export class Teller {
  #waiting = [];
  #running = false;

  /** `said(what)`: "" all is told, "line", "signed_out", or the server's own sentence. */
  constructor(address, token, said) {
    Object.assign(this, { address, token, said });
  }

  /** When it is known there: `{id, address}` of the call; null where it was refused. */
  tell(event) {
    return new Promise((done) => {
      this.#waiting.push({ event, since: performance.now(), done });
      this.#run();
    });
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let pause = FIRST; this.#waiting.length > 0; ) {
      if (await this.#sent(this.#waiting[0])) {
        this.#waiting.shift();
        pause = FIRST;
      } else {
        await new Promise((go) => setTimeout(go, pause));
        pause = Math.min(pause * 2, LONGEST);
      }
    }
    this.#running = false;
  }

  async #sent({ event, since, done }) {
    let answer;
    try {
      const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() };
      const body = JSON.stringify({ ...event, ago: (performance.now() - since) / 1000 });
      answer = await fetch(this.address, { method: "POST", headers, body, redirect: "error", signal: AbortSignal.timeout(10000) });
    } catch {
      this.said("line");
      return false;
    }
    if (answer.status === 401) this.said("signed_out");
    else if (answer.status >= 500 || answer.status === 429) this.said("line");
    else return this.#settled(answer, done);
    return false;
  }

  async #settled(answer, done) {
    const told = await answer.json().catch(() => ({}));
    this.said(answer.ok ? "" : (told.message ?? "line"));
    done(answer.ok ? told : null);
    return true;
  }
}
