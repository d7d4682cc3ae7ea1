// The ways in which people have their system show colours.

/** In which everything is checked, and pictures are taken. */
export const USUAL = { colorScheme: "dark", contrast: "no-preference", forcedColors: "none" };

/** What may look different then. */
export const OTHERS = {
  light: { ...USUAL, colorScheme: "light" },
  "more contrast": { ...USUAL, contrast: "more" },
  "colours of their own": { ...USUAL, forcedColors: "active" },
};

/** Runs inside the page: everything that has a colour, in one text that changes whenever one of them does. */
export function colours() {
  const parts = ["color", "backgroundColor", "backgroundImage", "borderColor", "boxShadow", "fill", "stroke", "opacity"];
  return [...document.querySelectorAll("#kiosk *")]
    .map((element) => getComputedStyle(element))
    .map((style) => parts.map((part) => style[part]).join())
    .join("\n");
}
