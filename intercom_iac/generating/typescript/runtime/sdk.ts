function findMessenger(): Messenger | undefined {
  if (typeof (window as Page).Intercom !== "function") return undefined;
  return (method, ...values) => {
    if (method === "update") sdkUpdate(values[0] as Record<string, unknown>);
    else if (method === "trackEvent") sdkTrackEvent(...values);
    else sdkShutdown();
  };
}

/** Boots the Messenger; whether it could. */
function startMessenger(settings: Record<string, unknown>): boolean {
  const isThere = findMessenger() !== undefined;
  if (
    !isThere &&
    typeof configuration.scriptUrl !== "string" &&
    !hasAppId(settings)
  )
    return false;
  const withId = settings as Record<string, unknown> & { app_id: string };
  if (!isThere)
    Intercom(
      typeof configuration.scriptUrl === "string"
        ? { ...withId, widgetUrl: configuration.scriptUrl }
        : withId,
    );
  const isOver = takeEarlyShutdown();
  if (isOver) sdkShutdown();
  if (isThere || isOver) sdkBoot(withId);
  sendEarlyCalls();
  return true;
}
