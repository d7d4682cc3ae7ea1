//! The first line of a roster file: which column is which.

use csv::StringRecord;

use super::RosterError;

/// A column that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Name,
    Company,
    TicketCode,
    Phone,
    Note,
    Photo,
}

impl Column {
    const ALL: [Self; 7] =
        [Self::Id, Self::Name, Self::Company, Self::TicketCode, Self::Phone, Self::Note, Self::Photo];

    /// The name in the header.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Company => "company",
            Self::TicketCode => "ticket_code",
            Self::Phone => "phone",
            Self::Note => "note",
            Self::Photo => "photo",
        }
    }
}

/// Where each column stands.
#[derive(Debug)]
pub(super) struct Columns {
    places: [Option<usize>; 7],
    unknown: Vec<String>,
    count: usize,
}

impl Columns {
    pub(super) fn read(header: &StringRecord) -> Result<Self, RosterError> {
        if header.iter().all(str::is_empty) {
            return Err(RosterError::NoHeader);
        }
        let mut columns = Self { places: [None; 7], unknown: Vec::new(), count: header.len() };
        for (place, title) in header.iter().enumerate() {
            let name = title.to_lowercase().replace([' ', '-'], "_");
            match Column::ALL.into_iter().find(|column| column.name() == name) {
                None if title.is_empty() => {}
                None => columns.unknown.push(title.to_owned()),
                Some(column) => {
                    if columns.places[column as usize].replace(place).is_some() {
                        return Err(RosterError::TwiceTheColumn(column.name().to_owned()));
                    }
                }
            }
        }
        if columns.places[Column::Name as usize].is_none() {
            return Err(RosterError::NoNameColumn(header.iter().collect::<Vec<_>>().join(", ")));
        }
        Ok(columns)
    }

    /// How many cells a row has at most.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Columns that we do not read.
    pub(super) fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The cell of `column`, unless it is empty or missing.
    pub(super) fn cell<'r>(&self, column: Column, record: &'r StringRecord) -> Option<&'r str> {
        record.get(self.places[column as usize]?).filter(|cell| !cell.is_empty())
    }
}
