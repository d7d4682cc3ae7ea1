//! `/v1/imports`.

use std::sync::mpsc::{Receiver, Sender, channel};

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use portico_protocol::{
    ImportKind, ImportPhase, ImportState, ImportStatus, LARGEST_PICTURES_BYTES, LARGEST_ROSTER_BYTES,
    ProblemCode, rfc3339,
};
use portico_server::{ArchiveLimits, FaceReader, PictureError, ReadOptions, Reading};
use portico_types::{ModelId, UtcMillis};
use serde_json::{Value, json};

use crate::support::{Answer, FakeReader, HOUR_MS, MORNING, World, multipart, xlsx_of, zip_of};

const PATH: &str = "/v1/imports";

/// Waits before each picture until it is told to go on, and says when it waits.
struct Gated {
    reader: FakeReader,
    waits: Sender<()>,
    go_on: Receiver<()>,
}

impl FaceReader for Gated {
    fn model(&self) -> &ModelId {
        self.reader.model()
    }

    fn read(&mut self, picture: &[u8]) -> Result<Reading, PictureError> {
        self.waits.send(()).unwrap();
        self.go_on.recv().unwrap();
        self.reader.read(picture)
    }
}

async fn post(world: &World, metadata: &Value, file: &[u8]) -> Answer {
    let form = multipart(&[("metadata", metadata.to_string().as_bytes()), ("file", file)]);
    world.send_form("POST", PATH, form).await
}

#[track_caller]
fn accepted(answer: &Answer) -> ImportStatus {
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).unwrap()
}

/// Asks until the import is through.
async fn ended(world: &World, id: &str) -> ImportStatus {
    loop {
        let status: ImportStatus = world.get(&format!("{PATH}/{id}")).await.json();
        if status.state != ImportState::Running {
            return status;
        }
        tokio::task::yield_now().await;
    }
}

async fn delete(world: &World, id: &str) -> Answer {
    world.send(world.request("DELETE", &format!("{PATH}/{id}")).body(Body::empty()).unwrap()).await
}

fn faces() -> Value {
    json!({
        "kind": "faces",
        "consent": { "text_version": "2026-1", "language": "en", "agreed_at": rfc3339(MORNING) },
        "expires_at": rfc3339(UtcMillis(MORNING.0 + HOUR_MS)),
    })
}

#[tokio::test]
async fn a_roster_is_previewed_imported_and_its_bad_rows_handed_out() {
    let world = World::new();
    let file = xlsx_of(&[&["Who", "Telefon", "Seat"], &["Cy", "5550001", "1"], &["=Di", "12", "2"]]);
    let metadata = |preview| json!({ "kind": "roster", "preview": preview, "map": { "name": "Who" } });
    let begun = accepted(&post(&world, &metadata(true), &file).await);
    assert_eq!((begun.kind, begun.preview), (ImportKind::Roster, true));
    let preview = ended(&world, &begun.id).await;
    let report = preview.roster.unwrap();
    assert_eq!((preview.state, report.added, report.skipped), (ImportState::Done, 1, 1));
    assert_eq!((report.columns["name"].as_str(), report.columns["phone"].as_str()), ("Who", "Telefon"));
    assert_eq!((report.first_rows[0].row, report.first_rows[0].name.as_str()), (2, "Cy"));
    assert_eq!((report.bad_rows[0].row, report.bad_rows[0].column.as_str()), (3, "Telefon"));
    assert_eq!(world.backend.attendees(None).unwrap().attendees.len(), 2, "a preview changes nothing");
    let none =
        json!({ "kind": "roster", "preview": true, "map": { "name": "Who", "phone": "", "company": "" } });
    let begun = accepted(&post(&world, &none, &file).await);
    let without = ended(&world, &begun.id).await.roster.unwrap();
    assert_eq!((without.columns.len(), without.unknown_columns), (1, vec!["Telefon".into(), "Seat".into()]));

    let begun = accepted(&post(&world, &metadata(false), &file).await);
    let done = ended(&world, &begun.id).await;
    assert_eq!((done.phase, done.done, done.total), (ImportPhase::Writing, 1, Some(1)));
    assert_eq!(world.backend.attendees(None).unwrap().attendees.len(), 3);
    let bad_rows = world.get(&format!("{PATH}/{}/bad-rows", begun.id)).await;
    assert_eq!(bad_rows.headers["content-disposition"], "attachment; filename=\"bad-rows.csv\"");
    let text = String::from_utf8(bad_rows.body).unwrap();
    assert!(
        text.contains("Who,Telefon,Seat,reason\r\n'=Di,12,2,\"row 3, column Telefon: has 2 digits"),
        "{text}"
    );
    world.get(&format!("{PATH}/{}", preview.id)).await.problem(404, ProblemCode::UnknownImport);
    assert_eq!(delete(&world, &begun.id).await.status, StatusCode::NO_CONTENT);
    world.get(&format!("{PATH}/{}", begun.id)).await.problem(404, ProblemCode::UnknownImport);
}

#[tokio::test]
async fn a_file_that_is_refused_says_why() {
    let world = World::new();
    for (file, code, word) in [
        (&b"name\nAda\0\n"[..], "no_text", "NUL"),
        (b"PK\x03\x04", "workbook_damaged", "damaged"),
        (b"who\nAda\n", "no_name_column", "no column `name`"),
        (b"%PDF-1.7", "no_table", "a PDF"),
        (b"\xD0\xCF\x11\xE0", "old_workbook", "a password"),
        (b"", "file_empty", "is empty"),
    ] {
        let begun = accepted(&post(&world, &json!({ "kind": "roster" }), file).await);
        let failed = ended(&world, &begun.id).await;
        assert_eq!(failed.state, ImportState::Failed);
        let reason = failed.reason.unwrap();
        assert_eq!(reason.code.as_deref(), Some(code), "{reason:?}");
        assert!(reason.text.contains(word), "{reason:?}");
        let bad_rows = world.get(&format!("{PATH}/{}/bad-rows", begun.id)).await;
        assert!(bad_rows.body.is_empty(), "there are none");
    }
}

#[tokio::test]
async fn pictures_are_imported_one_import_at_a_time_and_can_be_stopped() {
    let ((waits, waiting), (go_on, told)) = (channel(), channel());
    let world = World::with_reader(Box::new(Gated { reader: FakeReader::default(), waits, go_on: told }));
    let file = zip_of(&[("ada.jpg", b"face 1 0"), ("bo.jpg", b"face 0 1")]);
    let begun = accepted(&post(&world, &faces(), &file).await);
    waiting.recv().unwrap();
    let path = format!("{PATH}/{}", begun.id);
    let status: ImportStatus = world.get(&path).await.json();
    assert_eq!((status.state, status.done, status.total), (ImportState::Running, 0, Some(2)));
    post(&world, &json!({ "kind": "roster" }), b"name\nCy\n").await.problem(429, ProblemCode::TooMany);
    world.get(&format!("{path}/bad-rows")).await.problem(429, ProblemCode::TooMany);

    assert_eq!(delete(&world, &begun.id).await.status, StatusCode::NO_CONTENT);
    go_on.send(()).unwrap();
    let stopped = ended(&world, &begun.id).await;
    assert_eq!(stopped.state, ImportState::Stopped);
    assert_eq!(stopped.reason.unwrap().code.as_deref(), Some("stopped_between"), "what it took stays");
    let report = stopped.faces.unwrap();
    assert_eq!((report.enrolled, report.left, report.verdicts.len()), (1, 1, 1));
    assert_eq!((report.verdicts[0].file.as_str(), report.verdicts[0].verdict.as_str()), ("ada.jpg", "taken"));
    let templates = world.backend.templates(None, None).unwrap().templates;
    assert_eq!(templates.len(), 1, "what the report says stands, and no more");
    let verdicts = world.get(&format!("{path}/bad-rows")).await;
    assert!(String::from_utf8(verdicts.body).unwrap().contains("ada.jpg,ada,taken,0.90"));
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_room_for_the_next() {
    let world = World::new();
    let (kind, body) = multipart(&[("metadata", br#"{"kind":"roster"}"#), ("file", b"name\nCy\n")]);
    let begin = Bytes::from(body[..body.len() - 20].to_vec());
    let broken = futures_util::stream::iter([Ok(begin), Err(std::io::Error::other("the cable was cut"))]);
    let request = world.request("POST", PATH).header(header::CONTENT_TYPE, kind);
    let answer = world.send(request.body(Body::from_stream(broken)).unwrap()).await;
    assert_ne!(answer.status, StatusCode::ACCEPTED);
    let begun = accepted(&post(&world, &json!({ "kind": "roster" }), b"name\nCy\n").await);
    assert_eq!(ended(&world, &begun.id).await.roster.unwrap().added, 1);
}

#[tokio::test]
async fn what_is_asked_for_wrongly_is_refused_before_the_file() {
    let world = World::new();
    for (metadata, word) in [
        (json!({ "kind": "faces" }), "consent"),
        (json!({ "kind": "letters" }), "metadata"),
        (
            {
                let mut old = faces();
                old["expires_at"] = rfc3339(MORNING).into();
                old
            },
            "passed already",
        ),
        (
            {
                let mut seen = faces();
                seen["preview"] = true.into();
                seen
            },
            "previewed",
        ),
    ] {
        let detail = post(&world, &metadata, b"x").await.problem(400, ProblemCode::Malformed);
        assert!(detail.contains(word), "{detail}");
    }
    let backwards = multipart(&[("file", b"name\nCy\n"), ("metadata", br#"{"kind":"roster"}"#)]);
    let detail = world.send_form("POST", PATH, backwards).await.problem(400, ProblemCode::Malformed);
    assert!(detail.contains("in this order"), "{detail}");
    let large = vec![b'x'; 65 << 20];
    let answer = post(&world, &json!({ "kind": "roster" }), &large).await;
    let detail = answer.problem(413, ProblemCode::TooLarge);
    assert!(detail.contains("64 MB"), "{detail}");
    assert_eq!(answer.named_problem(413, ProblemCode::TooLarge), "file_too_large");
}

#[tokio::test]
async fn only_those_who_may_administer_import() {
    let mut world = World::new();
    world.pair_a_kiosk().await;
    post(&world, &json!({ "kind": "roster" }), b"name\nCy\n").await.problem(403, ProblemCode::NotAllowed);
    world.get(&format!("{PATH}/x")).await.problem(403, ProblemCode::NotAllowed);
    delete(&world, "x").await.problem(403, ProblemCode::NotAllowed);
    world.pair_an_administrator().await;
    let begun = accepted(&post(&world, &json!({ "kind": "roster" }), b"name\nCy\n").await);
    assert_eq!(ended(&world, &begun.id).await.state, ImportState::Done);
    delete(&world, "x").await.problem(404, ProblemCode::UnknownImport);
}

#[test]
fn kiosks_do_not_even_send_what_would_be_refused_for_its_size() {
    assert_eq!(ReadOptions::default().limits.file_bytes, LARGEST_ROSTER_BYTES);
    assert_eq!(ArchiveLimits::pictures().file_bytes, LARGEST_PICTURES_BYTES);
}
