// The real kiosk behind the screens: the browser host with its own backend, and a recorded visit for a camera.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HOST = process.env.PORTICO_DEVHOST ?? join(ROOT, "target/debug/portico-devhost");
const MODELS = process.env.PORTICO_MODELS ?? join(ROOT, "target/models");

export class RealHost {
  #process;
  #folder;

  /** Starts a kiosk that has never run before; its camera plays one visit over and over. */
  static async start() {
    const host = new RealHost();
    needed(HOST, "cargo build -p portico-devhost");
    needed(join(MODELS, "index.toml"), "cargo xtask models");
    host.#folder = await mkdtemp(join(tmpdir(), "portico-kiosk-"));
    const config = join(host.#folder, "kiosk.toml");
    await writeFile(config, configuration(await visit()));
    const screens = join(ROOT, "ui/dist");
    const options = ["--config", config, "--models", MODELS, "--screens", screens, "--port", "0", "--log", "warn"];
    host.#process = spawn(HOST, options, { stdio: ["ignore", "pipe", "inherit"] });
    host.address = await Promise.race([firstLine(host.#process.stdout), failed(host.#process)]);
    return host;
  }

  /** Ends it as the operating system would. */
  async stop() {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, "exit");
      this.#process.kill("SIGINT");
      await ended;
    }
    await rm(this.#folder, { recursive: true });
  }
}

function needed(file, mend) {
  if (!existsSync(file)) throw new Error(`${file} is missing; run ${mend}`);
}

/** The first recorded visit of a generated guest. */
async function visit() {
  const folder = join(ROOT, "target/cast");
  const files = existsSync(folder) ? await readdir(folder) : [];
  const [first] = files.filter((name) => name.endsWith(".mjpeg") && !name.startsWith("empty")).sort();
  if (!first) throw new Error(`${folder} has no recorded visit; run cargo test -p portico-tests --test journeys`);
  return join(folder, first);
}

function configuration(clip) {
  return `
    [kiosk]
    data_dir = "data"
    [camera]
    source = "replay"
    playlist = [${JSON.stringify(clip)}]
    repeat = "forever"
  `;
}

async function firstLine(output) {
  const [line] = await once(createInterface({ input: output }), "line");
  return line;
}

async function failed(process) {
  const [code] = await once(process, "exit");
  throw new Error(`the kiosk ended with ${code} before it was ready`);
}
