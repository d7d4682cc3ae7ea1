//! Which column of a file is which.

use portico_sheets::{Cell, TableRow};

use super::synonyms::{Column, folded};
use super::{MappedColumn, RosterError};

/// Titles that are neither read nor reported: ours, in a file of bad rows that was mended.
const OURS: &str = "reason";

/// Where each column stands.
#[derive(Debug)]
pub(crate) struct Columns {
    places: [Option<usize>; Column::ALL.len()],
    /// What is not to be read from any column.
    unread: [bool; Column::ALL.len()],
    titles: Vec<String>,
    unknown: Vec<String>,
}

impl Columns {
    /// Finds the columns: those of `map` first, then those that are titled as we call them, then by other names. What
    /// `map` gives no title gets no column.
    pub(super) fn find(titles: &[String], map: &[(String, String)]) -> Result<Self, RosterError> {
        let mut columns = Self {
            places: [None; Column::ALL.len()],
            unread: [false; Column::ALL.len()],
            titles: titles.to_vec(),
            unknown: Vec::new(),
        };
        columns.take_map(map)?;
        let named = columns.places;
        columns.take(&named, |column, title| folded(column.name()) == title)?;
        let exact = columns.places;
        columns.take(&exact, Column::is_meant_by)?;
        columns.unknown = titles
            .iter()
            .enumerate()
            .filter(|(place, title)| !columns.is_taken(*place) && !title.is_empty() && *title != OURS)
            .map(|(_, title)| title.clone())
            .collect();
        let has = |column| columns.place(column).is_some();
        if !has(Column::Name) && !has(Column::GivenName) && !has(Column::FamilyName) {
            return Err(RosterError::NoNameColumn(titles.to_vec()));
        }
        Ok(columns)
    }

    fn take_map(&mut self, map: &[(String, String)]) -> Result<(), RosterError> {
        for (field, title) in map {
            let column = Column::named(field).ok_or_else(|| RosterError::UnknownField {
                field: field.clone(),
                known: Column::ALL.map(Column::name).join(", "),
            })?;
            let title = title.trim();
            if title.is_empty() {
                self.unread[column as usize] = true;
                continue;
            }
            let exact = self.titles.iter().position(|t| t == title);
            let place = exact.or_else(|| self.titles.iter().position(|t| folded(t) == folded(title)));
            let place = place.ok_or_else(|| RosterError::NoSuchColumn {
                column: title.to_owned(),
                found: self.titles.join(", "),
            })?;
            self.put(column, place)?;
        }
        Ok(())
    }

    /// Takes every column that `means` one that has no place in `settled` yet.
    fn take(
        &mut self,
        settled: &[Option<usize>],
        means: impl Fn(Column, &str) -> bool,
    ) -> Result<(), RosterError> {
        for place in 0..self.titles.len() {
            let title = folded(&self.titles[place]);
            if title.is_empty() || settled.contains(&Some(place)) {
                continue;
            }
            let open =
                |column: &Column| settled[*column as usize].is_none() && !self.unread[*column as usize];
            if let Some(column) = Column::ALL.into_iter().filter(open).find(|column| means(*column, &title)) {
                self.put(column, place)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, column: Column, place: usize) -> Result<(), RosterError> {
        match self.places[column as usize].replace(place) {
            Some(first) if first != place => Err(RosterError::TwiceTheColumn {
                field: column.name(),
                first: self.titles[first].clone(),
                second: self.titles[place].clone(),
            }),
            _ => Ok(()),
        }
    }

    fn is_taken(&self, place: usize) -> bool {
        self.places.contains(&Some(place))
    }

    fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// How many cells a row has at most.
    pub(super) fn count(&self) -> usize {
        self.titles.len()
    }

    /// Columns that we do not read.
    pub(super) fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Columns that we read, in our order.
    pub(super) fn mapped(&self) -> Vec<MappedColumn> {
        Column::ALL
            .into_iter()
            .filter_map(|column| {
                let title = self.titles[self.place(column)?].clone();
                Some(MappedColumn { field: column.name(), title })
            })
            .collect()
    }

    /// The title of a column in this file, or what we call it.
    pub(crate) fn title(&self, column: Column) -> String {
        self.place(column).map_or_else(|| column.name().to_owned(), |place| self.titles[place].clone())
    }

    /// The title under which this file has names.
    pub(crate) fn name_title(&self) -> String {
        let columns = [Column::Name, Column::FamilyName, Column::GivenName];
        let column = columns.into_iter().find(|column| self.place(*column).is_some()).unwrap_or(Column::Name);
        self.title(column)
    }

    /// The cell of `column`, unless it is empty or missing.
    pub(super) fn cell<'r>(&self, column: Column, row: &'r TableRow) -> Option<&'r Cell> {
        row.cells.get(self.place(column)?).filter(|cell| !cell.is_blank())
    }
}
