// The real kiosk behind the screens: the browser host with its own backend, and a recorded visit for a camera.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const HOST = process.env.PORTICO_DEVHOST ?? join(ROOT, "target/debug/portico-devhost");
const SERVER = process.env.PORTICO_SERVER ?? join(dirname(HOST), "portico-server");
const MODELS = process.env.PORTICO_MODELS ?? join(ROOT, "target/models");

export class RealHost {
  #process;
  #folder;

  /** Starts a kiosk that has never run before. Its camera plays `playlist` over and over, by default one visit; its
   * event has the guests of `roster`, rows of CSV below a header, and knows the faces in `faces`, paths of pictures by
   * the guest's id. */
  static async start({ playlist, roster, faces = {} } = {}) {
    const host = new RealHost();
    needed(HOST, "cargo build -p portico-devhost");
    needed(join(MODELS, "index.toml"), "cargo xtask models");
    host.#folder = await mkdtemp(join(tmpdir(), "portico-kiosk-"));
    await writeFile(join(host.#folder, "kiosk.toml"), configuration(playlist ?? [await visit()]));
    if (roster) await host.#invite(roster, faces);
    await host.#run();
    return host;
  }

  /** Ends it as the operating system would. */
  async stop() {
    await this.#end();
    await rm(this.#folder, { recursive: true });
  }

  /** Makes the event that the kiosk finds when it starts. */
  async #invite(roster, faces) {
    needed(SERVER, "cargo build -p portico-server");
    const at = (name) => join(this.#folder, name);
    await mkdir(at("data"));
    await mkdir(at("faces"));
    await writeFile(at("roster.csv"), roster);
    for (const [id, picture] of Object.entries(faces)) await copyFile(picture, at(`faces/${id}.jpg`));
    const event = ["--name", "Northern Light Summit", "--time-zone", "Europe/Berlin", "--gate", "main=Main entrance"];
    const database = ["--db", at("data/event.db")];
    await run(SERVER, ["event", ...database, "set", "--tagline", "Two days on sustainable architecture", ...event]);
    const portraits = Object.keys(faces).length > 0 ? ["--faces", at("faces"), "--models", MODELS] : [];
    await run(SERVER, ["import", ...database, "--roster", at("roster.csv"), ...portraits]);
  }

  async #run() {
    const options = ["--config", join(this.#folder, "kiosk.toml"), "--models", MODELS];
    const screens = ["--screens", join(ROOT, "ui/dist"), "--port", "0", "--log", "warn"];
    this.#process = spawn(HOST, [...options, ...screens], { stdio: ["ignore", "pipe", "inherit"] });
    this.address = await Promise.race([firstLine(this.#process.stdout), failed(this.#process)]);
  }

  async #end() {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGINT");
    await ended;
  }
}

const run = promisify(execFile);

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

function configuration(playlist) {
  return `
    [kiosk]
    data_dir = "data"
    [camera]
    source = "replay"
    playlist = [${playlist.map((clip) => JSON.stringify(clip)).join(", ")}]
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
