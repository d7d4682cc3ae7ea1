// Speaks results where the kiosk is set to, by voices of the device only: a name is never sent to a voice in the network.

/** A voice of this device for `language`; null if it has none. */
export function ownVoice(voices: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const base = (tag: string) => tag.toLowerCase().split(/[-_]/)[0];
  const own = voices.filter((voice) => voice.localService && base(voice.lang) === base(language));
  return own.find((voice) => voice.lang.replace("_", "-").toLowerCase() === language.toLowerCase()) ?? own[0] ?? null;
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
