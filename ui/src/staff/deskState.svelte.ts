// What staff's desk is busy with and what came of the last thing done. Lives as long as the desk is open.
import { mayCall } from "../lib/access.ts";
import type { Calls, RpcError } from "../lib/contract.ts";
import { failureOf } from "../lib/failure.ts";
import type { Kiosk } from "../lib/kiosk.svelte.ts";
import type { Method } from "../lib/transport/transport.ts";

/** How often the kiosk hears that staff are typing something that is not sent yet, in milliseconds. */
const TYPING_MS = 20_000;

export class DeskState {
  /** Whether a call that changes something is under way. */
  busy = $state(false);
  /** Good news to show. */
  done = $state<string | null>(null);
  /** Bad news to show. */
  failure = $state.raw<RpcError | null>(null);
  readonly #kiosk: Kiosk;
  #heard = -Infinity;

  constructor(kiosk: Kiosk) {
    this.#kiosk = kiosk;
  }

  /** Whether whoever opened the desk may make this call. */
  may(method: Method): boolean {
    return mayCall(this.#kiosk.role, method);
  }

  /** Asks without changing anything; whoever asks shows the failure. */
  ask<M extends Method>(method: M, params: Calls[M]["params"]): Promise<Calls[M]["reply"]> {
    return this.#kiosk.call(method, params);
  }

  /** Asks without changing anything; null if it failed, which is then shown. */
  async look<M extends Method>(method: M, params: Calls[M]["params"]): Promise<Calls[M]["reply"] | null> {
    try {
      return await this.ask(method, params);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  /** Changes something, one thing at a time; `tell` says what came of it. */
  async change<M extends Method>(
    method: M,
    params: Calls[M]["params"],
    tell: (reply: Calls[M]["reply"]) => string,
  ): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.clear();
    const reply = await this.look(method, params);
    if (reply !== null) this.done = tell(reply);
    this.busy = false;
  }

  /** Staff typed a key at `now` of something that is sent only once it is complete. The kiosk counts calls, not keys,
   * and would close staff mode under their hands. */
  typing(now: number): void {
    if (now - this.#heard < TYPING_MS) return;
    this.#heard = now;
    this.ask("staff.queue", {}).catch(() => {});
  }

  fail(error: unknown): void {
    this.done = null;
    this.failure = failureOf(error);
  }

  clear(): void {
    this.done = null;
    this.failure = null;
  }
}
