//! Our own event backend, contract version 1.

mod exchange;
mod imports;
mod records;
mod retry_after;
mod stream;

pub use records::entry_record;

use std::time::Duration;

use exchange::Exchange;
use portico_protocol::{
    AttendeesPage, CHECK_INS_PER_CALL, CheckInBatch, CheckInOutcomes, EnrolOutcome, EventRecord, PairRequest,
    Paired, TemplatesPage,
};
use portico_types::{AttendeeId, AuditHead, Consent, ModelId, UtcMillis};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method};
use serde::Serialize;

use crate::BackendError;
use crate::backend::{
    Answer, ConflictsPage, Delivery, EventStream, GalleryPage, RosterPage, Ticketing, Verdict,
};

/// How long calls may take, and how much they may answer.
#[derive(Clone, Debug)]
pub struct PorticoParams {
    /// For small questions: pairing, the event, erasing. Short, because asking for the event is also how the end of an
    /// outage is noticed.
    pub question: Duration,
    /// For a page of the roster or the gallery: 1,000 templates are about 1.5 MB, which a 2 Mbit/s line carries in 6 s.
    pub page: Duration,
    /// For a batch of up to 500 check-ins, which the server commits one by one (0.5–4 ms each).
    pub check_ins: Duration,
    /// For a picture of up to 6 MB over the same line.
    pub picture: Duration,
    /// For a file to be imported, up to 1 GB of pictures: over the same line more than an hour, which nobody waits for; over
    /// a venue's own network a minute.
    pub import_file: Duration,
    /// Silence after which the stream counts as broken: three keep-alives of 15 s.
    pub stream_silence: Duration,
    /// Longest answer that is unpacked and read: a page of 1,000 templates of 2,048 numbers.
    pub answer_limit_bytes: usize,
}

impl Default for PorticoParams {
    fn default() -> Self {
        Self {
            question: Duration::from_secs(3),
            page: Duration::from_secs(20),
            check_ins: Duration::from_secs(15),
            picture: Duration::from_secs(30),
            import_file: Duration::from_mins(20),
            stream_silence: Duration::from_secs(45),
            answer_limit_bytes: 16 * 1024 * 1024,
        }
    }
}

/// The event backend at one address, spoken to as one paired device. Cheap to clone.
#[derive(Clone)]
pub struct PorticoBackend {
    exchange: Exchange,
    params: PorticoParams,
}

impl PorticoBackend {
    /// A backend below `base` (`https://host[:port][/path]`). The client must not follow redirects, so that tokens
    /// and pictures go to the configured backend and nowhere else.
    pub fn new(client: Client, base: &str, token: &str, params: PorticoParams) -> Result<Self, BackendError> {
        let exchange = Exchange::new(client, base, Some(token), params.answer_limit_bytes)?;
        Ok(Self { exchange, params })
    }

    /// Turns a one-use pairing code into a device identity.
    pub async fn pair(
        client: Client,
        base: &str,
        request: &PairRequest,
        params: &PorticoParams,
    ) -> Result<Paired, BackendError> {
        let exchange = Exchange::new(client, base, None, params.answer_limit_bytes)?;
        let call = exchange.request(Method::POST, &["v1", "devices", "pair"]).json(request);
        Ok(exchange.json(call, params.question).await?.value)
    }

    /// Stores a guest's face from one to three pictures (JPEG or PNG), with their consent, until `expires_at`. What was
    /// enrolled of them before is replaced.
    pub async fn enrol(
        &self,
        attendee: &AttendeeId,
        pictures: Vec<Vec<u8>>,
        consent: &Consent,
        expires_at: UtcMillis,
    ) -> Result<EnrolOutcome, BackendError> {
        let metadata = records::enrolment(consent, expires_at);
        let mut form = Form::new().part("metadata", json_part(&metadata)?);
        for picture in pictures {
            form = form.part("picture", Part::bytes(picture).file_name("picture"));
        }
        let call = self.face(Method::PUT, attendee).multipart(form);
        Ok(self.exchange.json(call, self.params.picture).await?.value)
    }

    /// Erases all of a guest's face data on the backend.
    pub async fn erase(&self, attendee: &AttendeeId) -> Result<(), BackendError> {
        let call = self.face(Method::DELETE, attendee);
        self.exchange.done(call, self.params.question).await
    }

    /// The question for what is new on the list called `name`.
    fn feed(&self, name: &str, since: Option<&str>) -> reqwest::RequestBuilder {
        self.exchange.request(Method::GET, &["v1", name]).query(&since.map(|at| [("since", at)]))
    }

    fn face(&self, method: Method, attendee: &AttendeeId) -> reqwest::RequestBuilder {
        self.exchange.request(method, &["v1", "attendees", attendee.as_str(), "face"])
    }
}

/// A part of a form that holds `value` as JSON.
fn json_part(value: &impl Serialize) -> Result<Part, BackendError> {
    let json = serde_json::to_vec(value).map_err(|_| BackendError::Settings("metadata"))?;
    Part::bytes(json).mime_str("application/json").map_err(|_| BackendError::Settings("media type"))
}

impl Ticketing for PorticoBackend {
    async fn event(&self) -> Result<Answer<EventRecord>, BackendError> {
        let call = self.exchange.request(Method::GET, &["v1", "event"]);
        self.exchange.json(call, self.params.question).await
    }

    async fn attendees(&self, since: Option<&str>) -> Result<Answer<RosterPage>, BackendError> {
        let call = self.feed("attendees", since);
        let answer = self.exchange.json::<AttendeesPage>(call, self.params.page).await?;
        Ok(answer.map(records::roster_page))
    }

    async fn templates(
        &self,
        since: Option<&str>,
        model: &ModelId,
    ) -> Result<Answer<GalleryPage>, BackendError> {
        let call = self.feed("templates", since).query(&[("model", &model.0)]);
        let answer = self.exchange.json::<TemplatesPage>(call, self.params.page).await?;
        Ok(answer.map(records::gallery_page))
    }

    async fn conflicts(&self, since: Option<&str>) -> Result<Answer<ConflictsPage>, BackendError> {
        let call = self.feed("conflicts", since);
        let answer = self.exchange.json::<portico_protocol::ConflictsPage>(call, self.params.page).await?;
        Ok(answer.map(records::conflicts_page))
    }

    async fn check_ins(
        &self,
        deliveries: &[Delivery],
        audit_head: Option<AuditHead>,
    ) -> Result<Answer<Vec<Verdict>>, BackendError> {
        if deliveries.len() > CHECK_INS_PER_CALL {
            return Err(BackendError::Settings("batch size"));
        }
        let batch = CheckInBatch {
            entries: deliveries.iter().map(entry_record).collect(),
            audit_head: audit_head.map(records::audit_head),
        };
        let call = self.exchange.request(Method::POST, &["v1", "checkins"]).json(&batch);
        let answer = self.exchange.json::<CheckInOutcomes>(call, self.params.check_ins).await?;
        let verdicts = records::verdicts(deliveries, answer.value)?;
        Ok(Answer { value: verdicts, server_time: answer.server_time })
    }

    async fn stream(&self) -> Result<EventStream, BackendError> {
        let call = self.exchange.request(Method::GET, &["v1", "stream"]);
        let response = self.exchange.open(call, "text/event-stream", self.params.question).await?;
        Ok(stream::events(response, self.params.stream_silence))
    }
}
