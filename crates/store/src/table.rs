//! The tables: one file each with its migrations and its queries. No rule spans two tables here.

pub(crate) mod attendees;
pub(crate) mod audit;
pub(crate) mod blocked_pairs;
pub(crate) mod check_ins;
pub(crate) mod conflicts;
pub(crate) mod meta;
pub(crate) mod needs;
pub(crate) mod outbox;
pub(crate) mod outcomes;
pub(crate) mod search_terms;
pub(crate) mod staff;
pub(crate) mod templates;
pub(crate) mod walk_ins;
