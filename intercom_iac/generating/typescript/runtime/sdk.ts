function findMessenger(): Messenger | undefined {
  if (typeof (window as Page).Intercom !== "function") return undefined;
  return (method, ...values) => {
    if (method === "update") sdkUpdate(values[0] as Record<string, unknown>);
    else if (method === "trackEvent") sdkTrackEvent(...values);
    else sdkShutdown();
  };
}

function startMessenger(settings: Record<string, unknown>): void {
  if (typeof window === "undefined") {
    callMessenger("boot");
    return;
  }
  const withId = settings as Record<string, unknown> & { app_id: string };
  if (findMessenger() !== undefined) sdkBoot(withId);
  else if (typeof configuration.scriptUrl === "string")
    Intercom({ ...withId, widgetUrl: configuration.scriptUrl });
  else Intercom(withId);
  sendEarlyCalls();
}
