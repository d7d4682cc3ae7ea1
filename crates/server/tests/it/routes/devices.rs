//! `/v1/devices`.

mod pair;
