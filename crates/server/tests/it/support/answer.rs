//! An answer with its body read.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use portico_protocol::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};
use serde::de::DeserializeOwned;

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Self { status: head.status, headers: head.headers, body }
    }

    /// The JSON body of a success.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Checks that this is a problem of that status and code, and returns its detail.
    #[track_caller]
    pub fn problem(&self, status: u16, code: ProblemCode) -> String {
        self.whole_problem(status, code).detail
    }

    /// Checks that this is a problem of that status and code which screens know by name, and returns that name.
    #[track_caller]
    pub fn named_problem(&self, status: u16, code: ProblemCode) -> String {
        let problem = self.whole_problem(status, code);
        let reason = problem.reason.unwrap();
        assert_eq!(reason.text, problem.detail, "the same in words");
        reason.code.unwrap()
    }

    #[track_caller]
    fn whole_problem(&self, status: u16, code: ProblemCode) -> Problem {
        let text = String::from_utf8_lossy(&self.body);
        let problem: Problem = serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!((self.status.as_u16(), problem.code), (status, code), "{text}");
        assert_eq!(problem.status, status, "the status in the body repeats the one of the answer");
        assert_eq!(self.headers["content-type"], PROBLEM_MEDIA_TYPE);
        assert!(self.headers.contains_key("x-portico-time"), "failures tell the server's time too");
        problem
    }
}
