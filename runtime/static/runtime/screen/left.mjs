/**
 * What an earlier page left sealed behind is sent: with a fresh token where this person still holds the record under the same
 * version, else with that of the sitting it was typed in; the server then keeps it as late answers. In order, record by record.
 */
import { EventQueue } from "./queue.mjs";

const ALONE = "unsent being sent";

/**
 * @param post  async (url, token, body) => ({status, body})
 * @param sent  (save, number) for each answer that is in its record now, before it is taken off the shelf
 * @returns {saved, late, refused, records}: how many answers, and the addresses of the records that got something
 */
export async function sendLeft(unsent, post, { sent = () => {}, locks = navigator.locks } = {}) {
  return locks.request(ALONE, async () => {
    const told = { saved: 0, late: 0, refused: 0, records: new Set() };
    const byRecord = Map.groupBy ? Map.groupBy(await unsent.left(), (one) => one.save) : grouped(await unsent.left());
    for (const ones of byRecord.values()) await sendOne(unsent, post, ones, told, sent);
    await unsent.tail;
    return told;
  });
}

/** As the page of a record does, which is drawn anew with it; so is one that is `behind` what the home has sent of its record. */
export async function takeUp(saving, listeners, post) {
  const { save } = saving.data.urls;
  const told = await sendLeft(saving.unsent, post);
  const count = Math.max(saving.takenUp, told.saved); // what the home sent and had not taken off the shelf yet is in both
  if (saving.behind || told.records.has(save)) setTimeout(() => drawAnew(saving, listeners, count)); // its own typing waits for us
}

async function drawAnew(saving, listeners, count) {
  listeners.leaving();
  if (!(await saving.queue.flush())) return;
  if (count) sessionStorage.setItem(`taken-up ${saving.data.urls.save}`, count);
  saving.leaving = true;
  location.reload();
}

function grouped(ones) {
  const groups = new Map();
  for (const one of ones) groups.set(one.save, [...(groups.get(one.save) ?? []), one]);
  return groups;
}

async function sendOne(unsent, post, ones, told, sent) {
  const { save, renew, token } = ones.at(-1);
  const fresh = await renewed(post, renew, token);
  const tokens = fresh ? [fresh] : [...new Set(ones.map((one) => one.token))];
  for (const each of tokens) {
    const items = ones.filter((one) => fresh || one.token === each).map((one) => one.item);
    await played(unsent, (batch) => post(save, each, { events: batch }), items, (what, number) => {
      told[what] += 1;
      told.records.add(save);
      if (what === "saved") sent(save, number);
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
        acknowledged: (item, answer) => item.event.event !== "section_opened" && count(answer.late ? "late" : "saved", answer.number),
        refused: () => count("refused"),
        halted: () => resolve(),
        changed: () => queue.unsent === 0 && resolve(),
      },
    });
    queue.waiting = items;
    queue.flush();
  });
}
