/** At home, after signing in: what an earlier page left sealed in this browser is sent, and said. */
import { sendLeft } from "./left.mjs";
import { Unsent } from "./unsent.mjs";
import { cookie, post } from "./saving.mjs";
import { openShelf } from "./shelf.mjs";
import { Wording } from "./wording.mjs";

const MOST_LINKS = 5;

async function arrive(place, data) {
  const shelf = await openShelf();
  if ((await shelf.all()).length === 0) return;
  const send = async (url, token, body) => post(url, body, { "X-Run-Token": token, "X-CSRFToken": cookie(data.csrf_cookie) });
  const keys = async () => {
    const { status, body } = await send(data.keys, "", {});
    if (status !== 200) throw new Error(`keys: ${status}`);
    return body;
  };
  const wording = new Wording(data.wording);
  say(place, wording.say("taken_up_waiting")); // until the server has them
  const told = await sendLeft(new Unsent({ shelf: async () => shelf, keys }), send, { sent });
  place.hidden = true; // what is left belongs to a tab that lives, or to somebody else
  show(place, told, wording);
}

/** Whoever goes on to this record at once may come to a page that was drawn before: it is drawn anew then (see saving.mjs). */
function sent(save, number) {
  const name = `taken-up ${save}`;
  sessionStorage.setItem(name, Number(sessionStorage.getItem(name)) + 1);
  sessionStorage.setItem(`reached ${save}`, number);
}

function say(place, text) {
  place.hidden = false;
  place.textContent = text;
}

function show(place, told, wording) {
  const lines = ["saved", "late", "refused"].filter((what) => told[what]).map((what) => wording.counted(`taken_up_${what}`, told[what]));
  if (lines.length === 0) return;
  say(place, lines.join(" "));
  for (const address of [...told.records].slice(0, MOST_LINKS)) {
    const link = document.createElement("a");
    link.href = address.replace(/save\/$/, "");
    link.textContent = wording.say("open_call");
    place.append(" ", link);
  }
}

const place = document.querySelector("[data-arriving]");
const data = document.getElementById("arriving-data");
if (place && data) arrive(place, JSON.parse(data.textContent)).catch(() => {}); // a browser that keeps nothing has left nothing
