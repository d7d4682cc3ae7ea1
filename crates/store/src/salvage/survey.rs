//! Walks every tree of a damaged database and collects the rows that can still be read.
//!
//! A page whose signpost is lost is found all the same: it is nobody's, and if its rows look like those of exactly one
//! tree that misses pages, they are that tree's.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;

use super::image::Image;
use super::outline::Outline;
use super::page::{self, Kind, Parts, Row};
use super::shape::Shape;

/// Tables whose rows may be taken from an earlier version of a page: what they say of the past stays true, and what
/// has been said since is found in the others (see `mending`).
const TRUE_FOR_EVER: [&str; 3] = ["check_ins", "audit", "outbox"];

/// The rows of one tree, and what is known to be missing.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Rows in the order of the tree, then those that were found by their look.
    pub rows: Vec<Row>,
    /// Pages and single rows that could not be read.
    pub gaps: u64,
}

/// Everything that could be read, by the name of the table or index.
pub(super) type Survey = BTreeMap<String, Found>;

/// First pages of all trees, as the database itself tells or, where that does not read, as the outline told.
pub(super) fn roots(image: &Image, outline: Option<&Outline>) -> BTreeMap<String, u32> {
    let mut roots = outline.map(|outline| outline.roots.clone()).unwrap_or_default();
    let mut walker = Walker::new(image);
    for row in walker.walk(1, true, false).rows {
        if let [_, Value::Text(name), _, Value::Integer(root), ..] = row.values.as_slice()
            && let Ok(root) = u32::try_from(*root)
            && root > 0
        {
            roots.insert(name.clone(), root);
        }
    }
    roots
}

/// The last numbers that `SQLite` gave out, table by table.
pub(super) fn sequences(image: &Image, roots: &BTreeMap<String, u32>) -> BTreeMap<String, i64> {
    let Some(root) = roots.get("sqlite_sequence") else { return BTreeMap::new() };
    let rows = Walker::new(image).walk(*root, true, false).rows;
    let pairs = rows.into_iter().filter_map(|row| match row.values.as_slice() {
        [Value::Text(table), Value::Integer(last)] => Some((table.clone(), *last)),
        _ => None,
    });
    pairs.collect()
}

/// Reads all trees.
pub(super) fn survey(image: &Image, roots: &BTreeMap<String, u32>, shapes: &[Shape]) -> Survey {
    let mut walker = Walker::new(image);
    let mut survey = Survey::new();
    // The list of all trees has pages of its own that are nobody else's.
    walker.walk(1, true, false);
    for shape in shapes {
        let found = match roots.get(&shape.name) {
            Some(root) => {
                let earlier = TRUE_FOR_EVER.contains(&shape.name.as_str());
                walker.walk(*root, shape.is_numbered, earlier)
            }
            None => Found { gaps: 1, ..Found::default() },
        };
        survey.insert(shape.name.clone(), sift(found, shape));
    }
    walker.adopt(shapes, &mut survey);
    survey
}

/// Leaves out what cannot be a row of this shape: a signpost from an earlier time may lead to another tree.
fn sift(mut found: Found, shape: &Shape) -> Found {
    let before = found.rows.len();
    found.rows.retain(|row| shape.fits(row));
    found.gaps += (before - found.rows.len()) as u64;
    found
}

struct Walker<'a> {
    image: &'a Image,
    seen: BTreeSet<u32>,
}

impl<'a> Walker<'a> {
    fn new(image: &'a Image) -> Self {
        Self { image, seen: BTreeSet::new() }
    }

    fn walk(&mut self, root: u32, numbered: bool, earlier: bool) -> Found {
        let mut found = Found::default();
        let mut ahead = vec![root];
        while let Some(number) = ahead.pop() {
            if !self.seen.insert(number) {
                found.gaps += 1;
                continue;
            }
            let newest = self.parts(number, self.image.page(number), numbered);
            let (parts, stale) = match newest {
                Some((_, parts)) => (Some(parts), false),
                None if earlier => {
                    let before = self.parts(number, self.image.earlier_page(number), numbered);
                    (before.filter(|(kind, _)| kind.is_leaf()).map(|(_, parts)| parts), true)
                }
                None => (None, true),
            };
            found.gaps += u64::from(stale);
            if let Some(parts) = parts {
                found.gaps += u64::from(parts.unreadable_rows);
                found.rows.extend(parts.rows);
                ahead.extend(parts.below.into_iter().rev());
                self.seen.extend(parts.overflow);
            }
        }
        found
    }

    fn parts(&self, number: u32, page: Option<Vec<u8>>, numbered: bool) -> Option<(Kind, Parts)> {
        let page = page?;
        let kind = page::kind(number, &page).filter(|kind| kind.is_numbered() == numbered)?;
        Some((kind, page::take_apart(self.image, number, &page, kind)?))
    }

    /// Gives pages that nobody leads to any more back to the one tree that they can belong to.
    fn adopt(&mut self, shapes: &[Shape], survey: &mut Survey) {
        let gaping: Vec<&Shape> = shapes
            .iter()
            .filter(|shape| survey.get(&shape.name).is_none_or(|found| found.gaps > 0))
            .collect();
        if gaping.is_empty() {
            return;
        }
        for number in 2..=self.image.last_page() {
            if self.seen.contains(&number) {
                continue;
            }
            let Some(page) = self.image.page(number) else { continue };
            let Some(kind) = page::kind(number, &page) else { continue };
            let Some(parts) = page::take_apart(self.image, number, &page, kind) else { continue };
            let mut owners = gaping
                .iter()
                .filter(|shape| !parts.rows.is_empty() && parts.rows.iter().all(|row| shape.fits(row)));
            if let (Some(owner), None) = (owners.next(), owners.next())
                && let Some(found) = survey.get_mut(&owner.name)
            {
                found.gaps += u64::from(parts.unreadable_rows);
                found.rows.extend(parts.rows);
            }
        }
    }
}
