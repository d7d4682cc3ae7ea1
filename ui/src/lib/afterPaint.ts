// When what the page shows now has been painted.

/** Calls `done` once the next picture of the page is painted: the engine paints right after its frame callbacks, and a message sent from
 * one waits for that. A second frame callback would wait for the next picture too, which on a slow display is a picture more. */
export function afterPaint(done: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  });
}
