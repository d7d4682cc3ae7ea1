/// <reference types="vitest/config" />
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// `--mode gallery` is the page with every screen, for whoever works on them; no kiosk ships it.
export default defineConfig(({ mode }) => ({
  ...(mode === "gallery" ? { root: "gallery", base: "./" } : {}),
  plugins: [svelte()],
  // WebKitGTK 2.50 and WebView2; both are newer than this.
  build: { target: ["es2022", "safari16"], assetsInlineLimit: 0, ...(mode === "gallery" ? { outDir: "../dist-gallery", emptyOutDir: true } : {}) },
  server: { port: 1420, strictPort: true, proxy: { "/api": "http://127.0.0.1:1430" } },
  test: { environment: "node", include: ["src/**/*.test.ts"], css: true },
}));
