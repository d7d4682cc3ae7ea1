//! Which of a camera's picture formats to try, in which order.

use nokhwa::utils::{CameraFormat, FrameFormat};
use portico_types::PixelFormat;

use crate::Want;

/// The formats that the kiosk can use at all.
pub(super) const USABLE: [FrameFormat; 4] =
    [FrameFormat::YUYV, FrameFormat::NV12, FrameFormat::MJPEG, FrameFormat::RAWRGB];

/// Above this rate frames only cost bandwidth: vision takes fewer.
const BRISK_FPS: u32 = 30;

/// What nearly every webcam can do, for those whose list cannot be read.
pub(super) fn common() -> Vec<CameraFormat> {
    vec![
        CameraFormat::new_from(640, 480, FrameFormat::YUYV, 30),
        CameraFormat::new_from(1280, 720, FrameFormat::MJPEG, 30),
        CameraFormat::new_from(640, 480, FrameFormat::MJPEG, 30),
    ]
}

/// The usable ones of `offered`, best first.
pub(super) fn ranked(offered: &[CameraFormat], want: &Want) -> Vec<CameraFormat> {
    let mut formats: Vec<CameraFormat> = offered
        .iter()
        .copied()
        .filter(|format| USABLE.contains(&format.format()) && format.frame_rate() > 0)
        .collect();
    formats.sort_by_key(|format| (class(format, want), distance(format, want), unease(format, want)));
    formats.dedup();
    formats
}

/// How the kiosk sees the layout. `None` for what it cannot use.
pub(super) fn layout(format: FrameFormat) -> Option<PixelFormat> {
    match format {
        FrameFormat::MJPEG => Some(PixelFormat::Jpeg),
        FrameFormat::YUYV => Some(PixelFormat::Yuyv),
        FrameFormat::NV12 => Some(PixelFormat::Nv12),
        FrameFormat::RAWRGB => Some(PixelFormat::Rgb8),
        FrameFormat::GRAY | FrameFormat::RAWBGR => None,
    }
}

/// Raw pictures of the wanted size are converted in a tenth of the time that JPEG takes (0.2 ms and 2.7 ms at
/// 640x480) and have no artefacts; next best is JPEG with pixels to spare, then JPEG of the wanted size. Whatever
/// is too slow comes last.
fn class(format: &CameraFormat, want: &Want) -> u8 {
    let size = (format.width(), format.height());
    let is_wanted_size = size == (want.width, want.height);
    match format.format() {
        _ if format.frame_rate() < want.min_fps => 5,
        FrameFormat::YUYV | FrameFormat::NV12 if is_wanted_size => 0,
        FrameFormat::MJPEG if size == (1280, 720) => 1,
        FrameFormat::MJPEG if is_wanted_size => 2,
        _ if format.width() >= want.width && format.height() >= want.height => 3,
        _ => 4,
    }
}

/// Difference in pixels to the wanted size. The same for all of a class that names its size.
fn distance(format: &CameraFormat, want: &Want) -> u64 {
    let pixels = u64::from(format.width()) * u64::from(format.height());
    pixels.abs_diff(u64::from(want.width) * u64::from(want.height))
}

/// How far the rate is from a brisk one; among the too slow ones, the fastest comes first.
fn unease(format: &CameraFormat, want: &Want) -> (bool, u32) {
    let fps = format.frame_rate();
    (fps < want.min_fps, fps.abs_diff(BRISK_FPS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(width: u32, height: u32, format: FrameFormat, fps: u32) -> CameraFormat {
        CameraFormat::new_from(width, height, format, fps)
    }

    fn order(offered: &[CameraFormat]) -> Vec<CameraFormat> {
        ranked(offered, &Want::default())
    }

    #[test]
    fn raw_comes_before_large_jpeg_before_small_jpeg_before_the_rest() {
        let best_first = [
            format(640, 480, FrameFormat::YUYV, 30),
            format(640, 480, FrameFormat::NV12, 15),
            format(1280, 720, FrameFormat::MJPEG, 30),
            format(640, 480, FrameFormat::MJPEG, 30),
            format(800, 600, FrameFormat::MJPEG, 30),
            format(1920, 1080, FrameFormat::MJPEG, 30),
            format(320, 240, FrameFormat::YUYV, 30),
            format(640, 480, FrameFormat::YUYV, 10),
            format(1280, 720, FrameFormat::YUYV, 10),
        ];
        let mut offered = best_first.to_vec();
        offered.reverse();
        assert_eq!(order(&offered), best_first);
    }

    #[test]
    fn thirty_frames_a_second_are_better_than_fewer_or_more() {
        let offered = [15, 60, 20, 30].map(|fps| format(640, 480, FrameFormat::YUYV, fps));
        let rates: Vec<u32> = order(&offered).iter().map(CameraFormat::frame_rate).collect();
        assert_eq!(rates, [30, 20, 15, 60]);
    }

    #[test]
    fn a_raw_format_that_is_too_slow_gives_way_to_jpeg() {
        let jpeg = format(640, 480, FrameFormat::MJPEG, 30);
        assert_eq!(order(&[format(640, 480, FrameFormat::YUYV, 5), jpeg])[0], jpeg);
    }

    #[test]
    fn what_cannot_be_used_is_left_out() {
        assert!(
            order(&[format(640, 480, FrameFormat::GRAY, 30), format(640, 480, FrameFormat::YUYV, 0)])
                .is_empty()
        );
        for usable in USABLE {
            assert!(layout(usable).is_some(), "{usable} is asked for, so its frames must be understood");
        }
    }
}
