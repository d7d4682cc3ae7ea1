//! Guests and pictures that a supervisor imports at the kiosk, from files on its disk.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use portico_app::contract::RpcError;
use portico_tests::guests::AMARA;
use portico_tests::journey::audit_of;
use portico_tests::{Journey, Venue};
use portico_types::AuditAction;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const LIST: &str = "Name;Firma;Ticket;Telefon\n\
    Ngozi Adeyemi;Adeyemi & Co;NA4T7P;+49 30 5550 4711\n\
    =HYPERLINK(\"x\");Formel GmbH;FX2Q8R;\n\
    Wu Xiulan;;WX2Q8R;no phone\n";

/// A kiosk whose staff mode is open, and its folder for imports.
async fn at_the_desk() -> Option<(Journey, PathBuf)> {
    let venue = Venue::open().await?;
    let (_, access) = venue.pair_administrator();
    let journey = Journey::start(venue, access).await;
    journey.staff_unlock().await;
    let choice = journey.does("staff.import_files", json!({})).await;
    assert_eq!(choice["files"], json!([]));
    let folder = PathBuf::from(choice["folder"].as_str().unwrap());
    Some((journey, folder))
}

fn order(file: &Path, preview: bool) -> Value {
    json!({ "file": file.to_str(), "preview": preview, "columns": {}, "agreement": null })
}

fn pack(archive: &Path, files: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(File::create(archive).unwrap());
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

/// What the import has come to, once it is through.
async fn result(journey: &Journey) -> Value {
    let ended = |view: &Value| {
        view["kind"] == "refused" || view["kind"] == "taken" && view["report"]["state"] != "running"
    };
    journey.learns("staff.import", json!({}), ended).await
}

#[tokio::test]
async fn a_list_is_looked_at_then_imported_and_its_guests_are_found() {
    let Some((journey, folder)) = at_the_desk().await else { return };
    let file = folder.join("guests.csv");
    std::fs::write(&file, LIST).unwrap();

    journey.does("staff.begin_import", order(&file, true)).await;
    let seen = result(&journey).await;
    let roster = &seen["report"]["roster"];
    assert_eq!((&roster["added"], &roster["skipped"]), (&json!(2), &json!(1)), "{seen}");
    let bad = &roster["bad_rows"][0];
    assert_eq!((&bad["row"], &bad["column"]), (&json!(4), &json!("Telefon")), "{seen}");
    assert_eq!(roster["first_rows"][0]["name"], "Ngozi Adeyemi");
    assert_eq!(journey.does("staff.search", json!({ "query": "ngozi" })).await, json!([]), "only looked at");

    journey.does("staff.begin_import", order(&file, false)).await;
    let done = result(&journey).await;
    assert_eq!(
        (&done["report"]["state"], &done["report"]["roster"]["added"]),
        (&json!("done"), &json!(2)),
        "{done}"
    );
    let found = journey
        .learns("staff.search", json!({ "query": "ngozi" }), |rows| {
            rows.as_array().is_some_and(|rows| !rows.is_empty())
        })
        .await;
    assert_eq!((&found[0]["company"], &found[0]["ticket_code"]), (&json!("Adeyemi & Co"), &json!("NA4T7P")));

    let saved = journey.does("staff.save_import_report", json!({})).await;
    let mend = std::fs::read_to_string(saved["file"].as_str().unwrap()).unwrap();
    assert!(
        mend.contains("Wu Xiulan") && !mend.contains("Ngozi"),
        "what is to be mended, and no more: {mend}"
    );
    journey.does("staff.end_import", json!({})).await;
    assert_eq!(journey.does("staff.import", json!({})).await["kind"], "none");
    let audit = audit_of(&journey.ends().await);
    let imports = audit.iter().filter(|row| row.note.action == AuditAction::Import).count();
    assert_eq!(
        imports, 3,
        "begun, its report saved, and ended; looking changes nothing and is not written down"
    );
}

#[tokio::test]
async fn pictures_are_taken_with_an_agreement_and_not_without() {
    let Some((journey, folder)) = at_the_desk().await else { return };
    let file = folder.join("faces.zip");
    let portrait = portico_cast::portrait_jpeg(&AMARA.figure()).unwrap();
    let pictures =
        [(format!("{}.jpg", AMARA.ticket), portrait), ("nobody.jpg".to_owned(), b"no picture".to_vec())];
    pack(&file, &pictures);

    let refused = journey.call("staff.begin_import", order(&file, false)).await.unwrap_err();
    assert_eq!(refused.code, "staff.import_agreement");
    let agreement = json!({ "text_version": "2026-05", "language": "en", "days_kept": 7 });
    let order = json!({ "file": file.to_str(), "preview": false, "columns": {}, "agreement": agreement });
    journey.does("staff.begin_import", order).await;
    let done = result(&journey).await;
    let faces = &done["report"]["faces"];
    assert_eq!((&faces["enrolled"], &faces["not_taken"]), (&json!(1), &json!(1)), "{done}");
    assert_eq!(faces["refused"][0]["file"], "nobody.jpg", "{done}");
}

#[tokio::test]
async fn what_cannot_be_imported_says_why_and_changes_nothing() {
    let Some((journey, folder)) = at_the_desk().await else { return };
    let begin = async |file: &Path| journey.call("staff.begin_import", order(file, true)).await;
    let code = |answer: Result<Value, RpcError>| answer.unwrap_err().code;

    let outside = folder.parent().unwrap().join("kiosk.key");
    assert!(outside.exists());
    assert_eq!(code(begin(&outside).await), "staff.import_file_gone", "no path but those on offer");
    let gone = folder.join("guests.csv");
    assert_eq!(code(begin(&gone).await), "staff.import_file_gone");

    let unmapped = folder.join("unmapped.csv");
    std::fs::write(&unmapped, "Wer;Woher\nNgozi Adeyemi;Adeyemi & Co\n").unwrap();
    begin(&unmapped).await.unwrap();
    let seen = result(&journey).await;
    assert_eq!(seen["report"]["state"], "failed", "{seen}");
    let reason = &seen["report"]["reason"];
    assert_eq!(
        (&reason["code"], &reason["values"]["columns"]),
        (&json!("no_name_column"), &json!("Wer, Woher"))
    );
    assert_eq!(
        seen["report"]["roster"]["unknown_columns"],
        json!(["Wer", "Woher"]),
        "staff can say which is which"
    );
    let mapped = json!({ "file": unmapped.to_str(), "preview": true, "columns": { "name": "Wer" }, "agreement": null });
    journey.does("staff.begin_import", mapped).await;
    assert_eq!(result(&journey).await["report"]["roster"]["added"], 1);

    let large = folder.join("large.csv");
    File::create(&large).unwrap().set_len(2 * 1024 * 1024 * 1024).unwrap();
    assert_eq!(code(begin(&large).await), "staff.import_too_large", "two gigabytes are not even sent");
}

#[tokio::test]
async fn a_kiosk_that_may_not_import_is_told_so() {
    let Some(venue) = Venue::open().await else { return };
    let (_, access) = venue.pair();
    let journey = Journey::start(venue, access).await;
    journey.staff_unlock().await;
    let choice = journey.does("staff.import_files", json!({})).await;
    let file = Path::new(choice["folder"].as_str().unwrap()).join("guests.csv");
    std::fs::write(&file, LIST).unwrap();
    let refused = journey.call("staff.begin_import", order(&file, true)).await.unwrap_err();
    assert_eq!(refused.code, "staff.import_not_allowed");
}
