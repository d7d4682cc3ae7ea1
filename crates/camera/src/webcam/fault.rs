//! What a driver's words mean. nokhwa hands errors on as text only, so the numbers are looked for in it.

use nokhwa::NokhwaError;
use portico_types::CameraFault;

use crate::CameraError;

/// Media Foundation's and Windows' error numbers, as `windows` prints them.
const HRESULTS: [(&str, CameraFault); 6] = [
    ("0x80070005", CameraFault::Permission), // access denied
    ("0x80070020", CameraFault::Busy),       // sharing violation
    ("0xC00D3704", CameraFault::Busy),       // the hardware cannot start streaming: resources are taken
    ("0xC00D3EA3", CameraFault::Busy),       // another program took the device over
    ("0xC00D3EA2", CameraFault::Unplugged),  // the device was removed
    ("0xC00D36B4", CameraFault::Format),     // invalid media type
];

/// nokhwa's own words when no format fits the request.
const NO_FORMAT: [&str; 2] = ["Failed to Fufill", "Not same/Rejected"];

impl From<NokhwaError> for CameraError {
    fn from(error: NokhwaError) -> Self {
        let detail = error.to_string();
        Self::new(classify(&detail), detail)
    }
}

/// The fault that an error text tells of.
pub(super) fn classify(text: &str) -> CameraFault {
    if let Some(number) = os_error(text) {
        return match number {
            1 | 13 => CameraFault::Permission, // EPERM, EACCES
            2 => CameraFault::NotFound,        // ENOENT: the device node is gone
            16 => CameraFault::Busy,           // EBUSY
            6 | 19 => CameraFault::Unplugged,  // ENXIO, ENODEV
            110 => CameraFault::Stalled,       // ETIMEDOUT: the USB device does not answer
            _ => CameraFault::Driver,          // EIO (5) among them
        };
    }
    let known = HRESULTS.iter().find(|(number, _)| contains_ignoring_case(text, number));
    match known {
        Some((_, fault)) => *fault,
        None if NO_FORMAT.iter().any(|words| text.contains(words)) => CameraFault::Format,
        None => CameraFault::Driver,
    }
}

/// The number in `… (os error 16)`.
fn os_error(text: &str) -> Option<u32> {
    let (_, after) = text.rsplit_once("os error ")?;
    let digits = after.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn contains_ignoring_case(text: &str, part: &str) -> bool {
    text.to_ascii_lowercase().contains(&part.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drivers_say_is_understood() {
        let told = [
            (
                "Could not open device 0: V4L2 Error: No such file or directory (os error 2)",
                CameraFault::NotFound,
            ),
            ("Could not capture frame: Input/output error (os error 5)", CameraFault::Driver),
            ("Could not open device 0: V4L2 Error: Permission denied (os error 13)", CameraFault::Permission),
            ("Could not open device stream: Device or resource busy (os error 16)", CameraFault::Busy),
            ("Could not capture frame: No such device (os error 19)", CameraFault::Unplugged),
            ("Could not set device property: Invalid argument (os error 22)", CameraFault::Driver),
            ("Could not capture frame: Connection timed out (os error 110)", CameraFault::Stalled),
            (
                "Could not capture frame: The video recording device is no longer present. (0xC00D3EA2)",
                CameraFault::Unplugged,
            ),
            ("Error: Access is denied. (0x80070005)", CameraFault::Permission),
            ("Error: in use (0xc00d3704)", CameraFault::Busy),
            ("Could not get device property CameraFormat: Failed to Fufill", CameraFault::Format),
            (
                "Could not get device property V4L2 FrameRate: Framerate not whole number: 25 / 2",
                CameraFault::Driver,
            ),
            ("", CameraFault::Driver),
        ];
        for (text, fault) in told {
            assert_eq!(classify(text), fault, "{text}");
        }
    }

    #[test]
    fn a_number_is_read_whole() {
        assert_eq!(classify("(os error 130)"), CameraFault::Driver, "130 is neither 1 nor 13");
        assert_eq!(classify("os error "), CameraFault::Driver);
    }

    #[test]
    fn the_detail_keeps_the_drivers_words() {
        let error = CameraError::from(NokhwaError::ReadFrameError("No such device (os error 19)".into()));
        assert_eq!(error.fault, CameraFault::Unplugged);
        assert!(error.detail.contains("os error 19"));
    }
}
