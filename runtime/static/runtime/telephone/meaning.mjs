/** What the messages of a telephone's frame mean: events of calls, in the words that the server reads. Pure. */

const TYPES = new Set(["ready", "screenPop", "processCallLog", "openCallLog", "contactSearch", "interactionSubscription", "userActionSubscription", "notificationSubscription"]);
const REFERENCE = /^[!-~]{1,120}$/;
const NO_CALL = ["isChat", "isEmail", "isMessage", "isCallback"];
const LONGEST = 64 * 1024;
const OVER = new Set(["disconnect", "deallocate", "acw"]);

/** `{type, data}` of what was posted; null for what is none of the frame's messages. */
export function read(text) {
  if (typeof text !== "string" || text.length > LONGEST) return null;
  try {
    const message = JSON.parse(text);
    if (!TYPES.has(message?.type)) return null;
    const data = message.data ?? {};
    return typeof data === "object" && !Array.isArray(data) ? { type: message.type, data } : null;
  } catch {
    return null;
  }
}

/** The interaction that a message is about; null where it names none, or one that is no call. */
export function interaction({ type, data }) {
  const told = data.interaction?.new ?? data.interaction ?? (type === "screenPop" ? { id: data.interactionId, phone: data.searchString, direction: "Inbound" } : null);
  if (!told || !REFERENCE.test(told.id ?? "") || NO_CALL.some((kind) => told[kind] === true)) return null;
  return told;
}

/** The calls of this page: what was told of each, once. */
export class Calls {
  constructor() {
    this.all = new Map();
  }

  /** The call, and the events of it that are new. */
  heard(category, told) {
    const call = this.all.get(told.id) ?? this.#begun(told);
    const events = [];
    if (!call.rang) events.push("newCall");
    if (!call.answered && (told.isConnected === true || category === "connect")) events.push("answer");
    if (!call.ended && (told.isDisconnected === true || OVER.has(category))) events.push("hangup");
    call.rang = true;
    call.answered ||= events.includes("answer");
    call.ended ||= events.includes("hangup");
    return { call, events: events.map((event) => this.#event(call, event)) };
  }

  #begun(told) {
    const direction = String(told.direction).toLowerCase() === "outbound" ? "out" : "in";
    const call = { id: told.id, direction, number: typeof told.phone === "string" ? told.phone.slice(0, 100) : "", rang: false, answered: false, ended: false };
    this.all.set(told.id, call);
    return call;
  }

  #event(call, event) {
    const told = { event, callId: call.id, direction: call.direction, [call.direction === "in" ? "from" : "to"]: call.number || "anonymous" };
    return event === "hangup" ? { ...told, cause: call.answered ? "normalClearing" : "noAnswer" } : told;
  }

  get going() {
    return [...this.all.values()].some((call) => !call.ended);
  }
}
