// A host that never changes: one view, answers from the examples, and a drawn figure for a camera.
import type { Calls, View } from "../src/lib/contract.ts";
import type { Method, Picture, Transport } from "../src/lib/transport/transport.ts";

const [WIDTH, HEIGHT] = [640, 480];

export class StillTransport implements Transport {
  readonly #view: View;
  readonly #replies: Record<string, unknown>;
  #shown = false;

  constructor(view: View, replies: Record<string, unknown>) {
    this.#view = view;
    this.#replies = replies;
  }

  call<M extends Method>(method: M, _params: Calls[M]["params"]): Promise<Calls[M]["reply"]> {
    return Promise.resolve((this.#replies[method] ?? {}) as Calls[M]["reply"]);
  }

  onView(listener: (view: View) => void): void {
    listener(this.#view);
  }

  async nextPicture(): Promise<Picture | null> {
    if (this.#shown || this.#view.camera.state !== "live") return null;
    this.#shown = true;
    return { sequence: 1, image: await createImageBitmap(figure()) };
  }
}

/** Somebody in a foyer, in a few shapes: a scene to judge veils and contrast by. */
function figure(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  const wall = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  wall.addColorStop(0, "#c9b79c");
  wall.addColorStop(1, "#5d6f7d");
  pen.fillStyle = wall;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = "#eef3f6";
  for (const left of [40, 500]) pen.fillRect(left, 40, 100, 190);
  const oval = (fill: string, x: number, y: number, width: number, height: number): void => {
    pen.fillStyle = fill;
    pen.beginPath();
    pen.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  oval("#2c3e57", 320, 490, 190, 150);
  oval("#b98768", 320, 340, 44, 60);
  oval("#3a2b22", 320, 196, 98, 118);
  oval("#d9a584", 320, 220, 82, 108);
  for (const x of [288, 352]) oval("#2a211c", x, 208, 9, 7);
  oval("#b86f60", 320, 272, 26, 8);
  return canvas;
}
