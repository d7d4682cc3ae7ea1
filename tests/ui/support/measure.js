// Runs inside the page: measures what is on the glass. Self-contained, since it is sent to the browser as text.

/** What is wrong with the screen inside `root`, in words; nothing if all is well. */
export function faults({ root, leastText, leastTarget }) {
  const found = [];
  const scope = document.querySelector(root);
  // A line's box is higher than its letters; lines may touch, letters may not.
  const box = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const air = 0.12 * parseFloat(getComputedStyle(node.parentElement).fontSize);
    return { left, right, top: top + air, bottom: bottom - air };
  };
  const tell = (element) => `<${element.tagName.toLowerCase()}> “${(element.textContent || element.getAttribute("aria-label") || "").trim().slice(0, 40)}”`;
  const hidden = (element) =>
    element.closest('[aria-live="polite"].spoken, [aria-hidden="true"]') !== null || !element.checkVisibility({ visibilityProperty: true });
  const scrolled = (element) => {
    for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).overflowY === "auto") return at;
    return null;
  };
  const outside = (rect) => rect.left < -1 || rect.top < -1 || rect.right > innerWidth + 1 || rect.bottom > innerHeight + 1;
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

  const texts = [];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() !== "" && !hidden(element)) texts.push({ node, element, rect: box(node) });
  }
  const buttons = [...scope.querySelectorAll("button, input")].filter((element) => !hidden(element)).map((element) => ({ element, rect: element.getBoundingClientRect() }));

  for (const { element, rect } of texts) {
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < leastText - 0.1) found.push(`${tell(element)} is ${size} px, less than ${leastText}`);
    if (!scrolled(element) && outside(rect)) found.push(`${tell(element)} leaves the screen`);
    const holder = element.closest("button");
    if (holder) {
      const around = holder.getBoundingClientRect();
      const spills = rect.left < around.left - 1 || rect.right > around.right + 1 || rect.top < around.top - 3 || rect.bottom > around.bottom + 3;
      if (spills) found.push(`${tell(element)} spills out of its button`);
    }
  }
  for (const { element, rect } of buttons) {
    if (rect.width < leastTarget - 0.5 || rect.height < leastTarget - 0.5) {
      found.push(`${tell(element)} is ${Math.round(rect.width)}×${Math.round(rect.height)}, less than ${leastTarget}`);
    }
    if (!scrolled(element) && outside(rect)) found.push(`${tell(element)} leaves the screen`);
  }
  const solid = [...buttons, ...texts.filter(({ element }) => !element.closest("button"))];
  for (let one = 0; one < solid.length; one += 1) {
    for (let other = one + 1; other < solid.length; other += 1) {
      const [a, b] = [solid[one], solid[other]];
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
      if (scrolled(a.element) !== scrolled(b.element)) continue;
      if (overlap(a.rect, b.rect)) found.push(`${tell(a.element)} lies over ${tell(b.element)}`);
    }
  }
  for (const element of scope.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (style.overflowX === "hidden" && !hidden(element) && !element.matches(".spoken") && element.scrollWidth > element.clientWidth + 1) {
      found.push(`${tell(element)} is cut off`);
    }
    if (style.overflowY === "hidden" && !hidden(element) && !element.matches(".spoken") && element.scrollHeight > element.clientHeight + 1) {
      found.push(`${tell(element)} is cut off below`);
    }
  }
  return found;
}

/** Controls that match `selector` and are less than `least` wide or high. */
export function small({ selector, least }) {
  return [...document.querySelectorAll(selector)].flatMap((element) => {
    const { width, height } = element.getBoundingClientRect();
    const text = (element.textContent || element.ariaLabel).trim();
    return Math.min(width, height) < least - 0.5 ? [`“${text}” is ${Math.round(width)}×${Math.round(height)}, less than ${least}`] : [];
  });
}

/** Texts whose contrast is below `least` while the camera sees nothing but `picture`, a level of grey. */
export function pale({ root, least, picture = 255 }) {
  const parse = (colour) => {
    const parts = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 };
  };
  const over = (below, { rgb, alpha }) => below.map((channel, at) => channel * (1 - alpha) + rgb[at] * alpha);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const scrim = getComputedStyle(document.querySelector(".scrim"));
  let behind = over([picture, picture, picture], { ...parse(scrim.backgroundColor), alpha: Number(scrim.opacity) });
  const spotlight = document.querySelector(".spotlight");
  if (spotlight) behind = over(behind, parse(getComputedStyle(spotlight).fill));

  const found = [];
  const scope = document.querySelector(root);
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.textContent.trim() === "" || element.closest(".spoken, :disabled") || !element.checkVisibility({ visibilityProperty: true })) continue;
    const layers = [];
    for (let at = element; at; at = at.parentElement) if (scope.contains(at)) layers.unshift(parse(getComputedStyle(at).backgroundColor));
    const background = layers.reduce(over, behind);
    const text = over(background, parse(getComputedStyle(element).color));
    const [dark, light] = [luminance(text), luminance(background)].sort((a, b) => a - b);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < least) found.push(`“${node.textContent.trim().slice(0, 40)}” has a contrast of ${contrast.toFixed(1)}`);
  }
  return found;
}
