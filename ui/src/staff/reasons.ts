// The reasons that staff choose from. The audit keeps the name, so that it reads the same in every language.

export const CHECK_IN_REASONS = ["no_match", "no_consent", "document"] as const;
export const UNDO_REASONS = ["mistake", "wrong_person", "left"] as const;
export const CORRECT_REASONS = ["wrong_person", "mistake"] as const;

export type Reason =
  | (typeof CHECK_IN_REASONS)[number]
  | (typeof UNDO_REASONS)[number]
  | (typeof CORRECT_REASONS)[number];
