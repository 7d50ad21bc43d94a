// Our page inside the telephone system's window. It has no cookie: a window of the house hands it a token, which stays in memory.

const PAUSE = 1500;
const UNSEEN = 5000;
const data = JSON.parse(document.getElementById("inside-data").textContent);
const place = document.querySelector("[data-inside]");
const shut = document.querySelector("[data-let-in]");
const note = document.querySelector("[data-note]");
let token = "";
let asked = null; // the window that was opened for it
let shown = "";

function say(text) {
  note.hidden = text === "";
  if (note.textContent !== text) note.textContent = text;
}

function show(html) {
  if (html === shown) return; // the focus stays where it is
  shown = html;
  place.innerHTML = html;
}

async function ask() {
  const body = JSON.stringify({ conversation: data.conversation, language: data.language });
  const headers = { "Content-Type": "application/json", "X-Inside-Token": token };
  const answer = await fetch(place.dataset.inside, { method: "POST", headers, body, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(8000) });
  if (answer.status === 401) return leave();
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  token = told.token;
  shut.hidden = true;
  say("");
  show(told.html);
  return true;
}

function leave() {
  token = "";
  shut.hidden = false;
  show("");
  say(data.words.refused);
  return false;
}

async function watch() {
  let on = true;
  try {
    on = await ask();
  } catch {
    say(data.words.line);
  }
  if (on) setTimeout(watch, document.visibilityState === "visible" ? PAUSE : UNSEEN);
}

shut.querySelector("button").addEventListener("click", (event) => {
  asked = window.open(event.target.dataset.address, "_blank"); // with an opener: it answers to this page
});

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || !asked || event.source !== asked || token) return;
  if (typeof event.data?.inside !== "string") return;
  token = event.data.inside;
  asked.close();
  asked = null;
  watch();
});
