// One line in the editor: what the check knows of the draft as it was saved last. Asked again when the author comes back to the page.

const part = document.querySelector("[data-check-status]");

/** Asks once; where nobody answers the line stays as it is. */
async function ask() {
  try {
    const response = await fetch(part.dataset.checkStatus, { headers: { Accept: "application/json" } });
    if (response.ok) part.textContent = (await response.json()).words;
  } catch {
    // asked again later
  }
}

if (part) {
  ask();
  window.addEventListener("focus", ask);
}
