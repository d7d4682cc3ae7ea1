// A host for the screens alone: serves the built UI, streams whatever view a test sets, and keeps every call.
// It decides nothing: what the kiosk would answer is the test's to say.
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const SCREENS = fileURLToPath(new URL("../../../ui/dist/", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };

export class MockHost {
  /** Every call but `view.painted`: `{ method, params }`. */
  calls = [];
  /** Replies by method; a function gets the parameters. `{ failure }` is answered as a failed call. */
  replies = {};
  #view = null;
  #picture = { number: 0, bytes: null };
  #looked = null;
  #listeners = new Set();
  #revision = 0;
  #heard = new EventEmitter();
  #painted = 0;
  #awaiting = [];
  #server = createServer((request, response) => void this.#answer(request, response));

  async start() {
    await new Promise((started) => this.#server.listen(0, "127.0.0.1", started));
    this.address = `http://127.0.0.1:${this.#server.address().port}/`;
    return this;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((stopped) => this.#server.close(stopped));
  }

  /** Shows `view` on every screen; resolves to its revision. */
  show(view) {
    this.#revision += 1;
    this.#view = { ...view, revision: this.#revision };
    for (const listener of this.#listeners) this.#send(listener);
    return this.#revision;
  }

  /** Changes parts of the shown view. */
  change(parts) {
    return this.show({ ...this.#view, ...parts });
  }

  /** Sets what the camera sees from now on: bytes of a picture, null for nothing. */
  set picture(bytes) {
    if (bytes !== this.#picture.bytes) this.#picture = { number: this.#picture.number + 1, bytes };
  }

  /** Resolves when a screen has painted the picture: it asks for the one after it. */
  async pictured() {
    while (this.#looked !== this.#picture.number) await once(this.#heard, "looked");
  }

  /** Resolves when a screen has painted `revision`. */
  painted(revision) {
    return new Promise((resolve) => {
      this.#awaiting.push({ revision, resolve });
      this.#wake();
    });
  }

  /** The parameters of the first call of `method` that `fits`, once it has come. */
  async called(method, fits) {
    const deadline = AbortSignal.timeout(10_000);
    for (;;) {
      const params = this.callsOf(method).find(fits);
      if (params) return params;
      await once(this.#heard, "call", { signal: deadline }).catch(() => {
        throw new Error(`${method} was not called as expected; calls: ${JSON.stringify(this.calls)}`);
      });
    }
  }

  /** Parameters of the calls of `method` so far. */
  callsOf(method) {
    return this.calls.filter((call) => call.method === method).map((call) => call.params);
  }

  #wake() {
    this.#awaiting = this.#awaiting.filter(({ revision, resolve }) => {
      if (revision <= this.#painted) resolve();
      return revision > this.#painted;
    });
  }

  #send(response) {
    response.write(`data: ${JSON.stringify(this.#view)}\n\n`);
  }

  async #answer(request, response) {
    const { pathname: path, searchParams } = new URL(request.url, "http://host");
    if (path === "/api/view") return this.#stream(response);
    if (path === "/api/rpc") return this.#rpc(request, response);
    if (path === "/api/preview") return this.#preview(Number(searchParams.get("after")), response);
    return this.#file(path === "/" ? "index.html" : path, response);
  }

  #stream(response) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
    if (this.#view) this.#send(response);
  }

  async #rpc(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = JSON.parse(Buffer.concat(chunks).toString());
    if (call.method === "view.painted") {
      this.#painted = call.params.revision;
      this.#wake();
    } else {
      this.calls.push(call);
      this.#heard.emit("call");
    }
    const reply = this.replies[call.method];
    const answer = (typeof reply === "function" ? await reply(call.params) : reply) ?? {};
    response.writeHead(answer.failure ? 422 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.failure ?? answer));
  }

  /** As a camera does it: every picture comes once, and who has the newest one waits a little. */
  #preview(after, response) {
    this.#looked = after;
    this.#heard.emit("looked");
    setTimeout(() => {
      const { number, bytes } = this.#picture;
      const fresh = bytes !== null && after !== number;
      response.writeHead(fresh ? 200 : 204, { "x-frame": String(number), "cache-control": "no-store" });
      response.end(fresh ? bytes : null);
    }, 60);
  }

  async #file(path, response) {
    const file = join(SCREENS, normalize(path));
    const bytes = file.startsWith(SCREENS) ? await readFile(file).catch(() => null) : null;
    response.writeHead(bytes ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(bytes);
  }
}
