"""A telephone system's frame for tests: a page of another origin that behaves as Genesys Cloud's does towards the file it fetches.

`PureCloud` stands in for the softphone; a test drives it from inside (`frame.evaluate`). Nothing of Genesys is in it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PAGE = """<!doctype html><html lang="en"><title>Softphone</title><h1>Softphone</h1><ul></ul>
<script>
  const dialled = [], said = [];
  let subscribed = [];
  window.PureCloud = {
    subscribe: (list) => { subscribed = list; },
    clickToDial: (data) => { dialled.push(data); tell("add", call("g-out", "Outbound", data.number)); },
  };
  function call(id, direction, phone, more = {}) { return { id, direction, phone, name: "Somebody Else", isConnected: false, isDisconnected: false, ...more }; }
  function tell(category, interaction) { subscribed.find((one) => one.type === "Interaction").callback(category, interaction); }
  function log(interaction) {
    return new Promise((done) => Framework.processCallLog({}, interaction, "interactionChanged", (kept) => done(kept.id), () => done("failed")));
  }
  window.addEventListener("message", (event) => said.push(event.data));
</script>
<script src="HOUSE/static/runtime/telephone/framework.js?client=abc-1"></script>
<script>Framework.initialSetup();</script>
"""


@contextmanager
def softphone(house: str) -> Iterator[str]:
    """The address of its frame, on a port (an origin) of its own; `/other` shows a page that holds whatever is asked for."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = PAGE.replace("HOUSE", house)
            if self.path.startswith("/other?"):
                held = self.path.partition("?")[2]
                page = f'<!doctype html><html lang="en"><title>Other</title><iframe name="held" title="held" style="width:100%;height:90vh" src="{held}"></iframe>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_told: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/crm/index.html"
    finally:
        server.shutdown()
        server.server_close()
