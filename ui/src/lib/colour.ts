// Contrast as WCAG 2 defines it, and a brand colour made readable on the dark scene.

type Rgb = [number, number, number];

const SCENE: Rgb = [10, 16, 26];

function parse(hex: string): Rgb | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return null;
  return [match[1], match[2], match[3]].map((part) => parseInt(part ?? "0", 16)) as Rgb;
}

function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `accent` lightened until it has a contrast of at least 7:1 on the scene; a calm blue if it is no colour. */
export function readableAccent(accent: string): string {
  let rgb: Rgb = parse(accent) ?? [124, 196, 255];
  while (contrast(rgb, SCENE) < 7) {
    rgb = rgb.map((channel) => Math.min(255, Math.ceil(channel + (255 - channel) * 0.12 + 1))) as Rgb;
  }
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
