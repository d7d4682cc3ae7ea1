//! Recognisers made of nets that say what they saw.

use super::*;
use crate::fakes::{FakeNet, preparation};

const PIXELS: usize = CHIP_SIDE * CHIP_SIDE;

/// Gives back the first pixel that it sees, and a one.
fn echo(side: usize) -> Box<dyn Model> {
    FakeNet::computing([side, side, 3], |input| vec![vec![input[0], input[1], input[2], 1.0]])
}

fn recogniser(preparation: Preparation) -> Recogniser {
    let net = echo(preparation.template.side());
    Recogniser::new(net, preparation, ModelId("fake/1".into())).unwrap()
}

/// Grey, with one pixel of another colour.
fn face(at: usize, pixel: [u8; 3]) -> Chips {
    let mut pixels = vec![100; PIXELS * 3];
    pixels[at * 3..][..3].copy_from_slice(&pixel);
    Chips::of(Chip::from_pixels(pixels))
}

#[test]
fn a_face_and_its_mirror_image_have_one_vector() {
    let mut recogniser = recogniser(preparation(CHIP_SIDE, 4));
    let plain = recogniser.embed(&face(0, [250, 100, 100])).unwrap();
    let mirrored = recogniser.embed(&face(CHIP_SIDE - 1, [250, 100, 100])).unwrap();
    assert!((plain.cosine(&mirrored) - 1.0).abs() < 1e-6, "both orders of the same sum");
    let even = recogniser.embed(&face(0, [100; 3])).unwrap();
    assert!(plain.cosine(&even) < 0.999, "the pixel must count");
}

#[test]
fn colours_come_in_the_order_that_the_net_wants_and_normalised() {
    let once = Preparation { mirrored: false, ..preparation(CHIP_SIDE, 4) };
    let swapped = Preparation { channels: ChannelOrder::Bgr, ..once.clone() };
    let pixel = [191, 127, 63];
    let rgb = recogniser(once).embed(&face(0, pixel)).unwrap();
    let bgr = recogniser(swapped).embed(&face(0, pixel)).unwrap();
    let ratio = |vector: &Embedding, index: usize| vector.values()[index] / vector.values()[3];
    assert!((ratio(&rgb, 0) - 63.5 / 128.0).abs() < 1e-5, "{:?}", rgb.values());
    assert!((ratio(&bgr, 2) - 63.5 / 128.0).abs() < 1e-5, "red comes last: {:?}", bgr.values());
}

#[test]
fn a_fused_cosine_is_the_weighted_mean_of_both() {
    let small = Preparation { template: Template::arcface(60), ..preparation(60, 4) };
    let pair = || [recogniser(preparation(CHIP_SIDE, 4)), recogniser(small.clone())];
    let [first, second] = pair();
    let mut fused = Recogniser::fused(first, second, 0.3, ModelId("both/1".into()));
    assert_eq!(fused.templates(), [Template::arcface(60)], "only the second needs a chip of its own");
    let [mut first, mut second] = pair();
    let faces = [face(0, [250, 30, 80]), face(0, [10, 120, 200])];
    // The second sees a black chip each time.
    let chips = faces.clone().map(|chips| Chips::black(&[Template::arcface(60)]).with_measured(&chips));
    let cosine =
        |one: &mut Recogniser, [a, b]: &[Chips; 2]| one.embed(a).unwrap().cosine(&one.embed(b).unwrap());
    let expected = 0.7 * cosine(&mut first, &faces) + 0.3 * cosine(&mut second, &chips);
    assert!((cosine(&mut fused, &chips) - expected).abs() < 1e-5);
    assert_eq!(fused.embed(&chips[0]).unwrap().values().len(), 8);
    assert!(fused.embed(&faces[0]).is_err(), "a chip that was never aligned must not count as a face");
}

#[test]
fn a_net_that_does_not_fit_its_preparation_is_refused() {
    let refused = |net: Box<dyn Model>| {
        Recogniser::new(net, preparation(CHIP_SIDE, 4), ModelId("x".into()))
            .err()
            .map(|fault| fault.to_string())
    };
    let size = refused(echo(160)).unwrap();
    assert!(size.contains("160x160x3") && size.contains("112x112x3"), "{size}");
    let short = refused(FakeNet::boxed([CHIP_SIDE, CHIP_SIDE, 3], vec![vec![1.0; 3], vec![1.0]])).unwrap();
    assert!(short.contains("3 and 1") && short.contains('4'), "{short}");
    let wild = refused(FakeNet::boxed([CHIP_SIDE, CHIP_SIDE, 3], vec![vec![f32::NAN; 4]]));
    assert!(wild.is_some_and(|fault| fault.contains("finite")));
    let second = FakeNet::boxed([CHIP_SIDE, CHIP_SIDE, 3], vec![vec![1.0], vec![1.0; 4]]);
    assert_eq!(refused(second), None, "the vector need not be the first output");
}
