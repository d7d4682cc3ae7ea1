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

const LONGEST = "de";

/** Those of tablets, at which staff work. */
export const TABLETS = SIZES.slice(0, 4);

/** Sizes and languages in which everything is measured: the one with the longest words on all of `sizes`, the others
 * where there is the least room. Whatever fits there fits a larger screen, since everything grows with it. */
export function fittings(sizes, languages) {
  return sizes.flatMap((size) => {
    const narrow = Math.min(size.width, size.height) <= 600;
    return (narrow ? languages : languages.filter((language) => language === LONGEST)).map((language) => ({ size, language }));
  });
}
