//! Finds and opens a camera with nokhwa. Runs on the driver thread only.

use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, CameraInfo, RequestedFormat, RequestedFormatType,
};
use nokhwa::{Camera, nokhwa_check, nokhwa_initialize, query};
use portico_types::CameraFault;

use super::{CameraSwitch, Choice, formats, nodes};
use crate::{CameraError, Negotiated, Want};

/// A device that refuses so many of its own formats will refuse the rest, and each attempt takes time.
const ATTEMPTS: usize = 12;

/// Opens the camera that is meant and starts its stream.
pub(super) fn open(
    choice: &Choice,
    switch: &CameraSwitch,
    want: &Want,
) -> Result<(Camera, Negotiated), CameraError> {
    ask_for_permission()?;
    let found = find(choice, switch)?;
    if let CameraIndex::Index(index) = found.index() {
        nodes::make_presentable(*index, want);
    }
    let camera = match list(found.index()) {
        Ok((camera, offered)) => try_on(camera, &formats::ranked(&offered, want))?,
        Err(error) if is_final(error.fault) => return Err(error),
        Err(error) => try_anew(found.index(), &formats::common()).map_err(|_| error)?,
    };
    let negotiated = describe(&camera, found.human_name())?;
    Ok((camera, negotiated))
}

/// macOS asks its user once; until then, and after a refusal, there is no camera.
fn ask_for_permission() -> Result<(), CameraError> {
    if nokhwa_check() {
        return Ok(());
    }
    nokhwa_initialize(|granted| tracing::info!(granted, "the system was asked for the camera"));
    Err(CameraError::new(CameraFault::Permission, "the system has not allowed the camera (yet)"))
}

fn find(choice: &Choice, switch: &CameraSwitch) -> Result<CameraInfo, CameraError> {
    let mut cameras: Vec<CameraInfo> = query(ApiBackend::Auto)?;
    cameras.retain(|camera| nodes::gives_pictures(number(camera)));
    cameras.sort_by_key(number);
    let names: Vec<(u32, String)> =
        cameras.iter().map(|camera| (number(camera), camera.human_name())).collect();
    switch.note(names.iter().map(|(_, name)| name.clone()).collect());
    let place = choice.pick(&names)?;
    Ok(cameras.swap_remove(place))
}

fn number(camera: &CameraInfo) -> u32 {
    camera.index().as_index().unwrap_or(u32::MAX)
}

/// Opens the camera in whichever usable format it lists first, to learn of the others.
fn list(index: &CameraIndex) -> Result<(Camera, Vec<CameraFormat>), CameraError> {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &formats::USABLE);
    let mut camera = Camera::new(index.clone(), any)?;
    let offered = camera.compatible_camera_formats()?;
    Ok((camera, offered))
}

/// Puts the open camera into the first of `wanted` that it accepts and starts to stream.
fn try_on(mut camera: Camera, wanted: &[CameraFormat]) -> Result<Camera, CameraError> {
    let mut refusal = CameraError::new(CameraFault::Format, "the camera offers no usable format");
    for format in wanted.iter().take(ATTEMPTS) {
        let started = camera.set_camera_requset(exactly(*format)).and_then(|_| camera.open_stream());
        match started.map_err(CameraError::from) {
            Ok(()) => return Ok(camera),
            Err(error) if is_final(error.fault) => return Err(error),
            Err(error) => refusal.detail = format!("{format}: {}", error.detail),
        }
    }
    Err(refusal)
}

/// Opens the camera afresh for each of `wanted`: for devices that fail before they list their formats.
fn try_anew(index: &CameraIndex, wanted: &[CameraFormat]) -> Result<Camera, CameraError> {
    let mut refusal = CameraError::new(CameraFault::Format, "the camera refuses even the common formats");
    for format in wanted {
        let opened = Camera::new(index.clone(), exactly(*format)).and_then(|mut camera| {
            camera.open_stream()?;
            Ok(camera)
        });
        match opened {
            Ok(camera) => return Ok(camera),
            Err(error) => refusal.detail = format!("{format}: {error}"),
        }
    }
    Err(refusal)
}

fn exactly(format: CameraFormat) -> RequestedFormat<'static> {
    RequestedFormat::with_formats(RequestedFormatType::Exact(format), &formats::USABLE)
}

/// Whether another format would not help.
fn is_final(fault: CameraFault) -> bool {
    matches!(
        fault,
        CameraFault::NotFound | CameraFault::Busy | CameraFault::Permission | CameraFault::Unplugged
    )
}

fn describe(camera: &Camera, name: String) -> Result<Negotiated, CameraError> {
    let got = camera.camera_format();
    let format = formats::layout(got.format())
        .ok_or_else(|| CameraError::new(CameraFault::Format, format!("the camera sends {got}")))?;
    Ok(Negotiated { name, width: got.width(), height: got.height(), format, fps: got.frame_rate().max(1) })
}
