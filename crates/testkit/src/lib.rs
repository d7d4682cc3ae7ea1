//! Test equipment: a clock that tests turn, a camera that plays a script, guests who do not exist, and what the screens
//! can say. Only ever a dev-dependency; nothing here is random or depends on the time of day.

mod camera;
mod clock;
mod guests;
mod locales;

pub use camera::{ScriptedCamera, Shot, picture};
pub use clock::{FakeClock, SelfTurning};
pub use guests::{attendee, consent, embedding, model, resembling, template};
pub use locales::assert_screens_say;
