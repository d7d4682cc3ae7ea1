// A failed call in words that staff can act on.
import type { RpcError } from "./contract.ts";
import type { Words } from "./i18n.svelte.ts";
import { CallFailed, UNREACHABLE } from "./transport/transport.ts";

/** The contract's failure behind whatever a call threw. */
export function failureOf(error: unknown): RpcError {
  return error instanceof CallFailed ? error.failure : UNREACHABLE;
}

/** What to tell about a failure; `seconds` until another try, where the kiosk named them. */
export function tellFailure(words: Words, failure: RpcError, seconds = failure.retry_after_seconds ?? 0): string {
  return words.failure(failure.code, { wait: words.wait(seconds) });
}
