//! `/v1/devices`.

pub mod pair;
