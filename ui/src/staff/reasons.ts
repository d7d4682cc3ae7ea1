// The reasons that staff choose from. The audit keeps the name, so that it reads the same in every language.

export const CHECK_IN_REASONS = ["no_match", "no_consent", "document"] as const;
export const UNDO_REASONS = ["mistake", "wrong_person", "left"] as const;
export const CORRECT_REASONS = ["wrong_person", "mistake"] as const;
export const AMEND_REASONS = ["wrong_person", "wrong_ticket", "document"] as const;
export const SAME_GUEST_REASONS = ["came_back", "guest_asked", "document"] as const;
export const OTHER_GUEST_REASONS = ["wrong_person", "wrong_ticket", "mistake"] as const;
export const WIPE_REASONS = ["event_over", "handed_on", "repair"] as const;

/** Why staff do something about a guest's face: there is no other reason. */
export const GUEST_WISH = "guest_wish";

export type Reason =
  | (typeof CHECK_IN_REASONS)[number]
  | (typeof UNDO_REASONS)[number]
  | (typeof CORRECT_REASONS)[number]
  | (typeof AMEND_REASONS)[number]
  | (typeof SAME_GUEST_REASONS)[number]
  | (typeof OTHER_GUEST_REASONS)[number]
  | (typeof WIPE_REASONS)[number];
