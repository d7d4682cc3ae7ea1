// How a screen looks: what the kiosk is set to, what the system asks for and what the guest has switched on. Pure.
import { brandOn, SURFACES } from "./colour.ts";
import type { ThemeView } from "./contract.ts";

/** What the operating system or browser asks for. */
export interface System {
  light: boolean;
  contrast: boolean;
  still: boolean;
}

/** What a guest has switched on for themselves. */
export interface Wishes {
  /** Everything to touch stands in the lower half. */
  seated: boolean;
  large: boolean;
  contrast: boolean;
  /** Nothing moves. */
  still: boolean;
}

export const NO_WISHES: Wishes = { seated: false, large: false, contrast: false, still: false };

/** Attributes of the element that everything of one look stands in; `tokens.css` knows them. */
export interface Look {
  "data-theme": "dark" | "light";
  "data-contrast": "more" | "normal";
  "data-text": "large" | "normal";
  "data-motion": "less" | "normal";
  "data-seated": "" | undefined;
  style: string;
}

export function look(theme: ThemeView, accent: string, system: System, wishes: Wishes): Look {
  const shown = theme === "system" ? (system.light ? "light" : "dark") : theme;
  const more = system.contrast || wishes.contrast;
  const surfaces = more ? (`${shown} more` as const) : shown;
  const brand = brandOn(accent, SURFACES[surfaces]);
  return {
    "data-theme": shown,
    "data-contrast": more ? "more" : "normal",
    "data-text": wishes.large ? "large" : "normal",
    "data-motion": system.still || wishes.still ? "less" : "normal",
    "data-seated": wishes.seated ? "" : undefined,
    style: `--accent:${brand.accent};--brand:${brand.face};--brand-ink:${brand.faceInk}`,
  };
}
