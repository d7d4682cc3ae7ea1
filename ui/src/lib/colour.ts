// Contrast as WCAG 2 defines it, and an event's colour made readable on whatever it stands on.

export type Rgb = [number, number, number];

/** What an event's colour becomes on one theme. */
export interface Brand {
  /** As text, ring and focus. */
  accent: string;
  /** As the face of the main button, as near to what the event chose as can be read. */
  face: string;
  /** Text on that face. */
  faceInk: string;
}

/** The surfaces of a theme that an event's colour meets; as in `tokens.css`. */
export interface Surfaces {
  scene: Rgb;
  /** The face of buttons that are not the main one. */
  key: Rgb;
}

export const SURFACES: Record<"dark" | "light" | "dark more" | "light more", Surfaces> = {
  dark: { scene: [10, 16, 26], key: [27, 39, 56] },
  light: { scene: [243, 246, 250], key: [255, 255, 255] },
  "dark more": { scene: [0, 0, 0], key: [0, 0, 0] },
  "light more": { scene: [255, 255, 255], key: [255, 255, 255] },
};

/** Text that a result consists of. */
export const RESULT_CONTRAST = 7;

const CALM_BLUE: Rgb = [124, 196, 255];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
const INKS: Rgb[] = [[6, 18, 31], WHITE];
/** How far a main button stands out from its neighbours and from the scene. */
const APART = 1.6;
/** Steps from a colour to black or white; finer ones cannot be told apart. */
const STEPS = 64;

/** `#rrggbb` as three channels; null if it is no colour. */
export function parse(hex: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return null;
  return [match[1], match[2], match[3]].map((part) => parseInt(part ?? "0", 16)) as Rgb;
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function channel(light: number): number {
  const share = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}

/** Relative luminance, 0 to 1. */
export function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map(linear) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `share` of the way from `from` to white (`end` 1) or black (0) by OKLab, with as much of its colour as screens can show:
 * a brand's hue stays what it is while it gets lighter or darker. */
function shaded(from: Rgb, end: 0 | 1, share: number): Rgb {
  const [lightness, a, b] = oklab(from);
  const shown = lightness + (end - lightness) * share;
  for (let kept = 1; kept > 0; kept -= 0.05) {
    const light = linearOf([shown, kept * a, kept * b]);
    if (light.every((value) => value >= 0 && value <= 1)) return light.map(channel) as Rgb;
  }
  return linearOf([shown, 0, 0]).map(channel) as Rgb;
}

function oklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(linear) as Rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linearOf([lightness, a, b]: Rgb): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The colour nearest to `wanted` that `fits`, on the way to white (1), to black (0) or to either, the first one first. */
function nearest(wanted: Rgb, ends: (0 | 1)[], fits: (rgb: Rgb) => boolean): Rgb {
  for (let step = 0; step <= STEPS; step += 1) {
    for (const end of ends) {
      const tried = step === 0 ? wanted : shaded(wanted, end, step / STEPS);
      if (fits(tried)) return tried;
    }
  }
  return ends[0] === 1 ? WHITE : BLACK;
}

function bestInk(face: Rgb): Rgb {
  return INKS.reduce((best, ink) => (contrast(ink, face) > contrast(best, face) ? ink : best));
}

/** An event's `accent` on a theme's surfaces; a calm blue stands in for what is no colour. */
export function brandOn(accent: string, { scene, key }: Surfaces): Brand {
  const wanted = parse(accent) ?? CALM_BLUE;
  const away = luminance(scene) < 0.5 ? 1 : 0;
  const readable = (rgb: Rgb) => contrast(rgb, scene) >= RESULT_CONTRAST && contrast(rgb, key) >= RESULT_CONTRAST - 2;
  const stands = (rgb: Rgb) => contrast(rgb, scene) >= APART && contrast(rgb, key) >= APART;
  const face = nearest(wanted, [away, away === 1 ? 0 : 1], (rgb) => stands(rgb) && contrast(bestInk(rgb), rgb) >= RESULT_CONTRAST);
  return { accent: hex(nearest(wanted, [away], readable)), face: hex(face), faceInk: hex(bestInk(face)) };
}
