// Our own tones: they differ by pitch and rhythm, so that a result can be told without looking. Generated, not recorded.

/** [frequency in Hz, start in s, length in s] of each note. */
type Note = [number, number, number];

const TONES = {
  welcome: [[659, 0, 0.16], [880, 0.14, 0.3]],
  ask: [[587, 0, 0.14], [587, 0.2, 0.14]],
  already: [[659, 0, 0.22]],
  sorry: [[392, 0, 0.2], [330, 0.22, 0.3]],
} satisfies Record<string, Note[]>;

export type Tone = keyof typeof TONES;

let context: AudioContext | null = null;

/** Plays a tone; silent where the browser or the machine has no sound. */
export function play(tone: Tone): void {
  try {
    context ??= new AudioContext();
    for (const note of TONES[tone] as Note[]) sound(context, note);
  } catch {
    context = null;
  }
}

function sound(audio: AudioContext, [frequency, start, length]: Note): void {
  const [from, until] = [audio.currentTime + start, audio.currentTime + start + length];
  const [wave, volume] = [audio.createOscillator(), audio.createGain()];
  wave.type = "sine";
  wave.frequency.value = frequency;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(0.25, from + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, until);
  wave.connect(volume).connect(audio.destination);
  wave.start(from);
  wave.stop(until);
}
