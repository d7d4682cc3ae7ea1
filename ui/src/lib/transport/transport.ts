// What a host must bring: calls, views, pictures. Everything else in the UI is the same in a window and in a browser.
import type { Calls, RpcError, View } from "../contract.ts";

export type Method = keyof Calls;

/** A camera picture and its number. */
export type Picture = { sequence: number; image: ImageBitmap };

export interface Transport {
  /** Makes a call; rejects with an {@link CallFailed}. */
  call<M extends Method>(method: M, params: Calls[M]["params"]): Promise<Calls[M]["reply"]>;
  /** Calls `listener` with the view now and at every change, for ever. */
  onView(listener: (view: View) => void): void;
  /** The newest picture after number `after`; null if none came for a while. */
  nextPicture(after: number | null): Promise<Picture | null>;
}

/** A call that failed, with the contract's code. */
export class CallFailed extends Error {
  readonly failure: RpcError;

  constructor(failure: RpcError) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The failure that stands for "the host did not answer". */
export const UNREACHABLE: RpcError = { code: "kiosk.unavailable", recovery: "retry", retry_after_seconds: null };

/** Whether `value` is a failure of the contract. */
export function isRpcError(value: unknown): value is RpcError {
  return typeof value === "object" && value !== null && "code" in value && "recovery" in value;
}

const SEQUENCE_HEADER = "x-frame";

/** Fetches a picture over HTTP or a custom scheme; both hosts answer alike. */
export async function fetchPicture(base: string, after: number | null): Promise<Picture | null> {
  const response = await fetch(after === null ? base : `${base}?after=${after}`);
  if (response.status !== 200) return null;
  const sequence = Number(response.headers.get(SEQUENCE_HEADER));
  return { sequence, image: await createImageBitmap(await response.blob()) };
}
