// Shows every state side by side, or, with `?view=…`, one of them as a kiosk would.
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/noto-sans-sc/wght.css";
import "../src/tokens.css";
import "../src/base.css";

import { mount } from "svelte";

import App from "../src/App.svelte";
import { comfort } from "../src/lib/comfort.svelte.ts";
import type { Wish } from "../src/lib/comfort.svelte.ts";
import type { ThemeView } from "../src/lib/contract.ts";
import { Kiosk } from "../src/lib/kiosk.svelte.ts";
import Components from "./Components.svelte";
import Gallery from "./Gallery.svelte";
import { StillTransport } from "./stillTransport.ts";
import { REPLIES, viewOf } from "./views.ts";

const asked = new URLSearchParams(location.search);
const view = asked.get("view");
const theme = (asked.get("theme") ?? "dark") as ThemeView;
const accent = asked.get("accent") ?? "#7cc4ff";
const target = document.getElementById("kiosk");

if (target && view === null) {
  mount(Gallery, { target });
} else if (target && view === "components") {
  mount(Components, { target, props: { theme, accent } });
} else if (target && view !== null) {
  const wishes = asked.get("wishes") ?? "";
  const shown = viewOf({ view, language: asked.get("language") ?? "en", theme, wishes, accent });
  mount(App, { target, props: { kiosk: new Kiosk(new StillTransport(shown, REPLIES)) } });
  // After the first view: whoever appears first counts as a new guest, who starts without.
  setTimeout(() => {
    for (const wish of wishes.split(",").filter((name) => name in comfort.wishes)) comfort.wishes[wish as Wish] = true;
  });
}
