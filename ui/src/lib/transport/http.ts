// The browser host's transport: the same contract over HTTP on loopback.
import type { Calls, View } from "../contract.ts";
import { CallFailed, UNREACHABLE, fetchPicture, isRpcError } from "./transport.ts";
import type { Method, Picture, Transport } from "./transport.ts";

export class HttpTransport implements Transport {
  async call<M extends Method>(method: M, params: Calls[M]["params"]): Promise<Calls[M]["reply"]> {
    const answer = await post("/api/rpc", { method, params }).catch(() => null);
    if (answer === null) throw new CallFailed(UNREACHABLE);
    const body: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw new CallFailed(isRpcError(body) ? body : UNREACHABLE);
    return body as Calls[M]["reply"];
  }

  onView(listener: (view: View) => void): void {
    // The browser reconnects by itself, and the stream starts with the view as it is.
    const stream = new EventSource("/api/view");
    stream.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as View);
  }

  nextPicture(after: number | null): Promise<Picture | null> {
    return fetchPicture("/api/preview", after);
  }
}

function post(address: string, body: unknown): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
