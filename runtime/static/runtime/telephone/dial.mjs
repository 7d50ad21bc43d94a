/** On the pages where an agent works: what is dialled by the telephone's frame is asked of the page that holds it. */

const PATIENCE = 1500;
const channel = new BroadcastChannel("scriptorium-telephone");

function tell(link) {
  document.querySelector("[data-telephone-closed]")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "message warning", textContent: `${link.dataset.closed} ` });
  line.setAttribute("role", "alert");
  line.dataset.telephoneClosed = "";
  line.append(Object.assign(document.createElement("a"), { href: "/telephone/", target: "_blank", rel: "noopener", textContent: link.dataset.open }));
  document.querySelector("[data-calls]").append(line);
}

function ask(link) {
  const id = crypto.randomUUID();
  const timer = setTimeout(() => tell(link), PATIENCE);
  const heard = ({ data }) => {
    if (data?.dialled !== id) return;
    clearTimeout(timer);
    channel.removeEventListener("message", heard);
    if (data.ready) document.querySelector("[data-telephone-closed]")?.remove();
    else tell(link);
  };
  channel.addEventListener("message", heard);
  channel.postMessage({ dial: link.getAttribute("href").replace(/^tel:/, ""), id });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-by-frame]");
  if (!link) return;
  event.preventDefault();
  ask(link);
});

/** Calls back when the telephone page told the server something. */
export function whenTold(ask) {
  channel.addEventListener("message", ({ data }) => data?.told === true && ask());
}
