//! Why something was refused, as the wire tells it.

use std::collections::BTreeMap;

use portico_types::Reason;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReasonRecord {
    /// Its name, such as `no_name`: screens say it in their own language. Without one they show the text.
    #[serde(default)]
    pub code: Option<String>,
    /// What stands in its text, by name.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// What is wrong and what to do, in English.
    pub text: String,
}

impl From<ReasonRecord> for Reason {
    fn from(record: ReasonRecord) -> Self {
        Self { code: record.code, values: record.values, text: record.text }
    }
}

impl From<Reason> for ReasonRecord {
    fn from(reason: Reason) -> Self {
        Self { code: reason.code, values: reason.values, text: reason.text }
    }
}
