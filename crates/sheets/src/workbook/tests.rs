//! Workbooks as spreadsheet programs write them, and as nobody should.

use std::io::Write as _;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn options() -> ReadOptions {
    ReadOptions::default()
}

fn table(bytes: &[u8], options: &ReadOptions) -> Result<Table, SheetFault> {
    read(bytes, options, &mut |_| ControlFlow::Continue(()))
}

fn shown(row: &TableRow) -> Vec<&str> {
    row.cells.iter().map(Cell::shown).collect()
}

/// A workbook whose first sheet is this XML between `<sheetData>` and its end.
fn raw(rows: &str) -> Vec<u8> {
    raw_with(rows, &[])
}

/// The same with further files.
fn raw_with(rows: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    for (name, content) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets>\
                 <sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" \
                 Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
            ),
        ),
    ]
    .into_iter()
    .chain(more.iter().map(|(name, content)| (*name, (*content).to_owned())))
    {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn text_cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn numbers_dates_and_text_are_read_as_they_are_seen() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Gäste").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, title) in ["name", "phone", "code", "from", "big", "share"].iter().enumerate() {
        sheet.write_string(1, column as u16, *title).unwrap();
    }
    sheet.write_string(3, 0, " 张伟 ").unwrap();
    sheet.write_number(3, 1, 13_800_138_000.0).unwrap();
    sheet.write_number(3, 2, 4_711).unwrap();
    sheet.write_datetime_with_format(3, 3, ExcelDateTime::from_ymd(2026, 3, 1).unwrap(), &day).unwrap();
    sheet.write_number(3, 4, 110_101_199_003_077_000.0).unwrap();
    sheet.write_number(3, 5, 0.5).unwrap();
    workbook.add_worksheet().set_name("Notes").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();

    let table = table(&bytes, &options()).unwrap();
    let source = Source::Xlsx { sheet: "Gäste".into(), others: vec!["Notes".into()], formulas: 0 };
    assert_eq!(table.source, source);
    assert_eq!(table.titles[..2], ["name", "phone"]);
    let row = &table.rows[0];
    assert_eq!(row.line, 4, "as the spreadsheet numbers its rows");
    assert_eq!(shown(row)[..3], ["张伟", "13800138000", "4711"]);
    assert_eq!(row.cells[3], Cell::Date("2026-03-01".into()));
    assert!(matches!(&row.cells[4], Cell::Spoiled { fault: CellFault::ManyDigits, .. }));
    assert_eq!(row.cells[5].shown(), "0.5");
}

#[test]
fn another_sheet_is_read_when_it_is_named() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").unwrap();
    let guests = workbook.add_worksheet().set_name("Guests").unwrap();
    guests.write_string(0, 0, "name").unwrap();
    guests.write_string(1, 0, "Ada").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    assert!(matches!(table(&bytes, &options()), Err(SheetFault::Empty)), "the first sheet is blank");
    let named = ReadOptions { sheet: Some("Guests".into()), ..options() };
    assert_eq!(table(&bytes, &named).unwrap().rows.len(), 1);
    let missing = ReadOptions { sheet: Some("Gäste".into()), ..options() };
    let fault = table(&bytes, &missing).unwrap_err().to_string();
    assert!(fault.contains("Gäste") && fault.contains("Cover, Guests"), "{fault}");
}

#[test]
fn formulas_are_never_evaluated() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, title) in ["name", "phone", "note"].iter().enumerate() {
        sheet.write_string(0, column as u16, *title).unwrap();
    }
    sheet.write_formula(1, 0, Formula::new("=A9&\" \"&B9").set_result("Ada Lovelace")).unwrap();
    sheet.write_formula(1, 2, Formula::new("=WEBSERVICE(\"http://a.test\")").set_result("#N/A")).unwrap();
    sheet.write_string(1, 1, "=1+1").unwrap();
    let saved = table(&workbook.save_to_buffer().unwrap(), &options()).unwrap();
    let row = &saved.rows[0];
    assert_eq!(row.cells[0].shown(), "Ada Lovelace", "the stored value");
    assert_eq!(row.cells[1].shown(), "=1+1", "text is text, whatever it begins with");
    assert!(
        matches!(&row.cells[2], Cell::Spoiled { fault: CellFault::FormulaError { error }, .. } if error == "#N/A"),
        "{row:?}"
    );
    assert!(matches!(saved.source, Source::Xlsx { formulas: 2, .. }));

    let bare = raw(&format!(
        "<row r=\"1\">{}</row><row r=\"2\"><c r=\"A2\"><f>CMD()</f></c></row>",
        text_cell("A1", "name")
    ));
    let row = &table(&bare, &options()).unwrap().rows[0];
    assert!(matches!(&row.cells[0], Cell::Spoiled { fault: CellFault::FormulaWithoutValue, .. }));
}

#[test]
fn a_sheet_that_claims_a_billion_cells_costs_what_it_has() {
    let bytes = raw(&format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        text_cell("A1", "name"),
        text_cell("A1048576", "Ada")
    ));
    let rows = table(&bytes, &options()).unwrap().rows;
    assert_eq!((rows.len(), rows[0].line), (1, 1_048_576));
    let wide = raw(&format!("<row r=\"1\">{}</row>", text_cell("XFD1", "name")));
    assert!(matches!(table(&wide, &options()), Err(SheetFault::Columns { row: 1, limit: 200 })));
}

#[test]
fn one_text_shown_in_every_cell_is_held_to_what_it_comes_to() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..100 {
        sheet.write_string(row, 0, "x".repeat(1_000)).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let limits = TableLimits { text_bytes: 50_000, ..TableLimits::default() };
    let refused = table(&bytes, &ReadOptions { limits, ..options() });
    assert!(matches!(refused, Err(SheetFault::Text { limit_bytes: 50_000 })));
    let limits = TableLimits { rows: 50, ..TableLimits::default() };
    assert!(matches!(
        table(&bytes, &ReadOptions { limits, ..options() }),
        Err(SheetFault::Rows { limit: 50 })
    ));
}

#[test]
fn a_workbook_that_is_a_bomb_is_refused_before_it_is_parsed() {
    let spaces = " ".repeat(4 << 20);
    let refused = table(&raw(&spaces), &options());
    assert!(matches!(&refused, Err(SheetFault::Archive(ArchiveFault::Ratio { .. }))), "{refused:?}");
    let text = refused.unwrap_err().to_string();
    assert!(text.contains("sheet1.xml") && text.contains("200 times"), "{text}");
}

#[test]
fn one_cell_far_to_the_right_counts_with_all_to_its_left() {
    let row = |n: usize| format!("<row r=\"{n}\">{}</row>", text_cell(&format!("GR{n}"), "x"));
    let bytes = raw(&(1..=10).map(row).collect::<String>());
    let limits = TableLimits { cells: 1_000, ..TableLimits::default() };
    let refused = table(&bytes, &ReadOptions { limits, ..options() });
    assert!(matches!(refused, Err(SheetFault::Cells { limit: 1_000 })), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("more than 1000 cells"));
    let limits = TableLimits { cells: 2_000, ..TableLimits::default() };
    assert_eq!(table(&bytes, &ReadOptions { limits, ..options() }).unwrap().rows.len(), 9);
}

#[test]
fn strings_that_are_only_claimed_get_no_room() {
    let limits = TableLimits::default();
    let rows = format!("<row r=\"1\">{}</row>", text_cell("A1", "name"));
    let head = "<sst uniqueCount=\"1000000000000\"><si><t>Ada</t></si></sst>";
    for name in ["xl/sharedStrings.xml", "xl\\SHAREDSTRINGS.XML"] {
        // Asked of the check alone: without it, the library would take this whole process down.
        let refused = check(&raw_with(&rows, &[(name, head)]), &limits);
        assert!(matches!(refused, Err(SheetFault::Workbook(_))), "{name}: {refused:?}");
    }
    let fits = "<sst count=\"7\" uniqueCount=\"1\"><si><t>Ada</t></si></sst>";
    table(&raw_with(&rows, &[("xl/sharedStrings.xml", fits)]), &options()).unwrap();
}

#[test]
fn what_is_no_workbook_says_what_it_is() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("ada.jpg", SimpleFileOptions::default()).unwrap();
    let pictures = writer.finish().unwrap().into_inner();
    assert!(table(&pictures, &options()).unwrap_err().to_string().contains("no workbook"));
    let cut = &raw("")[..100];
    assert!(matches!(table(cut, &options()), Err(SheetFault::Archive(ArchiveFault::Broken(_)))));
    let torn = raw("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>name");
    let refused = table(&torn, &options());
    assert!(matches!(refused, Err(SheetFault::Workbook(_))), "{refused:?}");
}
