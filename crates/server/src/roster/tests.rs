//! Rosters as people export them.

use super::*;
use crate::progress::Unwatched;

fn read_with(file: &[u8], options: &RosterOptions) -> Result<Roster, RosterError> {
    Roster::read(file, options, &Unwatched)
}

fn read(file: &str) -> Result<Roster, RosterError> {
    read_with(file.as_bytes(), &RosterOptions::default())
}

fn mapped(map: &[(&str, &str)]) -> RosterOptions {
    let map = map.iter().map(|(field, title)| ((*field).to_owned(), (*title).to_owned())).collect();
    RosterOptions { map, ..RosterOptions::default() }
}

fn bad(roster: &Roster) -> Vec<(u64, &str)> {
    roster.report.bad_rows.iter().map(|bad| (bad.row, bad.column.as_str())).collect()
}

#[test]
fn good_rows_are_read_past_bad_ones() {
    let roster = read("name,phone\nAda,+44 20 7946 0958\n,123\nBo,12\n").unwrap();
    assert_eq!(roster.rows.len(), 1);
    assert_eq!(roster.rows[0].1.phone_last4.as_deref(), Some("0958"));
    assert_eq!(bad(&roster), [(3, "name"), (4, "phone")]);
}

#[test]
fn a_spreadsheet_export_is_read_as_it_comes() {
    let roster = read("\u{feff}Name;Ticket Code;Seat\r\n\"Weiß; Ida\";ab2;4\r\n\r\n").unwrap();
    assert_eq!(roster.rows[0].1.name, "Weiß; Ida");
    assert_eq!(roster.rows[0].1.ticket_code.as_deref(), Some("AB2"));
    assert_eq!(roster.report.unknown_columns, ["Seat"]);
    assert!(roster.report.source.contains("UTF-8") && roster.report.source.contains("semicolons"));
}

#[test]
fn titles_are_understood_in_three_languages() {
    for file in [
        "Full name,Organisation,Ticket no.,Mobile,Remarks\nAda,Acme,K7,5550001,VIP\n",
        "姓名,单位,票码,手机号（必填）,备注\nAda,Acme,K7,5550001,VIP\n",
        "Teilnehmer;Firma;Ticketnummer;Handy;Bemerkung\nAda;Acme;K7;5550001;VIP\n",
    ] {
        let roster = read(file).unwrap();
        let guest = &roster.rows[0].1;
        assert_eq!((guest.name.as_str(), guest.company.as_deref()), ("Ada", Some("Acme")), "{file}");
        assert_eq!((guest.ticket_code.as_deref(), guest.phone_last4.as_deref()), (Some("K7"), Some("0001")));
        assert_eq!(guest.note.as_deref(), Some("VIP"));
        assert_eq!(roster.report.columns.len(), 5);
    }
}

#[test]
fn names_in_two_columns_are_joined() {
    let names = |file: &str| -> Vec<String> {
        read(file).unwrap().rows.into_iter().map(|(_, row)| row.name).collect()
    };
    assert_eq!(names("First name,Last name\nAda,Lovelace\n,Li\n"), ["Ada Lovelace", "Li"]);
    assert_eq!(names("姓,名\n张,伟\n欧阳,娜娜\n"), ["张伟", "欧阳娜娜"]);
    assert_eq!(names("Name;Vorname\nWeiß;Ida\n"), ["Ida Weiß"]);
    assert_eq!(bad(&read("Vorname;Nachname\n;\nIda;Weiß\n").unwrap()), [], "a blank row is no row");
    assert_eq!(bad(&read("Vorname;Nachname;Firma\n;;Acme\n").unwrap()), [(2, "Nachname")]);
}

#[test]
fn a_mapping_says_what_titles_do_not() {
    let file = "Who,Mobile,Landline,Name\nAda,5550001,5550002,badge\n";
    let roster = read_with(file.as_bytes(), &mapped(&[("name", "Who"), ("phone", "landline")])).unwrap();
    let guest = &roster.rows[0].1;
    assert_eq!((guest.name.as_str(), guest.phone_last4.as_deref()), ("Ada", Some("0002")));
    assert_eq!(roster.report.unknown_columns, ["Mobile", "Name"]);
    let fault = read_with(file.as_bytes(), &mapped(&[("name", "Whom")])).unwrap_err().to_string();
    assert!(fault.contains("`Whom`") && fault.contains("Who, Mobile"), "{fault}");
    let fault = read_with(file.as_bytes(), &mapped(&[("nom", "Who")])).unwrap_err().to_string();
    assert!(fault.contains("`nom`") && fault.contains("ticket_code"), "{fault}");
}

#[test]
fn a_mapping_leaves_out_what_it_gives_no_column() {
    let file = "name,company,Telefon,Handy,\nAda,Acme,5550001,5550002,x\n";
    let roster = read_with(file.as_bytes(), &mapped(&[("company", ""), ("phone", " ")])).unwrap();
    let guest = &roster.rows[0].1;
    assert_eq!((guest.name.as_str(), &guest.company, &guest.phone_last4), ("Ada", &None, &None));
    assert_eq!(roster.report.unknown_columns, ["company", "Telefon", "Handy"]);
    let fault = read_with(b"name,note\nAda,x\n", &mapped(&[("name", "")])).unwrap_err();
    assert!(matches!(fault, RosterError::NoNameColumn(_)), "{fault}");
}

#[test]
fn two_columns_for_the_same_are_refused_unless_one_is_called_as_we_call_it() {
    let fault = read("name,Telefon,Handy\nAda,1,2\n").unwrap_err();
    assert!(matches!(&fault, RosterError::TwiceTheColumn { field: "phone", .. }));
    assert!(fault.to_string().contains("`Telefon` and `Handy`"), "{fault}");
    assert!(matches!(read("name,Name\nA,B\n"), Err(RosterError::TwiceTheColumn { .. })));
    let roster = read("name,guest,phone,tel\nAda,Bo,5550001,5550002\n").unwrap();
    assert_eq!(roster.rows[0].1.phone_last4.as_deref(), Some("0001"));
    assert_eq!(roster.report.unknown_columns, ["guest", "tel"]);
}

#[test]
fn what_a_spreadsheet_did_to_numbers_is_undone_or_refused() {
    let roster =
        read("name,ticket_code,phone\nAda,4711.0,5550001.0\nBo,4712,9.12E+08\nCy,\"1,2E+10\",5550002\n")
            .unwrap();
    assert_eq!(roster.rows[0].1.ticket_code.as_deref(), Some("4711"));
    assert_eq!(roster.rows[0].1.phone_last4.as_deref(), Some("0001"), "and not 0010");
    assert_eq!(bad(&roster), [(3, "phone"), (4, "ticket_code")]);
    assert!(roster.report.bad_rows[0].fault.to_string().contains("9.12E+08"), "{:?}", roster.report.bad_rows);
}

#[test]
fn bad_rows_can_be_mended_and_read_again() {
    let roster = read("name,phone,seat,\nAda,5550001,1\n=Bo,12,2\nCy,5550003,3,4,5\n").unwrap();
    let mut file = Vec::new();
    roster.report.write_bad_rows(&mut file).unwrap();
    let text = String::from_utf8(file).unwrap();
    assert!(text.contains("'=Bo,12,2,") && text.contains("column phone: has 2 digits"), "{text}");
    let mended = text.replace(",12,", ",5550002,").replace(",4,", ",,").replace(",5\r\n", "\r\n");
    let again = read(&mended).unwrap();
    assert_eq!(again.rows.iter().map(|(_, row)| row.name.as_str()).collect::<Vec<_>>(), ["=Bo", "Cy"]);
    assert_eq!(again.report.unknown_columns, ["seat"], "our own column is no mistake of the file");
}

#[test]
fn a_file_that_is_no_roster_is_refused_as_a_whole() {
    assert!(matches!(read(""), Err(RosterError::Sheet(portico_sheets::SheetFault::Empty))));
    assert!(matches!(read("id,company\n1,x\n"), Err(RosterError::NoNameColumn(_))));
    assert!(matches!(
        read("name,note\nAda,\"open\n"),
        Err(RosterError::Sheet(portico_sheets::SheetFault::Quote { line: 2 }))
    ));
}
