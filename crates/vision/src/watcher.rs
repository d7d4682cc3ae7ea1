//! Looks at a camera's frames one after the other: what stands there, is it good enough, and the best picture of it.

mod carried;
mod evidence;
mod movement;

use portico_types::{Frame, Observation, Quality, Sample, Subject, Tick, TrackId};

use self::carried::Carried;
use self::movement::Movement;
use crate::burst::{Bursts, Shot};
use crate::decode::decode_into;
use crate::detect::Detection;
use crate::dominant::{Choice, choose};
use crate::error::VisionError;
use crate::face::Stages;
use crate::gate::{Scene, hint};
use crate::models::Models;
use crate::params::VisionParams;
use crate::picture::{RgbPicture, Square};
use crate::quality::room_luma;
use crate::resize::Scaler;
use crate::spoof::Histories;
use crate::stage::Stage;
use crate::track::{Followed, Tracker};

/// Follows the faces before one camera. Keeps the pictures of the last burst in memory, and nothing else of a guest.
pub struct Watcher {
    stages: Stages,
    tracker: Tracker,
    bursts: Bursts,
    histories: Histories,
    picture: RgbPicture,
    scaler: Scaler,
    attended: Option<TrackId>,
    looked_at: Option<Tick>,
    movement: Movement,
    /// The only face of the last frame, if it was near.
    carried: Option<Carried>,
}

impl Watcher {
    /// A watcher that has seen nothing yet.
    pub fn new(models: Models, params: VisionParams) -> Self {
        Self {
            stages: Stages::new(models, params),
            tracker: Tracker::default(),
            bursts: Bursts::default(),
            histories: Histories::default(),
            picture: RgbPicture::default(),
            scaler: Scaler::default(),
            attended: None,
            looked_at: None,
            movement: Movement::default(),
            carried: None,
        }
    }

    /// Whether a frame is worth looking at. While nobody is near and nothing moves, few are; one that is not costs a
    /// glance at its brightness at most.
    pub fn is_due(&mut self, frame: &Frame) -> bool {
        let (at, params) = (frame.captured_at, &self.stages.params);
        let Some(before) = self.looked_at else { return true };
        let rested = at.since(before);
        if rested < params.pace.attentive {
            return false;
        }
        let near = self.tracker.is_anybody_near(params.gate.near_width_px);
        // A frame that cannot be read is one for the look that says so.
        near || self.movement.is_recent(at)
            || rested >= params.pace.idle
            || self.movement.is_in(frame, &params.pace).unwrap_or(true)
    }

    /// Looks at a frame. Frames come in the order in which they were taken.
    pub fn observe(&mut self, frame: &Frame) -> Result<Observation, VisionError> {
        self.observe_watched(frame, &mut |_| {})
    }

    /// The same, telling `ended` whenever a stage has ended.
    pub fn observe_watched(
        &mut self,
        frame: &Frame,
        ended: &mut dyn FnMut(Stage),
    ) -> Result<Observation, VisionError> {
        self.looked_at = Some(frame.captured_at);
        decode_into(frame, &mut self.picture)?;
        ended(Stage::Decode);
        let (faces, subject) = match self.look_where_it_was(frame.captured_at, ended)? {
            Some(subject) => (1, Some(subject)),
            None => self.look_everywhere(frame.captured_at, ended)?,
        };
        self.attended = subject.as_ref().map(|s| s.track);
        Ok(Observation {
            sequence: frame.sequence,
            captured_at: frame.captured_at,
            frame_width: self.picture.width(),
            frame_height: self.picture.height(),
            faces,
            subject,
        })
    }

    /// What a track's latest burst shows: the best picture, and the face vector of several together. `None` if the
    /// face is gone, or never was near.
    pub fn sample(&mut self, track: TrackId) -> Result<Option<Sample>, VisionError> {
        self.sample_watched(track, &mut |_| {})
    }

    /// The same, telling `ended` when the face vectors are made.
    pub fn sample_watched(
        &mut self,
        track: TrackId,
        ended: &mut dyn FnMut(Stage),
    ) -> Result<Option<Sample>, VisionError> {
        let Some(burst) = self.bursts.of(track) else { return Ok(None) };
        let Some(evidence) = evidence::gather(burst, &mut self.stages)? else { return Ok(None) };
        ended(Stage::Embed);
        let shot = burst.shot(evidence.best);
        Ok(Some(Sample {
            track,
            captured_at: shot.captured_at,
            quality: shot.quality,
            crop: shot.patch.crop(&self.stages.params.crop, &mut self.scaler)?,
            embedding: evidence.embedding,
            frames: evidence.frames,
            model: self.stages.model().clone(),
            spoof: self.histories.signs(track, &self.stages.params.spoof),
        }))
    }

    /// Forgets all faces and their pictures, as after a change of camera. Track numbers are not used again.
    pub fn reset(&mut self) {
        self.tracker.reset();
        self.bursts.reset();
        self.histories.reset();
        self.attended = None;
        self.looked_at = None;
        self.movement.reset();
        self.carried = None;
    }

    /// The one face of the last frame, found again without the detector; `None` if it is lost, or if it is time to see
    /// whether somebody else has come.
    fn look_where_it_was(
        &mut self,
        at: Tick,
        ended: &mut dyn FnMut(Stage),
    ) -> Result<Option<Subject>, VisionError> {
        let pace = &self.stages.params.pace;
        self.carried = self.carried.take().filter(|face| at.since(face.detected_at) < pace.detector);
        let Some(Carried { detection, .. }) = self.carried else { return Ok(None) };
        let mut faces = self.follow(&[detection], at);
        self.attend(&mut faces, at, ended)
    }

    /// How many faces there are, and the one to attend to.
    fn look_everywhere(
        &mut self,
        at: Tick,
        ended: &mut dyn FnMut(Stage),
    ) -> Result<(usize, Option<Subject>), VisionError> {
        self.carried = None;
        let found = self.stages.detect(&self.picture, Square::centre_of(&self.picture))?;
        ended(Stage::Detect);
        let mut faces = self.follow(&found, at);
        let subject = self.attend(&mut faces, at, ended)?;
        if faces.len() != 1 {
            self.carried = None;
        }
        Ok((faces.len(), subject))
    }

    fn follow(&mut self, found: &[Detection], at: Tick) -> Vec<Followed> {
        let params = &self.stages.params;
        let faces = self.tracker.follow(found, at, params.gate.near_width_px, &params.track);
        let tracker = &self.tracker;
        self.bursts.age(at, params.burst.window, |track| tracker.is_alive(track));
        self.histories.age(at, &params.spoof, |track| tracker.is_alive(track));
        faces
    }

    /// The face to attend to. Takes out of `faces` those that turn out not to be any.
    fn attend(
        &mut self,
        faces: &mut Vec<Followed>,
        at: Tick,
        ended: &mut dyn FnMut(Stage),
    ) -> Result<Option<Subject>, VisionError> {
        while let Some(choice) = choose(faces, self.attended, &self.stages.params.gate) {
            let face = faces[choice.index];
            if face.detection.bounds.width < self.stages.params.gate.near_width_px {
                return Ok(Some(self.distant(&face, choice)));
            }
            let near = self.near(&face, choice, at)?;
            ended(Stage::Landmarks);
            if let Some(subject) = near {
                return Ok(Some(subject));
            }
            faces.swap_remove(choice.index);
        }
        Ok(None)
    }

    fn distant(&self, face: &Followed, choice: Choice) -> Subject {
        let hint = hint(&self.scene(face, choice), None, &self.stages.params.gate);
        subject(face, None, None, hint)
    }

    /// Reads a near face and keeps its picture; `None` if it is no face.
    fn near(&mut self, face: &Followed, choice: Choice, at: Tick) -> Result<Option<Subject>, VisionError> {
        let mut shot = self.bursts.blank();
        let Some((landmarks, quality)) = self.stages.read(&self.picture, &face.detection, &mut shot.chip)?
        else {
            self.bursts.discard(shot);
            self.carried = None;
            return Ok(None);
        };
        self.carried = Some(match self.carried.take() {
            Some(face) => face.moved(landmarks.points),
            None => Carried::found(face.detection, landmarks.points, at),
        });
        let params = &self.stages.params;
        let hint = hint(&self.scene(face, choice), Some(&quality), &params.gate);
        shot.patch.cut(&self.picture, &face.detection.bounds, &landmarks.points, params.crop.margin);
        self.histories.note(face.track, at, shot.chip.measured(), landmarks.eyes_open, &params.spoof);
        self.bursts.keep(face.track, Shot { captured_at: at, passed: hint.is_none(), quality, ..shot });
        Ok(Some(subject(face, Some(quality), Some(landmarks.eyes_open), hint)))
    }

    fn scene(&self, face: &Followed, choice: Choice) -> Scene {
        Scene {
            width: self.picture.width() as f32,
            height: self.picture.height() as f32,
            luma: room_luma(&self.picture),
            bounds: face.detection.bounds,
            contested: choice.contested,
        }
    }
}

fn subject(
    face: &Followed,
    quality: Option<Quality>,
    eyes_open: Option<[f32; 2]>,
    hint: Option<portico_types::Hint>,
) -> Subject {
    let (track, first_seen_at, bounds) = (face.track, face.first_seen_at, face.detection.bounds);
    Subject { track, first_seen_at, bounds, quality, eyes_open, hint }
}

#[cfg(test)]
mod tests;
