import { describe, expect, it } from "vitest";

import { ownVoice } from "./speech.ts";

const voice = (lang: string, localService: boolean) => ({ lang, localService, name: lang, voiceURI: lang, default: false });

describe("a voice", () => {
  it("is one of the device, never one in the network", () => {
    expect(ownVoice([voice("en-US", false)], "en")).toBeNull();
    expect(ownVoice([voice("en-US", false), voice("en-GB", true)], "en")?.lang).toBe("en-GB");
  });

  it("is one of those that WebKitGTK has built in, though it says that they were not the device's", () => {
    const said = (name: string, voiceURI: string) => ({ ...voice("en-US", false), name, voiceURI });
    expect(ownVoice([said("kal", ""), said("slt", ""), said("rms", "")], "en")?.name).toBe("slt");
    expect(ownVoice([said("slt", "https://voices.example/slt"), said("somebody", "")], "en")).toBeNull();
  });

  it("speaks the guest's language, in their own variety if there is one", () => {
    const voices = [voice("zh-TW", true), voice("zh_CN", true), voice("de-DE", true)];
    expect(ownVoice(voices, "zh-CN")?.lang).toBe("zh_CN");
    expect(ownVoice(voices, "de")?.lang).toBe("de-DE");
    expect(ownVoice(voices, "fr")).toBeNull();
  });
});
