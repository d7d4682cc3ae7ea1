//! `GET /v1/exports/…`.

use portico_protocol::ProblemCode;

use crate::support::{World, check_in};

#[tokio::test]
async fn check_ins_are_handed_out_as_csv_and_as_a_workbook() {
    let world = World::new();
    world.deliver(check_in(1, "ada", "north", "09:31"));
    let csv = world.get("/v1/exports/check-ins").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"check-ins.csv\"");
    assert_eq!(csv.headers["cache-control"], "no-store");
    assert!(
        String::from_utf8(csv.body).unwrap().contains("2026-11-21 09:31:00,UTC,2026-11-21T09:31:00Z,Ada")
    );
    let xlsx = world.get("/v1/exports/check-ins?format=xlsx").await;
    assert_eq!(xlsx.headers["content-disposition"], "attachment; filename=\"check-ins.xlsx\"");
    assert!(xlsx.body.starts_with(b"PK"));
    let guests = world.get("/v1/exports/attendees?format=csv").await;
    assert!(String::from_utf8(guests.body).unwrap().contains("ada,Ada Lovelace,Analytical,ADA234,0958"));
    world.get("/v1/exports/check-ins?format=pdf").await.problem(400, ProblemCode::Malformed);
}

#[tokio::test]
async fn only_those_who_may_administer_get_any() {
    let mut world = World::new();
    world.pair_a_kiosk().await;
    for path in ["/v1/exports/check-ins", "/v1/exports/attendees"] {
        let detail = world.get(path).await.problem(403, ProblemCode::NotAllowed);
        assert!(detail.contains("--may-administer"), "{detail}");
    }
    world.token = String::new();
    world.get("/v1/exports/check-ins").await.problem(401, ProblemCode::Unauthorised);
    World::without_event().get("/v1/exports/check-ins").await.problem(404, ProblemCode::UnknownEvent);
}
