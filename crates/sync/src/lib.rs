//! What to exchange with the ticketing backend, and when.
//!
//! [`Planner`] decides when, [`Outbox`] what to deliver and what an answer settles, both without clock, randomness or
//! I/O; [`run`] carries it out on tokio, with the storage behind the narrow port [`Storage`] that `app` implements. What
//! happens at the door never waits for any of this.

mod failure;
mod outbox;
mod params;
mod planner;
mod runner;
mod skew;
mod status;
mod storage;

pub use failure::Failure;
pub use outbox::{Noted, Outbox, Parcel, delivery};
pub use params::SyncParams;
pub use planner::{Plan, Planner, Progress, Task};
pub use runner::{SyncDeps, WaitUntil, run};
pub use status::{Connection, SyncStatus};
pub use storage::Storage;
