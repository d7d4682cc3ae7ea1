// Sizes of kiosks in CSS pixels, each lying and standing.

/** From a 7-inch panel to a 27-inch screen. */
export const SIZES = [
  [1280, 800],
  [800, 1280],
  [1024, 600],
  [600, 1024],
  [1920, 1080],
  [1080, 1920],
].map(([width, height]) => ({ width, height }));

/** Those of tablets, at which staff work. */
export const TABLETS = SIZES.slice(0, 4);
