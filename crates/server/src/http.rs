//! What all routes share: state, failures as problems, authorisation, bodies. No route and no rule of the event.

pub mod attachment;
pub mod body;
pub mod caller;
pub mod failure;
pub mod layers;
pub mod parts;
pub mod upload;

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::backend::Backend;
use crate::config::Limits;
use crate::error::BackendError;
use crate::imports::Imports;
use failure::Failure;

/// What every route can reach.
#[derive(Clone)]
pub struct AppState {
    backend: Arc<Backend>,
    limits: Limits,
    pictures: Arc<Semaphore>,
    imports: Arc<Imports>,
    stopping: CancellationToken,
}

impl AppState {
    /// State around one backend; streams end when `stopping` is cancelled.
    pub fn new(backend: Arc<Backend>, limits: Limits, stopping: CancellationToken) -> Self {
        let pictures = Arc::new(Semaphore::new(limits.pictures_at_once));
        Self { backend, limits, pictures, imports: Arc::default(), stopping }
    }

    /// The backend.
    pub fn backend(&self) -> &Arc<Backend> {
        &self.backend
    }

    /// Sizes and times that requests must keep.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The import under way, and the last one.
    pub(crate) fn imports(&self) -> &Imports {
        &self.imports
    }

    /// Cancelled when the server stops.
    pub fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    /// Runs blocking work beside the async runtime.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Backend) -> Result<T, BackendError> + Send + 'static,
    ) -> Result<T, Failure> {
        let backend = Arc::clone(&self.backend);
        match tokio::task::spawn_blocking(move || work(&backend)).await {
            Ok(result) => Ok(result?),
            Err(error) => Err(Failure::internal(&error)),
        }
    }

    /// A place among the pictures being looked at. Taken before the body is read and held until the picture has been
    /// looked at, so that neither memory nor the wait for the reader grows without bound; without a free place the
    /// caller is told to come back.
    pub fn picture_place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        Arc::clone(&self.pictures).try_acquire_owned().map_err(|_| Failure::busy())
    }
}
