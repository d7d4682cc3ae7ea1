//! Which camera is wanted, while another one may be open, and which ones were there when it was last looked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Choice;

/// Changes the camera of a [`super::Webcam`] that is in use. Clones are the same switch.
#[derive(Clone, Debug, Default)]
pub struct CameraSwitch(Arc<Mutex<Wanted>>);

#[derive(Debug, Default)]
struct Wanted {
    choice: Choice,
    /// Counts how often somebody chose.
    turn: u64,
    connected: Vec<String>,
}

impl CameraSwitch {
    /// A switch that stands at `choice`.
    pub fn new(choice: Choice) -> Self {
        Self(Arc::new(Mutex::new(Wanted { choice, ..Wanted::default() })))
    }

    /// From now on this camera is wanted: the open one is closed, and it is looked again at what is connected, also if
    /// it is the same.
    pub fn choose(&self, choice: Choice) {
        let mut wanted = self.lock();
        wanted.choice = choice;
        wanted.turn += 1;
    }

    /// Names of the cameras that were connected when one was last opened or looked for.
    pub fn connected(&self) -> Vec<String> {
        self.lock().connected.clone()
    }

    /// What is wanted, and the number of that choice.
    pub(super) fn wanted(&self) -> (Choice, u64) {
        let wanted = self.lock();
        (wanted.choice.clone(), wanted.turn)
    }

    /// Whether somebody has chosen since `turn`.
    pub(super) fn has_moved_since(&self, turn: u64) -> bool {
        self.lock().turn != turn
    }

    /// These are connected.
    pub(super) fn note(&self, connected: Vec<String>) {
        self.lock().connected = connected;
    }

    fn lock(&self) -> MutexGuard<'_, Wanted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choosing_the_same_camera_again_moves_the_switch_too() {
        let switch = CameraSwitch::new(Choice::First);
        let (choice, turn) = switch.wanted();
        assert_eq!(choice, Choice::First);
        assert!(!switch.has_moved_since(turn));
        switch.clone().choose(Choice::First);
        assert!(switch.has_moved_since(turn), "it is looked again at what is connected");
        switch.choose(Choice::Index(2));
        assert_eq!(switch.wanted(), (Choice::Index(2), turn + 2));
    }
}
