/**
 * What an earlier page left sealed behind is sent: with a fresh token where this person still holds the record under the same
 * version, else with that of the sitting it was typed in; the server then keeps it as late answers. In order, record by record.
 */
import { EventQueue } from "./queue.mjs";

const ALONE = "unsent being sent";

/**
 * @param post  async (url, token, body) => ({status, body})
 * @returns {saved, late, refused, records}: how many answers, and the addresses of the records that got something
 */
export async function sendLeft(unsent, post, locks = navigator.locks) {
  return locks.request(ALONE, async () => {
    const told = { saved: 0, late: 0, refused: 0, records: new Set() };
    const byRecord = Map.groupBy ? Map.groupBy(await unsent.left(), (one) => one.save) : grouped(await unsent.left());
    for (const ones of byRecord.values()) await sendOne(unsent, post, ones, told);
    await unsent.tail;
    return told;
  });
}

function grouped(ones) {
  const groups = new Map();
  for (const one of ones) groups.set(one.save, [...(groups.get(one.save) ?? []), one]);
  return groups;
}

async function sendOne(unsent, post, ones, told) {
  const { save, renew, token } = ones.at(-1);
  const fresh = await renewed(post, renew, token);
  const tokens = fresh ? [fresh] : [...new Set(ones.map((one) => one.token))];
  for (const each of tokens) {
    const items = ones.filter((one) => fresh || one.token === each).map((one) => one.item);
    await played(unsent, (batch) => post(save, each, { events: batch }), items, (what) => {
      told[what] += 1;
      told.records.add(save);
    });
  }
}

async function renewed(post, renew, token) {
  try {
    return (await post(renew, token, {})).body.token ?? null;
  } catch {
    return null; // the line went again: the queue waits for it
  }
}

/** Until all of it is acknowledged, or the server wants none of it. */
function played(unsent, post, items, count) {
  return new Promise((resolve) => {
    const queue = new EventQueue({
      post,
      store: unsent,
      listeners: {
        acknowledged: (item, answer) => item.event.event !== "section_opened" && count(answer.late ? "late" : "saved"),
        refused: () => count("refused"),
        halted: () => resolve(),
        changed: () => queue.unsent === 0 && resolve(),
      },
    });
    queue.waiting = items;
    queue.flush();
  });
}
