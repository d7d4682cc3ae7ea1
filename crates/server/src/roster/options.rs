//! How a roster is to be read.

use portico_sheets::ReadOptions;

/// How a roster is to be read.
#[derive(Clone, Debug, Default)]
pub struct RosterOptions {
    /// Which sheet, which encoding, how large.
    pub read: ReadOptions,
    /// Which column is for what, as field and title, such as `name` and `Who`. An empty title: from no
    /// column. What is not named is found by its title.
    pub map: Vec<(String, String)>,
}
