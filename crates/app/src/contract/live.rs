//! What staff's live tab and the list of guests who need somebody are told.

use portico_types::{Method, Outcome, StaffNotice, UtcMillis};
use serde::Serialize;
use ts_rs::TS;

/// How the event goes. Numbers only; entries of other gates count as far as sync has brought them.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LiveReport {
    /// When these numbers were true.
    pub at: UtcMillis,
    /// Guests on the list.
    #[ts(type = "number")]
    pub expected: u64,
    /// Those of them who are in.
    #[ts(type = "number")]
    pub inside: u64,
    /// Guests who are in, by gate; the largest first.
    pub by_gate: Vec<GateFigure>,
    /// Entries of this kiosk that stand, by method; the most frequent first.
    pub by_method: Vec<MethodFigure>,
    /// The beginning of the first minute that `arrivals` and `outcomes` are about.
    pub since: UtcMillis,
    /// Guests who came in by the minute, oldest first; minutes without any are left out.
    pub arrivals: Vec<MinuteFigure>,
    /// How recognition went at this kiosk by the minute, oldest first.
    pub outcomes: Vec<OutcomeMinute>,
    /// How recognition went at this kiosk over the last days.
    pub outcome_totals: Vec<OutcomeFigure>,
    /// Guests who needed somebody and whom nobody has ticked off, newest first.
    pub needs: Vec<NeedRow>,
    /// How many of them there are.
    #[ts(type = "number")]
    pub open_needs: u64,
}

/// Guests who are in by one gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GateFigure {
    /// What the gate is called, if that is known.
    pub gate: Option<String>,
    /// How many.
    #[ts(type = "number")]
    pub guests: u64,
}

/// Entries by one method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MethodFigure {
    /// How they were recognised.
    pub method: Method,
    /// How many.
    #[ts(type = "number")]
    pub entries: u64,
}

/// Guests who came in within one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MinuteFigure {
    /// Its beginning.
    pub minute: UtcMillis,
    /// How many.
    #[ts(type = "number")]
    pub guests: u64,
}

/// How often something came about within one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeMinute {
    /// Its beginning.
    pub minute: UtcMillis,
    /// What.
    pub outcome: Outcome,
    /// How often.
    #[ts(type = "number")]
    pub count: u64,
}

/// How often something came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeFigure {
    /// What.
    pub outcome: Outcome,
    /// How often.
    #[ts(type = "number")]
    pub count: u64,
}

/// A guest who needed somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NeedRow {
    /// Its number, to tick it off by.
    #[ts(type = "number")]
    pub need: i64,
    /// Why.
    pub kind: StaffNotice,
    /// When.
    pub at: UtcMillis,
}
