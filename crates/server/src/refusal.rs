//! Why a whole file is not imported, by name for screens. Its words are those of the errors, in English.

use std::fmt::Display;

use portico_sheets::{ArchiveFault, SheetFault};
use portico_types::Reason;

use crate::error::BackendError;
use crate::roster::RosterError;

const MEGABYTE: u64 = 1024 * 1024;

/// Why `error` ends an import.
pub(crate) fn of(error: &BackendError) -> Reason {
    match error {
        BackendError::Roster(error) => of_roster(error),
        BackendError::Archive(fault) => of_archive(fault),
        BackendError::TermTooLong { days } => Reason::new("term_too_long", error, &[("count", days)]),
        BackendError::FacesUnavailable(_) => Reason::new("faces_unavailable", error, &[]),
        BackendError::Stopped => Reason::new("stopped", error, &[]),
        // Words about a field of a call, which no screen leaves to staff.
        BackendError::Malformed(text) => text.as_str().into(),
        _ => Reason::new("server_failed", error, &[]),
    }
}

/// The server's own fault, of which nothing is known but that it is one.
pub(crate) fn crashed() -> Reason {
    Reason::new("server_failed", &"the server failed; look at its log, and import again", &[])
}

/// Staff have stopped an import of pictures.
pub(crate) fn stopped_between() -> Reason {
    Reason::new("stopped_between", &"the import was stopped", &[])
}

/// The file is larger than `limit_bytes`, which is what `text` says.
pub(crate) fn too_large(text: &dyn Display, limit_bytes: u64) -> Reason {
    Reason::new("file_too_large", text, &[("megabytes", &(limit_bytes / MEGABYTE))])
}

fn of_roster(error: &RosterError) -> Reason {
    match error {
        RosterError::Sheet(fault) => of_sheet(fault),
        RosterError::NoNameColumn(titles) => {
            Reason::new("no_name_column", error, &[("columns", &titles.join(", "))])
        }
        RosterError::TwiceTheColumn { field: _, first, second } => {
            Reason::new("two_columns", error, &[("first", first), ("second", second)])
        }
        RosterError::UnknownField { field, known: _ } => {
            Reason::new("unknown_field", error, &[("field", field)])
        }
        RosterError::NoSuchColumn { column, found } => {
            Reason::new("no_such_column", error, &[("column", column), ("columns", found)])
        }
    }
}

fn of_sheet(fault: &SheetFault) -> Reason {
    let reason = |code: &str, values: &[(&str, &dyn Display)]| Reason::new(code, fault, values);
    match fault {
        SheetFault::Read(_) => reason("file_unreadable", &[]),
        SheetFault::TooLarge { limit_bytes } => too_large(fault, *limit_bytes),
        SheetFault::Empty => reason("file_empty", &[]),
        SheetFault::Kind { found: _ } => reason("no_table", &[]),
        SheetFault::OldWorkbook => reason("old_workbook", &[]),
        SheetFault::Nul { line } => reason("no_text", &[("line", line)]),
        SheetFault::Encoding { line, encoding } => {
            reason("encoding", &[("line", line), ("encoding", encoding)])
        }
        SheetFault::UnknownEncoding(encoding) => reason("unknown_encoding", &[("encoding", encoding)]),
        SheetFault::Quote { line } => reason("open_quote", &[("line", line)]),
        SheetFault::Csv(_) => reason("no_csv", &[]),
        SheetFault::Rows { limit } => reason("many_rows", &[("limit", limit)]),
        SheetFault::Columns { row, limit } => reason("many_columns", &[("row", row), ("limit", limit)]),
        SheetFault::Cells { limit } => reason("many_cells", &[("limit", limit)]),
        SheetFault::Text { limit_bytes } => {
            reason("much_text", &[("megabytes", &(*limit_bytes as u64 / MEGABYTE))])
        }
        SheetFault::Archive(inner) => of_workbook(fault, inner),
        SheetFault::Password => reason("workbook_password", &[]),
        SheetFault::Workbook(_) => reason("workbook_damaged", &[]),
        SheetFault::NoSheet { wanted, found } => reason("no_sheet", &[("sheet", wanted), ("sheets", found)]),
        SheetFault::Stopped => reason("stopped", &[]),
    }
}

/// A workbook is an archive that no person has packed: whoever saves it anew needs no name of what is inside.
fn of_workbook(text: &dyn Display, fault: &ArchiveFault) -> Reason {
    match fault {
        ArchiveFault::Read(_) => Reason::new("file_unreadable", text, &[]),
        ArchiveFault::TooLarge { limit_bytes } => too_large(text, *limit_bytes),
        ArchiveFault::Unpacked { limit_bytes } => unpacked(text, *limit_bytes),
        ArchiveFault::Password { .. } => Reason::new("workbook_password", text, &[]),
        ArchiveFault::Broken(_) => Reason::new("workbook_damaged", text, &[]),
        ArchiveFault::Entries { .. }
        | ArchiveFault::Ratio { .. }
        | ArchiveFault::Lies { .. }
        | ArchiveFault::Nested { .. }
        | ArchiveFault::Outside { .. }
        | ArchiveFault::Link { .. } => Reason::new("workbook_odd", text, &[]),
    }
}

fn of_archive(fault: &ArchiveFault) -> Reason {
    let about = |code: &str, name: &String| Reason::new(code, fault, &[("file", name)]);
    match fault {
        ArchiveFault::Read(_) => Reason::new("file_unreadable", fault, &[]),
        ArchiveFault::TooLarge { limit_bytes } => too_large(fault, *limit_bytes),
        ArchiveFault::Broken(_) => Reason::new("archive_damaged", fault, &[]),
        ArchiveFault::Entries { found, limit } => {
            Reason::new("many_files", fault, &[("found", found), ("limit", limit)])
        }
        ArchiveFault::Unpacked { limit_bytes } => unpacked(fault, *limit_bytes),
        ArchiveFault::Ratio { name, limit: _ } => about("bomb", name),
        ArchiveFault::Lies { name } => about("archive_lies", name),
        ArchiveFault::Nested { name } => about("nested_archive", name),
        ArchiveFault::Outside { name } => about("leads_outside", name),
        ArchiveFault::Link { name } => about("link", name),
        ArchiveFault::Password { name } => about("archive_password", name),
    }
}

fn unpacked(text: &dyn Display, limit_bytes: u64) -> Reason {
    Reason::new("unpacked_too_large", text, &[("megabytes", &(limit_bytes / MEGABYTE))])
}

#[cfg(test)]
mod tests {
    use std::io;

    use portico_testkit::assert_screens_say;

    use super::*;

    fn csv_error() -> csv::Error {
        io::Error::other("cut off").into()
    }

    fn archive_faults() -> [ArchiveFault; 11] {
        let name = || "a.jpg".to_owned();
        [
            ArchiveFault::Read(io::Error::other("no disk")),
            ArchiveFault::TooLarge { limit_bytes: 1 << 30 },
            ArchiveFault::Broken("no end".to_owned()),
            ArchiveFault::Entries { found: 9, limit: 8 },
            ArchiveFault::Unpacked { limit_bytes: 1 << 32 },
            ArchiveFault::Ratio { name: name(), limit: 50 },
            ArchiveFault::Lies { name: name() },
            ArchiveFault::Nested { name: name() },
            ArchiveFault::Outside { name: name() },
            ArchiveFault::Link { name: name() },
            ArchiveFault::Password { name: name() },
        ]
    }

    fn sheet_faults() -> Vec<SheetFault> {
        let faults = [
            SheetFault::Read(io::Error::other("no disk")),
            SheetFault::TooLarge { limit_bytes: 64 << 20 },
            SheetFault::Empty,
            SheetFault::Kind { found: "a PDF" },
            SheetFault::OldWorkbook,
            SheetFault::Nul { line: 3 },
            SheetFault::Encoding { line: 3, encoding: "UTF-8" },
            SheetFault::UnknownEncoding("klingon".to_owned()),
            SheetFault::Quote { line: 3 },
            SheetFault::Csv(csv_error()),
            SheetFault::Rows { limit: 9 },
            SheetFault::Columns { row: 3, limit: 9 },
            SheetFault::Cells { limit: 9 },
            SheetFault::Text { limit_bytes: 256 << 20 },
            SheetFault::Password,
            SheetFault::Workbook("no sheet".to_owned()),
            SheetFault::NoSheet { wanted: "Guests".to_owned(), found: "Sheet1".to_owned() },
        ];
        faults.into_iter().chain(archive_faults().map(SheetFault::from)).collect()
    }

    fn errors() -> Vec<BackendError> {
        let named = || "name".to_owned();
        let mut errors = vec![
            BackendError::TermTooLong { days: 2 },
            BackendError::FacesUnavailable("no nets".to_owned()),
            BackendError::Stopped,
            BackendError::Random(io::Error::other("no chance")),
            BackendError::Roster(RosterError::NoNameColumn(vec![named(), named()])),
            BackendError::Roster(RosterError::TwiceTheColumn {
                field: "name",
                first: named(),
                second: named(),
            }),
            BackendError::Roster(RosterError::UnknownField { field: named(), known: named() }),
            BackendError::Roster(RosterError::NoSuchColumn { column: named(), found: named() }),
        ];
        errors.extend(archive_faults().map(BackendError::from));
        errors.extend(sheet_faults().into_iter().map(BackendError::from));
        errors
    }

    #[test]
    fn screens_can_say_in_their_own_language_why_a_file_is_refused() {
        for error in errors() {
            let reason = of(&error);
            assert_screens_say("import", &reason);
            assert_eq!(reason.text, error.to_string(), "in English it is what operators are told");
        }
        assert_screens_say("import", &stopped_between());
        assert_screens_say("import", &crashed());
        assert_screens_say("import", &of_sheet(&SheetFault::Stopped));
    }

    #[test]
    fn limits_are_told_in_the_units_that_files_are_shown_in() {
        let reason = of(&SheetFault::TooLarge { limit_bytes: 64 << 20 }.into());
        assert_eq!(reason.values["megabytes"], "64");
        let reason = of(&ArchiveFault::Unpacked { limit_bytes: 4 << 30 }.into());
        assert_eq!(reason.values["megabytes"], "4096");
    }

    #[test]
    fn a_workbook_is_to_be_saved_anew_and_an_archive_packed_anew() {
        let name = || "xl/a.xml".to_owned();
        let code = |error: BackendError| of(&error).code.unwrap();
        assert_eq!(code(SheetFault::from(ArchiveFault::Link { name: name() }).into()), "workbook_odd");
        assert_eq!(code(ArchiveFault::Link { name: name() }.into()), "link");
    }
}
