//! What nokhwa leaves undone under Linux: leaving out device nodes that give no pictures, and getting a device out
//! of a condition that nokhwa refuses to open. Elsewhere there is nothing to do.

#[cfg(target_os = "linux")]
pub(super) use linux::{gives_pictures, make_presentable};
#[cfg(not(target_os = "linux"))]
pub(super) use other::{gives_pictures, make_presentable};

#[cfg(target_os = "linux")]
mod linux {
    use v4l::capability::Flags;
    use v4l::video::Capture;
    use v4l::video::capture::Parameters;
    use v4l::{Device, Format, FourCC};

    use crate::Want;

    const KNOWN: [&[u8; 4]; 3] = [b"YUYV", b"MJPG", b"NV12"];

    /// Whether node `index` is a camera. USB cameras come with a second node for metadata, often in front of the
    /// real one. A node that cannot be asked is taken for a camera, so that opening it tells why.
    pub fn gives_pictures(index: u32) -> bool {
        let capabilities = Device::new(index as usize).and_then(|device| device.query_caps());
        capabilities
            .map_or(true, |found| found.capabilities.contains(Flags::VIDEO_CAPTURE | Flags::STREAMING))
    }

    /// Another program may have left the device at a rate such as 25/2 or in a layout such as H.264; nokhwa reads
    /// the present format first and gives up on either. Failures do not matter: opening will tell.
    pub fn make_presentable(index: u32, want: &Want) {
        let Ok(device) = Device::new(index as usize) else { return };
        if let Ok(now) = device.format()
            && !KNOWN.iter().any(|known| now.fourcc == FourCC::new(known))
            && let Ok(offered) = device.enum_formats()
            && let Some(usable) =
                offered.iter().find(|one| KNOWN.iter().any(|k| one.fourcc == FourCC::new(k)))
        {
            let set = device.set_format(&Format::new(want.width, want.height, usable.fourcc));
            tracing::debug!(ok = set.is_ok(), "the camera was left in a layout that is of no use");
        }
        if let Ok(now) = device.params()
            && now.interval.numerator != 1
        {
            let set = device.set_params(&Parameters::with_fps(30));
            tracing::debug!(ok = set.is_ok(), "the camera was left at a fractional rate");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use crate::Want;

    /// Whether device `index` is a camera.
    pub fn gives_pictures(_index: u32) -> bool {
        true
    }

    /// Nothing to do.
    pub fn make_presentable(_index: u32, _want: &Want) {}
}
