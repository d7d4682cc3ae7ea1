// Starts the screens over whichever transport the host brings.
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/noto-sans-sc/wght.css";
import "./tokens.css";
import "./base.css";

import { mount } from "svelte";

import App from "./App.svelte";
import { Kiosk } from "./lib/kiosk.svelte.ts";
import { connect } from "./lib/transport/connect.ts";

const target = document.getElementById("kiosk");
if (target) {
  const kiosk = new Kiosk(await connect());
  mount(App, { target, props: { kiosk } });
}
