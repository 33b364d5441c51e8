import { useEffect, useRef } from "react";
import { boot, shutdown, trackEvent, update, type BootSettings } from "INDEX";

/**
 * Boots the Messenger for these settings, and shuts it down when the component goes or another person comes.
 * Settings that change are sent as an update; null boots nothing. Returns what sends data.
 */
export function useIntercom(settings: BootSettings | null): {
  readonly update: typeof update;
  readonly trackEvent: typeof trackEvent;
} {
  const given = settings === null ? null : JSON.stringify(settings);
  const person =
    settings === null
      ? null
      : JSON.stringify([settings.app_id, settings.user_id, settings.email, settings.intercom_user_jwt]);
  const latest = useRef(settings);
  const sent = useRef<string | null>(null);
  latest.current = settings;

  useEffect(() => {
    if (person === null || latest.current === null) return undefined;
    boot(latest.current);
    sent.current = JSON.stringify(latest.current);
    return () => {
      sent.current = null;
      shutdown();
    };
  }, [person]);

  useEffect(() => {
    if (given === null || latest.current === null || sent.current === given) return;
    sent.current = given;
    update(latest.current);
  }, [given]);

  return { update, trackEvent };
}
