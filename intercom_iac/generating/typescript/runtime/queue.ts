function findMessenger(): Messenger | undefined {
  const messenger = (window as Page).Intercom;
  return typeof messenger === "function" ? (messenger as Messenger) : undefined;
}

/** Boots the Messenger; whether it could. */
function startMessenger(settings: Record<string, unknown>): boolean {
  if (findMessenger() === undefined) {
    if (
      typeof configuration.scriptUrl !== "string" &&
      configuration.scriptUrl !== false &&
      !hasAppId(settings)
    )
      return false;
    addScript(settings["app_id"] ?? (window as Page).intercomSettings?.app_id);
  }
  const messenger = findMessenger();
  if (takeEarlyShutdown()) messenger?.("shutdown");
  messenger?.("boot", settings);
  sendEarlyCalls();
  return true;
}

/** The Messenger's script, and the queue that its calls wait in until it is there. */
function addScript(appId: unknown): void {
  const calls: unknown[][] = [];
  const queue = Object.assign((...call: unknown[]) => void queue.c(call), {
    q: calls,
    c: (call: unknown[]) => void calls.push(call),
  });
  (window as Page).Intercom = queue;
  const url =
    configuration.scriptUrl ??
    `https://widget.intercom.io/widget/${encodeURIComponent(String(appId))}`;
  if (url === false) return;
  const script = document.createElement("script");
  script.async = true;
  script.src = url;
  script.onerror = () =>
    report({
      kind: "not sent",
      message: "the Messenger's script was not loaded, and nothing is sent",
    });
  document.head.appendChild(script);
}
