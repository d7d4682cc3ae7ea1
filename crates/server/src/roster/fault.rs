//! Why nothing at all could be read.

use portico_sheets::SheetFault;

/// Why nothing at all could be read.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// The file gives no table.
    #[error(transparent)]
    Sheet(#[from] SheetFault),
    /// No column holds names.
    #[error("the roster has no column `name`; found: {}. Say which it is with the mapping name=COLUMN", .0.join(", "))]
    NoNameColumn(Vec<String>),
    /// Two columns are for the same.
    #[error(
        "the roster has two columns for `{field}`: `{first}` and `{second}`. Say which to take with the mapping {field}=COLUMN"
    )]
    TwiceTheColumn {
        /// What they are for.
        field: &'static str,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// A mapping is for something that guests do not have.
    #[error("`{field}` cannot be mapped; guests have: {known}")]
    UnknownField {
        /// What was asked for.
        field: String,
        /// What there is.
        known: String,
    },
    /// A mapping names a column that is not there.
    #[error("the roster has no column `{column}`; found: {found}")]
    NoSuchColumn {
        /// What was asked for.
        column: String,
        /// What there is.
        found: String,
    },
}
