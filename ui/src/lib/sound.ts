// Our own tones: they differ by pitch and rhythm, so that a result can be told without looking. Generated, not recorded.

/** [frequency in Hz, start in s, length in s] of each note. */
export type Note = [number, number, number];

/** Up for yes, the same twice for a question, once for what is known, down for no, three for a person who comes. */
export const TONES = {
  welcome: [[659, 0, 0.16], [880, 0.14, 0.3]],
  ask: [[587, 0, 0.14], [587, 0.2, 0.14]],
  already: [[659, 0, 0.22]],
  sorry: [[392, 0, 0.2], [330, 0.22, 0.3]],
  called: [[523, 0, 0.12], [659, 0.12, 0.12], [784, 0.24, 0.22]],
} satisfies Record<string, Note[]>;

export type Tone = keyof typeof TONES;

/** Loudest gain: a tone is heard in a foyer and startles nobody. */
const FULL_GAIN = 0.36;

let context: AudioContext | null = null;

/** Gain for a volume in percent: by the square, since ears go by ratios. */
export function gain(volume: number): number {
  const share = Math.min(100, Math.max(0, volume)) / 100;
  return FULL_GAIN * share * share;
}

/** Plays a tone at `volume` percent; silent where that is nothing, or where the browser or the machine has no sound. */
export function play(tone: Tone, volume: number): void {
  if (volume <= 0) return;
  try {
    context ??= new AudioContext();
    for (const note of TONES[tone] as Note[]) sound(context, note, gain(volume));
  } catch {
    context = null;
  }
}

function sound(audio: AudioContext, [frequency, start, length]: Note, loudest: number): void {
  const [from, until] = [audio.currentTime + start, audio.currentTime + start + length];
  const [wave, volume] = [audio.createOscillator(), audio.createGain()];
  wave.type = "sine";
  wave.frequency.value = frequency;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loudest, from + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, until);
  wave.connect(volume).connect(audio.destination);
  wave.start(from);
  wave.stop(until);
}
