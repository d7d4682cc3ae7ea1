import { describe, expect, it } from "vitest";

import { capitalised, nameIn, registration } from "./walkIn.ts";

describe("a guest who is added at the door", () => {
  it("begins with the name that was searched for in vain, but not with digits", () => {
    expect(nameIn(" mia wagner ")).toBe("Mia Wagner");
    expect(nameIn("K7P2QX")).toBe("");
    expect(nameIn("")).toBe("");
  });

  it("has a name with capitals, as far as nobody typed them", () => {
    expect(capitalised("jean-luc o'neill")).toBe("Jean-Luc O'neill");
    expect(capitalised("Ludwig van Beethoven")).toBe("Ludwig van Beethoven");
    expect(capitalised("王小明")).toBe("王小明");
  });

  it("has nothing where nothing was typed", () => {
    const draft = { name: " mia wagner", company: "  ", phone: "0170 1234567", note: "" };
    expect(registration(draft)).toEqual({ name: "Mia Wagner", company: null, phone: "0170 1234567", note: null });
  });
});
