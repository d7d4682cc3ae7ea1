//! Generated guests: a cast of invented people for demos and tests, ray-marched by our own code.
//!
//! A [`Guest`] is a name and a set of parameters; [`render`] shows one in any pose and light, [`portrait`] takes the
//! enrolment picture, [`render_clip`] plays a whole visit to a kiosk, and
//! [`render_attack`] holds a picture of a guest in front of it instead, and [`render_ticket`] the code of a ticket. No real person is modelled, and pictures of
//! the cast prove that the machinery works, nothing about accuracy on people.
//!
//! Everything is pure and repeatable: no clock, no random source. Only the caches touch the disk.
//! It does not know detectors, recognisers or sessions.

mod attack;
mod backdrop;
mod body;
mod cache;
mod camera;
mod cast;
mod clip;
mod colour;
mod figure;
mod glasses;
mod grid;
mod hair;
mod head;
mod light;
mod look;
mod march;
mod noise;
mod paint;
mod picture;
mod portrait;
mod pose;
mod sdf;
mod shade;
mod studio;
mod ticket;
mod vec3;

pub use attack::{Attack, AttackParams, render_attack, render_print};
pub use cache::{CastError, attack_cache, clip_cache, empty_clip_cache};
pub use camera::{Camera, Smoothing};
pub use cast::{ENROLLED, Guest, cast};
pub use clip::{ClipParams, empty_scene_clip, pose_at, render_clip};
pub use light::Light;
pub use look::*;
pub use picture::Picture;
pub use portrait::{portrait, portrait_jpeg};
pub use pose::Pose;
pub use studio::{Studio, render};
pub use ticket::{TicketMedium, TicketParams, render_ticket};
