//! `POST /v1/checkins`: entries and undone entries, each with an outcome of its own.

use std::collections::BTreeMap;

use portico_types::Reason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ResolutionRecord;

/// Up to [`crate::CHECK_INS_PER_CALL`] entries, in the order in which they were made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInBatch {
    /// The entries; may be empty when only the audit's head is to be told.
    pub entries: Vec<CheckInEntry>,
    /// Where the kiosk's audit stands, so that rows which vanish from it later are missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_head: Option<AuditHeadRecord>,
}

/// The newest row of a kiosk's audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AuditHeadRecord {
    /// Number of the row.
    pub seq: i64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// One thing that happened at the door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInEntry {
    /// Client-made `UUIDv7` of this entry: sending it twice changes nothing.
    pub id: String,
    /// The device's own counter, which orders its entries whatever its clock says.
    pub sequence: i64,
    /// Time at the door, RFC 3339.
    pub at: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: EntryKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryKind {
    /// A guest entered.
    CheckIn {
        /// Who.
        attendee_id: String,
        /// At which gate.
        gate: String,
        /// `face`, `face_and_fact`, `ticket`, `name_and_fact` or `staff`.
        method: String,
        /// The recognition score, if a face was compared.
        score: Option<f32>,
        /// Why, if staff did it.
        reason: Option<String>,
    },
    /// Staff added a guest who was not on the list. Their ticket code is made by the backend; every kiosk learns of both
    /// with the roster.
    Register {
        /// The guest's id, a client-made `UUIDv7`.
        attendee_id: String,
        /// The name as the guest wants to be greeted.
        name: String,
        /// Company or group.
        company: Option<String>,
        /// Last four digits of the phone.
        phone_last4: Option<String>,
        /// What the event should know at the door.
        note: Option<String>,
    },
    /// An earlier entry was taken back.
    Undo {
        /// The id of that entry.
        check_in_id: String,
        /// Why.
        reason: String,
    },
    /// Staff decided about a guest who was let in twice.
    Resolve {
        /// The conflict's id: that of its second entry.
        conflict_id: String,
        /// What it was.
        resolution: ResolutionRecord,
        /// Why.
        reason: String,
    },
    /// A guest took their consent to be recognised by face back. What they agreed to after the entry's time stays.
    Withdraw {
        /// Who.
        attendee_id: String,
        /// Why.
        reason: String,
    },
}

/// The answer: one outcome per entry, in the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInOutcomes {
    /// The outcomes.
    pub outcomes: Vec<CheckInOutcome>,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckInOutcome {
    /// The entry's id.
    pub id: String,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: CheckInVerdict,
}

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum CheckInVerdict {
    /// Written down now.
    Recorded,
    /// Written down by an earlier delivery of the same entry.
    AlreadyRecorded,
    /// The guest had entered before by another entry.
    Duplicate {
        /// When the first entry was, RFC 3339.
        first_at: String,
        /// The name of the first entry's gate.
        first_gate: String,
        /// How the guest was recognised at the first entry: `face`, `face_and_fact`, `ticket`, `name_and_fact` or `staff`.
        first_method: String,
    },
    /// Refused for good; sending it again will not help.
    Rejected {
        /// Why, in English.
        reason: String,
        /// Its name, such as `not_on_roster`: screens say it in their own language. Without one they show `reason`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// What stands in its text, by name.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        values: BTreeMap<String, String>,
    },
}

impl CheckInVerdict {
    /// Refused for good, and why.
    pub fn rejected(reason: Reason) -> Self {
        let Reason { code, values, text } = reason;
        Self::Rejected { reason: text, code, values }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rejection_has_its_words_where_kiosks_of_any_age_look_for_them() {
        let named =
            CheckInVerdict::rejected(Reason::new("long_text", &"at most 500", &[("characters", &500)]));
        let outcome = |verdict| CheckInOutcome { id: "1".to_owned(), verdict };
        let written = serde_json::to_value(outcome(named.clone())).unwrap();
        let expected = json!({ "id": "1", "verdict": "rejected", "reason": "at most 500", "code": "long_text",
            "values": { "characters": "500" } });
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_value::<CheckInOutcome>(written).unwrap(), outcome(named));

        let words = CheckInVerdict::rejected("no such guest".into());
        let written = json!({ "id": "1", "verdict": "rejected", "reason": "no such guest" });
        assert_eq!(serde_json::to_value(outcome(words.clone())).unwrap(), written);
        assert_eq!(serde_json::from_value::<CheckInOutcome>(written).unwrap(), outcome(words));
    }
}
