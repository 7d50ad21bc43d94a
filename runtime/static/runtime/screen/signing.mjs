/**
 * The sheet of a signature: strokes of the pen as points, shown while they are drawn. The server draws the picture that is kept,
 * on a sheet of the same size (`runtime/records/uploads/drawing.py`).
 */
const PEN = 5;
const INK = "#141414";
const MOST = 40000; // numbers, of all strokes

export class Signing {
  strokes = new WeakMap(); // canvas -> strokes, each [x, y, x, y, ..]
  drawing = null;

  /** @param done  async (box, strokes) => whether the signature was kept */
  constructor(root, done) {
    this.done = done;
    root.addEventListener("pointerdown", (event) => this.#begin(event));
    root.addEventListener("pointermove", (event) => this.#go(event));
    for (const name of ["pointerup", "pointercancel"]) root.addEventListener(name, () => (this.drawing = null));
    root.addEventListener("click", (event) => this.#clicked(event));
  }

  #begin(event) {
    if (!event.target.matches("canvas") || event.button !== 0) return;
    event.preventDefault();
    const canvas = event.target;
    canvas.setPointerCapture(event.pointerId);
    if (!this.strokes.has(canvas)) this.strokes.set(canvas, []);
    this.drawing = pointAt(event);
    this.strokes.get(canvas).push(this.drawing);
    this.#show(canvas);
  }

  #go(event) {
    if (!this.drawing || !event.target.matches("canvas")) return;
    const strokes = this.strokes.get(event.target);
    if (strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= MOST) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) this.#add(pointAt(one, event.target));
    this.#show(event.target);
  }

  #add([x, y]) {
    const [before, beneath] = this.drawing.slice(-2);
    if (x !== before || y !== beneath) this.drawing.push(x, y);
  }

  async #clicked(event) {
    const button = event.target.closest("[data-sign]");
    if (!button) return;
    const box = button.closest("[data-place]");
    const canvas = box.querySelector("canvas");
    const strokes = this.strokes.get(canvas) ?? [];
    if (button.dataset.sign === "done" && !(await this.done(box, strokes))) return;
    this.strokes.set(canvas, []);
    this.#show(canvas);
  }

  #show(canvas) {
    const strokes = this.strokes.get(canvas);
    for (const button of canvas.parentElement.querySelectorAll("[data-sign]")) button.disabled = strokes.length === 0;
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: INK });
    for (const stroke of strokes) line(pen, stroke);
  }
}

/** A point on the sheet, in whole numbers, however large it is shown. */
function pointAt(event, canvas = event.target) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const on = (at, length, most) => Math.min(Math.max(Math.round((at / length) * most), 0), most);
  return [on(event.clientX - left, width, canvas.width), on(event.clientY - top, height, canvas.height)];
}

function line(pen, stroke) {
  pen.beginPath();
  pen.moveTo(stroke[0], stroke[1]);
  for (let at = 0; at < stroke.length; at += 2) pen.lineTo(stroke[at], stroke[at + 1]);
  pen.stroke();
}
