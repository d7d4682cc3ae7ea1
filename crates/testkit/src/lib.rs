//! Test equipment: a clock that tests turn, a camera that plays a script, and
//! guests who do not exist. Only ever a dev-dependency; nothing here is random or depends on the time of day.

mod camera;
mod clock;
mod guests;

pub use camera::{ScriptedCamera, Shot, picture};
pub use clock::{FakeClock, SelfTurning};
pub use guests::{attendee, consent, embedding, model, resembling, template};
