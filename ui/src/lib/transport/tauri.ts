// The window's transport. The only file that imports Tauri.
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Calls, View } from "../contract.ts";
import { CallFailed, UNREACHABLE, fetchPicture, isRpcError } from "./transport.ts";
import type { Method, Picture, Transport } from "./transport.ts";

export class TauriTransport implements Transport {
  // `preview://localhost/frame` on Linux and macOS, `http://preview.localhost/frame` on Windows.
  readonly #pictures = convertFileSrc("frame", "preview");

  async call<M extends Method>(method: M, params: Calls[M]["params"]): Promise<Calls[M]["reply"]> {
    try {
      return await invoke("rpc", { call: { method, params } });
    } catch (error) {
      throw new CallFailed(isRpcError(error) ? error : UNREACHABLE);
    }
  }

  onView(listener: (view: View) => void): void {
    void listen<View>("view", (event) => listener(event.payload)).then(async () => {
      listener(await this.call("view.current", {}));
    });
  }

  nextPicture(after: number | null): Promise<Picture | null> {
    return fetchPicture(this.#pictures, after);
  }
}
