import { useEffect, useRef } from "react";
import type { BootSettings } from "INDEX";
import { boot, shutdown, trackEvent, update } from "INDEX";

/**
 * Boots the Messenger for these settings, and shuts it down when the component goes or another person comes.
 * Settings that change are sent as an update, as are those of a visitor who becomes known; null boots nothing.
 * Returns what sends data. A page has one Messenger, and one component that calls this.
 */
export function useIntercom(settings: BootSettings | null): {
  readonly update: typeof update;
  readonly trackEvent: typeof trackEvent;
} {
  const given = JSON.stringify(settings);
  const session = useRef<{
    readonly app: unknown;
    readonly person: unknown;
    readonly given: string;
  } | null>(null);

  useEffect(() => {
    const before = session.current;
    if (before?.given === given) return;
    const app = settings?.app_id;
    const person =
      settings?.user_id ?? settings?.email ?? settings?.intercom_user_jwt;
    const isOther =
      before?.app !== app ||
      (before?.person !== undefined && before?.person !== person);
    if (before !== null && (settings === null || isOther)) {
      session.current = null;
      shutdown();
    }
    if (settings === null) return;
    if (session.current === null) boot(settings);
    else update(settings);
    session.current = { app, person, given };
  }, [given]);

  useEffect(
    () => () => {
      if (session.current === null) return;
      session.current = null;
      shutdown();
    },
    [],
  );

  return { update, trackEvent };
}
