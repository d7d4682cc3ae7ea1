//! The event's rules about faces, and against held-up pictures. Holds no behaviour.

/// What a spoof warning does, and when a guest is asked for a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpoofRules {
    /// When a guest is asked to blink or to turn the head.
    pub challenge: ChallengeRule,
    /// What a warning does.
    pub warning: WarningRule,
}

/// When a guest is asked to blink or to turn the head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChallengeRule {
    /// Never.
    #[default]
    Off,
    /// When there was a warning, before its guest is let in by face alone.
    OnWarning,
    /// Every guest, before they are identified.
    Always,
}

/// What a spoof warning does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WarningRule {
    /// Nothing.
    Ignore,
    /// Staff are told.
    #[default]
    TellStaff,
    /// Staff are told, and the guest is asked for the second fact.
    AskSecondFact,
}

/// What faces are used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FaceRule {
    /// Whoever steps up is searched for among the enrolled guests.
    #[default]
    Search,
    /// A face is compared with the one that its guest's ticket carries, and with no other. Nobody is searched for.
    WithTicket,
}
