//! Failures that belong to no route: they are problems too.

use axum::body::Body;
use axum::http::header;
use portico_protocol::ProblemCode;

use crate::support::World;

#[tokio::test]
async fn an_unknown_address_is_a_problem() {
    World::new().get("/v1/nowhere").await.problem(404, ProblemCode::NotFound);
}

#[tokio::test]
async fn a_wrong_method_is_a_problem_that_names_the_right_one() {
    let world = World::new();
    let request = world.request("DELETE", "/v1/event").body(Body::empty()).unwrap();
    let answer = world.send(request).await;
    answer.problem(405, ProblemCode::Malformed);
    assert!(answer.headers[header::ALLOW].to_str().unwrap().contains("GET"));
}

#[tokio::test]
async fn a_wrong_content_type_is_a_problem() {
    let world = World::new();
    let request = world.request("POST", "/v1/checkins").header(header::CONTENT_TYPE, "text/plain");
    let answer = world.send(request.body(Body::from("{\"entries\":[]}")).unwrap()).await;
    answer.problem(415, ProblemCode::Malformed);
}

#[tokio::test]
async fn an_address_that_is_no_text_is_a_problem() {
    let world = World::new();
    let request = world.request("DELETE", "/v1/attendees/%FF/face").body(Body::empty()).unwrap();
    world.send(request).await.problem(400, ProblemCode::Malformed);
}

#[tokio::test]
async fn every_answer_tells_the_servers_time() {
    let answer = World::new().get("/v1/event").await;
    assert_eq!(answer.headers["x-portico-time"], "2026-11-21T09:30:00Z");
}
