//! What to exchange with the ticketing backend, and when.
//!
//! [`Planner`] decides, without clock, randomness or I/O; [`run`] carries it out on tokio, with the storage behind the
//! narrow port [`Storage`] that `app` implements. What happens at the door never waits for any of this.

mod params;
mod planner;
mod runner;
mod status;
mod storage;

pub use params::SyncParams;
pub use planner::{Failure, Plan, Planner, Progress, Task};
pub use runner::{SyncDeps, WaitUntil, run};
pub use status::{Connection, SyncStatus};
pub use storage::Storage;
