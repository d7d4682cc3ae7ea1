// Picks the transport: the window's where there is one.
import { HttpTransport } from "./http.ts";
import type { Transport } from "./transport.ts";

export async function connect(): Promise<Transport> {
  if (!("__TAURI_INTERNALS__" in window)) return new HttpTransport();
  const { TauriTransport } = await import("./tauri.ts");
  return new TauriTransport();
}
