function findMessenger(): Messenger | undefined {
  const messenger = (window as Page).Intercom;
  return typeof messenger === "function" ? (messenger as Messenger) : undefined;
}

function startMessenger(settings: Record<string, unknown>): void {
  if (typeof window === "undefined") {
    callMessenger("boot");
    return;
  }
  if (findMessenger() === undefined) addScript(settings["app_id"] ?? (window as Page).intercomSettings?.app_id);
  findMessenger()?.("boot", settings);
  sendEarlyCalls();
}

/** The Messenger's script, and the queue that its calls wait in until it is there. */
function addScript(appId: unknown): void {
  if (appId === undefined && configuration.scriptUrl === undefined)
    accept({ sent: [], problems: [{ kind: "invalid", message: "the settings have no `app_id`", key: "app_id" }] });
  const calls: unknown[][] = [];
  const queue = Object.assign((...call: unknown[]) => void queue.c(call), {
    q: calls,
    c: (call: unknown[]) => void calls.push(call),
  });
  (window as Page).Intercom = queue;
  const url = configuration.scriptUrl ?? `https://widget.intercom.io/widget/${encodeURIComponent(String(appId))}`;
  if (url === false) return;
  const script = document.createElement("script");
  script.async = true;
  script.src = url;
  document.head.appendChild(script);
}
