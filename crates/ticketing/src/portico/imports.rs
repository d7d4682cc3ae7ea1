//! Imports: a file goes to the backend, which says how far it is and what became of it.

use portico_protocol::{ImportMetadata, ImportStatus};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method};

use super::PorticoBackend;
use crate::BackendError;

impl PorticoBackend {
    /// Sends `file`, of exactly `length_bytes`, and begins to import it. The backend takes one import at a time.
    pub async fn begin_import(
        &self,
        metadata: &ImportMetadata,
        file: impl Into<Body>,
        length_bytes: u64,
    ) -> Result<ImportStatus, BackendError> {
        let metadata = super::json_part(metadata)?;
        let file = Part::stream_with_length(file, length_bytes).file_name("file");
        let form = Form::new().part("metadata", metadata).part("file", file);
        let call = self.exchange.request(Method::POST, &["v1", "imports"]).multipart(form);
        Ok(self.exchange.json(call, self.params.import_file).await?.value)
    }

    /// How the import of this id stands.
    pub async fn import(&self, id: &str) -> Result<ImportStatus, BackendError> {
        let call = self.exchange.request(Method::GET, &["v1", "imports", id]);
        Ok(self.exchange.json(call, self.params.page).await?.value)
    }

    /// Stops an import that is under way; of one that is through, the backend forgets the report.
    pub async fn end_import(&self, id: &str) -> Result<(), BackendError> {
        let call = self.exchange.request(Method::DELETE, &["v1", "imports", id]);
        self.exchange.done(call, self.params.question).await
    }

    /// What is to be mended, as CSV: a roster's rows that were skipped, or the verdict on every picture.
    pub async fn import_report(&self, id: &str) -> Result<Vec<u8>, BackendError> {
        let call = self.exchange.request(Method::GET, &["v1", "imports", id, "bad-rows"]);
        self.exchange.bytes(call, "text/csv", self.params.page).await
    }
}
