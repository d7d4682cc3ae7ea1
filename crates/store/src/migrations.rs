//! Brings a database of any earlier version up to the present one, in one transaction.
//!
//! Each table keeps its own steps beside its queries. A step that has been released is never edited again.

use rusqlite::{Connection, TransactionBehavior};

use crate::StoreError;
use crate::roster;
use crate::search;
use crate::table;

/// The schema that this program reads and writes.
pub const SCHEMA_VERSION: u32 = 8;

/// The version from which on Chinese names are found by their pinyin.
const WITH_PINYIN: u32 = 4;
/// The version from which on names with letters such as ü are found however those are typed.
const WITH_SPELLINGS: u32 = 7;
/// The version from which on Chinese family names of two characters stand before initials.
const WITH_COMPOUND_SURNAMES: u32 = 8;

/// One step of one table.
pub(crate) struct Migration {
    /// The schema version that this step belongs to.
    pub version: u32,
    /// What to execute.
    pub sql: &'static str,
}

/// Every table's steps; within one version they run in this order.
const TABLES: &[&[Migration]] = &[
    table::meta::MIGRATIONS,
    table::attendees::MIGRATIONS,
    table::search_terms::MIGRATIONS,
    table::templates::MIGRATIONS,
    table::check_ins::MIGRATIONS,
    table::outbox::MIGRATIONS,
    table::audit::MIGRATIONS,
    table::blocked_pairs::MIGRATIONS,
    table::conflicts::MIGRATIONS,
    table::staff::MIGRATIONS,
    table::outcomes::MIGRATIONS,
    table::needs::MIGRATIONS,
    table::walk_ins::MIGRATIONS,
    table::withdrawals::MIGRATIONS,
];

/// The schema version that the file says it has; 0 if it is empty.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Runs every step that the file has not seen.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrate_to(connection, SCHEMA_VERSION)
}

/// Runs the steps that the file has not seen, up to version `target`.
pub(crate) fn migrate_to(connection: &mut Connection, target: u32) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found >= target {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in found + 1..=target {
        for migration in TABLES.iter().copied().flatten().filter(|migration| migration.version == step) {
            transaction.execute_batch(migration.sql)?;
        }
    }
    if found < WITH_PINYIN && WITH_PINYIN <= target {
        roster::index_again(&transaction, search::has_pinyin)?;
    }
    if found < WITH_SPELLINGS && WITH_SPELLINGS <= target {
        roster::index_again(&transaction, search::has_two_spellings)?;
    }
    if found < WITH_COMPOUND_SURNAMES && WITH_COMPOUND_SURNAMES <= target {
        roster::index_again(&transaction, search::has_compound_surname)?;
    }
    transaction.pragma_update(None, "user_version", target)?;
    transaction.commit()?;
    tracing::info!(from = found, to = target, "database schema brought up to date");
    Ok(())
}

#[cfg(test)]
mod from_version_1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_belongs_to_a_version_that_is_reached() {
        for migration in TABLES.iter().copied().flatten() {
            assert!(
                (1..=SCHEMA_VERSION).contains(&migration.version),
                "a step beyond the schema would never run"
            );
        }
    }
}
