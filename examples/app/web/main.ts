// A page that makes boards. What it sends to Intercom goes through the code that was generated from the specs.
import { boot, configure, shutdown, trackEvent, update } from "./intercom/index.js";

interface Account {
  readonly app_id: string;
  readonly user_id: string;
  readonly user_hash?: string;
  readonly name: string;
  readonly signed_up: string; // ISO 8601
}

const TEMPLATES = ["blank", "kanban", "roadmap"] as const;

const button = (id: string): HTMLButtonElement => document.querySelector<HTMLButtonElement>(`button#${id}`)!;
const chosenTemplate = () => TEMPLATES[document.querySelector("select")!.selectedIndex] ?? "blank";

function log(text: string): void {
  document.querySelector("#log")!.append(Object.assign(document.createElement("li"), { textContent: text }));
}

async function post<Answer>(path: string): Promise<Answer> {
  const response = await fetch(path, { method: "POST" });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Answer;
}

async function signIn(): Promise<void> {
  const account = await post<Account>("/api/sign-in");
  boot({
    app_id: account.app_id,
    user_id: account.user_id,
    ...(account.user_hash === undefined ? {} : { user_hash: account.user_hash }),
    name: account.name,
    created_at: new Date(account.signed_up),
    onboarding_step: "signed_up",
  });
  log(`signed in as ${account.name}`);
}

async function createBoard(): Promise<void> {
  const { count } = await post<{ count: number }>("/api/boards");
  // These are sent before the event, so that who enters a segment by the event has them.
  update({ board_count: count, last_board_at: new Date() });
  if (count === 1) update({ onboarding_step: "first_board" });
  trackEvent("board_created", { template: chosenTemplate(), is_first: count === 1 });
  log(`made board ${count}`);
}

async function upgrade(): Promise<void> {
  // The plan itself is the server's to send: `plan_type` is not `messenger_writable`.
  await post("/api/upgrade");
  update({ onboarding_step: "upgraded" });
  log("upgraded to pro");
}

function signOut(): void {
  shutdown();
  log("signed out");
}

/** Everything that a person can do here, for the demo: the page with `#tour` at the end of its address. */
async function tour(): Promise<void> {
  document.querySelector("select")!.selectedIndex = 1;
  await createBoard();
  await upgrade();
  trackEvent("tour_finished");
  signOut();
}

button("create").onclick = () => void createBoard();
button("upgrade").onclick = () => void upgrade();
button("sign-out").onclick = signOut;

configure({ scriptUrl: document.querySelector<HTMLMetaElement>("meta[name=messenger-script]")!.content });
await signIn();
if (location.hash === "#tour") await tour();
