// Speaks results where the kiosk is set to, by voices of the device only: a name is never sent to a voice in the network.

/** flite's voices, the clearest first. They are built into WebKitGTK, which gives them no address and says all the same that they
 * were not the device's. */
const BUILT_IN = ["slt", "rms", "awb", "kal"];

/** A voice of this device for `language`; null if it has none. */
export function ownVoice(voices: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const base = (tag: string) => tag.toLowerCase().split(/[-_]/)[0];
  const own = voices.filter(isOwn).filter((voice) => base(voice.lang) === base(language));
  own.sort((one, other) => BUILT_IN.indexOf(one.name) - BUILT_IN.indexOf(other.name));
  return own.find((voice) => voice.lang.replace("_", "-").toLowerCase() === language.toLowerCase()) ?? own[0] ?? null;
}

function isOwn({ localService, name, voiceURI }: SpeechSynthesisVoice): boolean {
  return localService || (voiceURI === "" && BUILT_IN.includes(name));
}

/** Says `text` at `volume` percent instead of whatever is being said; silent without a voice. */
export function say(text: string, language: string, volume: number): void {
  if (typeof speechSynthesis === "undefined") return;
  speechSynthesis.cancel();
  const voice = ownVoice(speechSynthesis.getVoices(), language);
  if (voice === null || volume <= 0) return;
  const saying = new SpeechSynthesisUtterance(text);
  saying.voice = voice;
  saying.lang = voice.lang;
  saying.volume = Math.min(1, volume / 100);
  speechSynthesis.speak(saying);
}

/** Ends what is being said: the next guest hears nothing of the last one. */
export function hush(): void {
  if (typeof speechSynthesis !== "undefined") speechSynthesis.cancel();
}
