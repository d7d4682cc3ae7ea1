//! Recordings played on a clock that the test turns, or that waiting itself turns.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::fakes::{ManualClock, jpeg};

const LATER: Tick = Tick::from_millis(1_000_000);

/// A folder with clips; its files hold pictures whose width is the number of the clip, and whose height the
/// number of the picture, both from 1.
struct Recordings {
    folder: tempfile::TempDir,
    clock: ManualClock,
}

impl Recordings {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), clock: ManualClock::default() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn clip(&self, number: u16, pictures: u16) -> Item {
        let path = self.path(&format!("clip-{number}.mjpeg"));
        let bytes: Vec<u8> = (1..=pictures).flat_map(|n| jpeg(number, n, n as u8)).collect();
        fs::write(&path, bytes).unwrap();
        Item::Clip(path)
    }

    /// Waiting turns the clock.
    fn replay(&self, items: Vec<Item>, params: ReplayParams) -> Replay {
        self.replay_with_gap(items, None, params)
    }

    fn replay_with_gap(&self, items: Vec<Item>, gap: Option<Gap>, params: ReplayParams) -> Replay {
        let playlist = Playlist { name: "test".into(), items, gap };
        Replay::with_pacer(playlist, params, Arc::new(self.clock.clone()), Box::new(self.clock.clone()))
    }
}

fn ten_fps(repeat: Repeat) -> ReplayParams {
    ReplayParams { fps: 10, repeat, start_at: Duration::ZERO }
}

fn opened(mut replay: Replay) -> Replay {
    replay.open(&Want::default()).unwrap();
    replay
}

/// Clip, picture and capture time in ms of the next frame.
fn next(replay: &mut Replay) -> (u32, u32, u128) {
    let frame = replay.next(LATER).unwrap().unwrap();
    (frame.width, frame.height, frame.captured_at.since_start().as_millis())
}

fn fault(result: Result<impl std::fmt::Debug, CameraError>) -> CameraFault {
    result.unwrap_err().fault
}

#[test]
fn a_clip_plays_at_its_rate_and_ends() {
    let recordings = Recordings::new();
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 3)], ten_fps(Repeat::Once)));
    assert_eq!(next(&mut replay), (1, 1, 0));
    assert_eq!(next(&mut replay), (1, 2, 100));
    assert_eq!(next(&mut replay), (1, 3, 200));
    assert_eq!(fault(replay.next(LATER)), CameraFault::Ended);
    replay.close();
    assert_eq!(fault(replay.open(&Want::default())), CameraFault::Ended, "a play is not repeated unasked");
}

#[test]
fn the_frames_are_the_bytes_of_the_recording() {
    let recordings = Recordings::new();
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 2)], ten_fps(Repeat::Once)));
    assert_eq!(*replay.next(LATER).unwrap().unwrap().bytes, *jpeg(1, 1, 1));
    assert_eq!(*replay.next(LATER).unwrap().unwrap().bytes, *jpeg(1, 2, 2));
}

#[test]
fn a_clip_that_repeats_goes_on_for_ever() {
    let recordings = Recordings::new();
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 2)], ten_fps(Repeat::Forever)));
    let heights: Vec<u32> = (0..6).map(|_| next(&mut replay).1).collect();
    assert_eq!(heights, [1, 2, 1, 2, 1, 2]);
    assert_eq!(replay.progress().playing(), Some(Playing { item: 0, lap: 2 }));
}

#[test]
fn a_late_frame_is_left_out_and_the_newest_wins() {
    let recordings = Recordings::new();
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 9)], ten_fps(Repeat::Once)));
    let first = replay.next(LATER).unwrap().unwrap();
    recordings.clock.advance(Duration::from_millis(570));
    let late = replay.next(LATER).unwrap().unwrap();
    assert_eq!(late.height, 6, "pictures 2 to 5 are past");
    assert_eq!(late.captured_at, Tick::from_millis(500), "a frame is as old as its time in the recording");
    assert_eq!(late.sequence, first.sequence + 5, "the gap in the numbers tells what was left out");
}

#[test]
fn nothing_comes_before_its_time() {
    let recordings = Recordings::new();
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 2)], ten_fps(Repeat::Once)));
    next(&mut replay);
    assert_eq!(replay.next(Tick::from_millis(60)).unwrap().map(|f| f.sequence), None);
    assert_eq!(recordings.clock.now(), Tick::from_millis(60), "it waited until the deadline and no longer");
    assert_eq!(next(&mut replay), (1, 2, 100));
}

#[test]
fn the_beginning_can_be_left_out_but_not_in_the_next_round() {
    let recordings = Recordings::new();
    let params = ReplayParams { start_at: Duration::from_millis(200), ..ten_fps(Repeat::Forever) };
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 4)], params));
    assert_eq!(next(&mut replay), (1, 3, 0));
    assert_eq!(next(&mut replay), (1, 4, 100));
    assert_eq!(next(&mut replay), (1, 1, 200));
}

#[test]
fn a_playlist_tells_which_guest_is_on_and_shows_the_gap_between() {
    let recordings = Recordings::new();
    let Item::Clip(picture) = recordings.clip(9, 1) else { unreachable!() };
    let gap = Gap { picture, lasts: Duration::from_millis(200) };
    let items = vec![recordings.clip(1, 1), recordings.clip(2, 2)];
    let mut replay = opened(recordings.replay_with_gap(items, Some(gap), ten_fps(Repeat::Forever)));
    let progress = replay.progress();
    assert_eq!(progress.playing(), None);
    let mut seen = Vec::new();
    for _ in 0..8 {
        let clip = next(&mut replay).0;
        seen.push((clip, progress.playing().map(|playing| playing.item)));
    }
    let gap = (9, None);
    assert_eq!(seen, [(1, Some(0)), gap, gap, (2, Some(1)), (2, Some(1)), gap, gap, (1, Some(0))]);
    replay.close();
    assert_eq!(progress.playing(), None, "nothing is on when the recording is closed");
}

#[test]
fn a_folder_plays_its_pictures_by_name() {
    let recordings = Recordings::new();
    for (name, height) in [("b.JPG", 2), ("a.jpg", 1), ("c.jpeg", 3)] {
        fs::write(recordings.path(name), jpeg(5, height, 0)).unwrap();
    }
    fs::write(recordings.path("notes.txt"), "not a picture").unwrap();
    let item = Item::at(recordings.folder.path());
    let mut replay = opened(recordings.replay(vec![item], ten_fps(Repeat::Once)));
    let heights: Vec<u32> = (0..3).map(|_| next(&mut replay).1).collect();
    assert_eq!(heights, [1, 2, 3]);
}

#[test]
fn a_missing_recording_has_ended_and_plays_once_it_is_there() {
    let recordings = Recordings::new();
    let missing = Item::Clip(recordings.path("clip-4.mjpeg"));
    let mut replay = recordings.replay(vec![missing], ten_fps(Repeat::Once));
    let error = replay.open(&Want::default()).unwrap_err();
    assert_eq!(error.fault, CameraFault::Ended);
    assert!(error.detail.contains("clip-4.mjpeg"), "the log must say which file: {}", error.detail);
    recordings.clip(4, 1);
    assert!(replay.open(&Want::default()).is_ok());
}

#[test]
fn a_file_without_a_whole_picture_is_torn() {
    let recordings = Recordings::new();
    let path = recordings.path("torn.mjpeg");
    for rubbish in [&b""[..], b"hello", &jpeg(4, 4, 4)[..30]] {
        fs::write(&path, rubbish).unwrap();
        let mut replay = recordings.replay(vec![Item::Clip(path.clone())], ten_fps(Repeat::Once));
        assert_eq!(fault(replay.open(&Want::default())), CameraFault::Torn);
    }
}

#[test]
fn damaged_pictures_are_left_out() {
    let recordings = Recordings::new();
    let path = recordings.path("damaged.mjpeg");
    let cut = jpeg(1, 2, 2);
    fs::write(&path, [&jpeg(1, 1, 1)[..], &cut[..cut.len() - 2], &jpeg(1, 3, 3)].concat()).unwrap();
    let mut replay = opened(recordings.replay(vec![Item::Clip(path)], ten_fps(Repeat::Once)));
    assert_eq!(next(&mut replay), (1, 1, 0));
    assert_eq!(next(&mut replay), (1, 3, 100));
}

#[test]
fn a_recording_that_vanishes_while_it_plays_has_ended() {
    let recordings = Recordings::new();
    let item = recordings.clip(1, 5);
    let mut replay = opened(recordings.replay(vec![item.clone()], ten_fps(Repeat::Once)));
    fs::remove_file(item.path()).unwrap();
    assert_eq!(fault(replay.next(LATER)), CameraFault::Ended);
}

#[test]
fn an_empty_playlist_or_a_start_behind_the_end_has_ended() {
    let recordings = Recordings::new();
    let mut empty = recordings.replay(Vec::new(), ten_fps(Repeat::Forever));
    assert_eq!(fault(empty.open(&Want::default())), CameraFault::Ended);
    let params = ReplayParams { start_at: Duration::from_secs(1), ..ten_fps(Repeat::Once) };
    let mut short = recordings.replay(vec![recordings.clip(1, 10)], params);
    assert_eq!(fault(short.open(&Want::default())), CameraFault::Ended);
}

#[test]
fn numbers_go_on_after_opening_again() {
    let recordings = Recordings::new();
    let mut replay = opened(recordings.replay(vec![recordings.clip(1, 5)], ten_fps(Repeat::Once)));
    let before = replay.next(LATER).unwrap().unwrap().sequence;
    replay.close();
    let mut replay = opened(replay);
    assert!(replay.next(LATER).unwrap().unwrap().sequence > before);
}
