// For the frame of Genesys Cloud (Embeddable Framework): this file is named in its settings, is fetched by the frame and runs there,
// with nothing of ours but this. It tells the page that holds the frame what happens to calls, and dials what that page asks for.
// The one page it talks to is of the house this file was fetched from: each message names that origin, and is taken from it alone.
// Address: /static/runtime/telephone/framework.js?client=<OAuth client of the organisation at Genesys>

(() => {
  const script = document.currentScript;
  if (!script || window.parent === window) return; // who fetched it cannot be known, or nobody holds the frame
  const fetched = new URL(script.src);
  const house = fetched.origin;
  const logged = new Map(); // call logs that the house has not kept yet
  const PATIENCE = 10000;
  let found = null;

  const DEEDS = {
    clickToDial: (data) => window.PureCloud.clickToDial(data),
    addAssociation: (data) => window.PureCloud.addAssociation(data),
    addAttribute: (data) => window.PureCloud.addCustomAttributes(data),
    addTransferContext: (data) => window.PureCloud.addTransferContext(data),
    sendContactSearch: (data) => found?.(data),
    updateUserStatus: (data) => window.PureCloud.User.updateStatus(data),
    updateInteractionState: (data) => window.PureCloud.Interaction.updateState(data),
    setView: (data) => window.PureCloud.User.setView(data),
    callLogKept: (data) => settled(data.interactionId, data.id), // ours, beside those of the framework
  };

  function tell(type, data) {
    window.parent.postMessage(JSON.stringify({ type, data }), house);
  }

  /** What the house needs to know of a call, and no more. */
  function seen(interaction) {
    if (!interaction) return null;
    if (interaction.new) return { new: seen(interaction.new) };
    const { id, direction, phone, isConnected, isDisconnected, isChat, isEmail, isMessage, isCallback } = interaction;
    return { id, direction, phone, isConnected, isDisconnected, isChat, isEmail, isMessage, isCallback };
  }

  function settled(id, kept) {
    const waiting = logged.get(id);
    if (!waiting) return;
    logged.delete(id);
    clearTimeout(waiting.timer);
    if (kept) waiting.onSuccess({ id: kept });
    else waiting.onFailure();
  }

  function hear(event) {
    if (event.origin !== house || event.source !== window.parent || typeof event.data !== "string") return;
    let message;
    try {
      message = JSON.parse(event.data);
    } catch {
      return;
    }
    if (message && Object.hasOwn(DEEDS, message.type)) DEEDS[message.type](message.data ?? {});
  }

  window.Framework = {
    config: {
      name: "Scriptorium",
      clientIds: { [window.location.hostname.replace(/^apps\./, "")]: fetched.searchParams.get("client") ?? "" },
      customInteractionAttributes: [],
      settings: { embedWebRTCByDefault: true, enableCallLogs: true, enableTransferContext: false, hideCallLogSubject: true, hideCallLogContact: true, hideCallLogRelation: true, searchTargets: ["people", "queues"] },
    },
    initialSetup() {
      window.PureCloud.subscribe([
        { type: "Interaction", callback: (category, interaction) => tell("interactionSubscription", { category, interaction: seen(interaction) }) },
        { type: "UserAction", callback: (category) => tell("userActionSubscription", { category }) },
        { type: "Notification", callback: (category) => tell("notificationSubscription", { category }) },
      ]);
      window.addEventListener("message", hear);
      tell("ready", {}); // ours
    },
    screenPop(searchString, interaction) {
      tell("screenPop", { searchString, interactionId: interaction?.id, interaction: seen(interaction) });
    },
    processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
      const id = interaction?.id;
      logged.set(id, { onSuccess, onFailure, timer: setTimeout(() => settled(id, ""), PATIENCE) });
      tell("processCallLog", { callLog: { id: callLog?.id }, interactionId: id, interaction: seen(interaction), eventName });
    },
    openCallLog(callLog) {
      tell("openCallLog", { callLog: { id: callLog?.id } });
    },
    contactSearch(searchString, onSuccess) {
      found = onSuccess;
      tell("contactSearch", {});
    },
  };
})();
