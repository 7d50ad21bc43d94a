// From a finding of the check into the preview: the address of the editor names the finding (`?play=`), its answers are fetched, and the
// preview opens and plays them. The finding's block is opened by the address, too.

const part = document.querySelector("[data-check-play]");
const key = new URLSearchParams(location.search).get("play");

async function play() {
  const response = await fetch(part.dataset.checkPlay.replace("__key__", encodeURIComponent(key)), { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  window.scriptoriumPreview.play(await response.json());
  window.scriptoriumEditor.openPanel("preview");
}

if (part && key) {
  play().catch(() => {
    part.hidden = false; // it says that the check is to be asked again
  });
}
