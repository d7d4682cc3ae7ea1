/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [svelte()],
  // WebKitGTK 2.50 and WebView2; both are newer than this.
  build: { target: ["es2022", "safari16"], assetsInlineLimit: 0 },
  server: { port: 1420, strictPort: true, proxy: { "/api": "http://127.0.0.1:1430" } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
