// Whether a logo can be seen before a scene, from its pixels. Pure.
import { contrast, luminance, SURFACES } from "./colour.ts";
import type { Rgb } from "./colour.ts";

/** What a logo stands on; null where it needs nothing. */
export type Plate = "light" | "dark" | null;

/** Contrast that graphics need (WCAG 1.4.11). */
const GRAPHICS_CONTRAST = 3;
/** Share of a logo's pixels that may be lost in the scene, such as a drop shadow. */
const LOST_SHARE = 0.25;

/** The plate that a logo needs on `theme`; `pixels` are RGBA. */
export function plateFor(pixels: ArrayLike<number>, theme: "dark" | "light"): Plate {
  const { scene } = SURFACES[theme];
  let [seen, lost, light] = [0, 0, 0];
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    if ((pixels[at + 3] ?? 0) < 128) continue;
    const rgb: Rgb = [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
    seen += 1;
    light += luminance(rgb);
    if (contrast(rgb, scene) < GRAPHICS_CONTRAST) lost += 1;
  }
  if (seen === 0 || lost / seen <= LOST_SHARE) return null;
  return light / seen < 0.18 ? "light" : "dark";
}
