// How wide a line of text is, near enough to choose its size before it is laid out.

/** Average advance of Inter's letters in the weights we use, in ems; capitals and spaces included. */
const LETTER_EMS = 0.6;

/** Width of `text` on one line, in ems. Chinese, Japanese and Korean characters are one em wide. */
export function ems(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(character) ? 1 : LETTER_EMS;
  return Math.max(1, width);
}
