// The embedded workspace's stand-in for the Messenger: it shows nothing and sends what a page calls, one call at a time.
//
// What it knows of the Messenger: a second boot without a shutdown is ignored, updates past 20 in 30 minutes are, and
// custom attributes are flat keys. Assumptions: it boots by itself with `intercomSettings` where the page has called
// no boot, and an update or an event before any boot is ignored.
(() => {
  "use strict";

  const WORKSPACE = "SANDBOX";
  const LARGEST_UPDATES = 20;
  const UPDATE_PERIOD = 30 * 60 * 1000;
  const LONGEST_KEPT_ALIVE = 20_000;
  const IDENTITY = ["user_id", "email", "user_hash", "intercom_user_jwt"];
  const WITHOUT_EFFECT = new Set(
    (
      "reattach_activator hide show showSpace showMessages showNewMessage onHide onShow onUnreadCountChange" +
      " onUserEmailSupplied getVisitorId startTour showArticle showNews startSurvey startChecklist showTicket" +
      " showConversation hideNotifications startConversation whoami onReady"
    ).split(" "),
  );

  const loader = window.Intercom;
  if (loader && loader.settled) return;

  let person = null; // what the workspace knows the signed-in person by; null without a boot
  let token = "messenger";
  let updates = [];
  let lastCall = Promise.resolve();

  const warn = (text) => console.warn(`Messenger stand-in: ${text}`);

  const identity = (data) =>
    Object.fromEntries(IDENTITY.filter((key) => data[key] != null).map((key) => [key, data[key]]));

  const post = async (method, body) => {
    let response;
    try {
      response = await fetch(`${WORKSPACE}/sandbox/messenger/${method}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body,
        keepalive: body.length < LONGEST_KEPT_ALIVE, // also when the page is left meanwhile
      });
    } catch {
      warn(`${method} did not reach ${WORKSPACE}; is it served with --allow-origin ${location.origin}?`);
      return;
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) warn(`${method} failed: ${answer.errors ? answer.errors[0].message : response.status}`);
    else if (answer.values_ignored && answer.values_ignored.length)
      warn(`${method} ignored ${answer.values_ignored.join(", ")}`);
  };

  // The body is made at once: the page may change its object afterwards.
  const send = (method, data) => {
    const body = JSON.stringify(data);
    lastCall = lastCall.then(() => post(method, body));
  };

  const isKnown = (method) => {
    if (person === null) warn(`${method} before boot is ignored`);
    else if (Object.keys(person).length) return true;
    else warn(`${method} of a visitor is ignored: visitors are not simulated`);
    return false;
  };

  const METHODS = {
    boot(settings = {}) {
      if (person !== null) return warn("a second boot without a shutdown is ignored");
      person = identity(settings);
      if (settings.app_id) token = encodeURIComponent(settings.app_id);
      if (isKnown("boot")) send("boot", settings);
    },
    update(data = {}) {
      if (person === null) return isKnown("update");
      const now = Date.now();
      updates = updates.filter((moment) => now - moment < UPDATE_PERIOD);
      if (updates.length >= LARGEST_UPDATES)
        return warn(`an update past ${LARGEST_UPDATES} in 30 minutes is ignored (rate_limited_update)`);
      updates.push(now);
      person = { ...person, ...identity(data) };
      if (isKnown("update")) send("update", { ...person, ...data });
    },
    trackEvent(name, metadata) {
      if (isKnown("trackEvent")) send("trackEvent", { ...person, event_name: name, metadata });
    },
    shutdown() {
      if (person !== null) send("shutdown", person);
      person = null;
    },
  };

  const call = (method, ...values) => {
    if (Object.hasOwn(METHODS, method)) METHODS[method](...values);
    else if (!WITHOUT_EFFECT.has(method)) warn(`there is no method ${method}`);
  };

  const Intercom = (...values) => call(...values);
  // Of the stand-in alone, for tests: resolved once every call so far was answered.
  Intercom.settled = async () => {
    for (let call = null; call !== lastCall; ) await (call = lastCall);
  };
  window.Intercom = Intercom;

  const queue = ((loader && loader.q) || []).map((values) => [...values]);
  const settings = window.intercomSettings;
  if (settings && settings.app_id && !queue.some(([method]) => method === "boot")) call("boot", settings);
  for (const values of queue) call(...values);
})();
