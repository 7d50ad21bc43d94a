/** Hears the bell: a line that is held open, on which the server says that something changed at this person's telephone, and nothing
 * more. The pass goes in the body: addresses are kept in logs. No cookie goes with it. */

const OPENING = 5000; // until its first word: a proxy that keeps what it should pass on is found out
const SILENCE = 50000; // the bell says something every 20 seconds; after this the line is dead

/** `opened`: the line is there; `changed`: ask now. Ends with true where a new line is to be opened at once; raises where none can be had.
 * `line` (an AbortController) closes it. */
export async function listen(address, pass, { line, opened, changed }) {
  let timer = setTimeout(() => line.abort(), OPENING);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => line.abort(), SILENCE);
  };
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "text/plain" }, body: pass, credentials: "omit", redirect: "error", cache: "no-store", signal: line.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return await follow(answer.body.getReader(), { heard, opened, changed });
  } finally {
    clearTimeout(timer);
    line.abort();
  }
}

async function follow(reader, { heard, opened, changed }) {
  const decoder = new TextDecoder();
  let rest = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return false;
    heard();
    if (rest === null) opened();
    const events = ((rest ?? "") + decoder.decode(value, { stream: true })).split("\n\n");
    rest = events.pop();
    if (events.includes("data: changed")) changed();
    if (events.includes("data: again")) return true;
  }
}
