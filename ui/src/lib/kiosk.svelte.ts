// The view as the host sends it, and the calls. Holds no truth of its own: closing the window loses nothing.
import type { Calls, StaffRole, View } from "./contract.ts";
import type { Method, Picture, Transport } from "./transport/transport.ts";

export class Kiosk {
  /** The whole screen; null until the host has spoken. */
  view = $state.raw<View | null>(null);
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.onView((view) => {
      // Two deliveries may overtake each other; an older view never replaces a newer one.
      if (this.view === null || view.revision >= this.view.revision) this.view = view;
    });
  }

  /** The role of the member for whom staff mode is open. */
  get role(): StaffRole | null {
    return this.view?.staff.member?.role ?? null;
  }

  call<M extends Method>(method: M, params: Calls[M]["params"]): Promise<Calls[M]["reply"]> {
    return this.#transport.call(method, params);
  }

  /** Makes a call whose failure shows in the view anyway. */
  tell<M extends Method>(method: M, params: Calls[M]["params"]): void {
    this.call(method, params).catch(() => {});
  }

  nextPicture(after: number | null): Promise<Picture | null> {
    return this.#transport.nextPicture(after);
  }
}
