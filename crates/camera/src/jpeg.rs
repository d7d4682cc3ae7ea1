//! Finding the pictures in a row of JPEG bytes by walking their segments. Decodes nothing.

use std::ops::Range;

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// Where a whole picture lies, and how large it says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// The bytes, from start to end marker.
    pub range: Range<usize>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// What a row of bytes holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// The whole pictures, in order.
    pub pictures: Vec<Picture>,
    /// How many pictures begin but are cut off or garbled.
    pub damaged: usize,
}

/// Finds all pictures of a file of JPEGs put one after the other. Bytes between pictures are passed over.
pub(crate) fn split(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    let mut from = 0;
    while let Some(start) = find_start(bytes, from) {
        if let Some(picture) = walk(bytes, start) {
            from = picture.range.end;
            contents.pictures.push(picture);
        } else {
            contents.damaged += 1;
            from = start + 2;
        }
    }
    contents
}

/// The first picture of a driver's buffer, which may go on with rubbish of earlier frames. Where the segments
/// are odd but an end is there, takes everything up to the last end and `size` on trust: decoders are more
/// patient than this walk.
pub(crate) fn first(bytes: &[u8], size: (u32, u32)) -> Option<Picture> {
    let start = find_start(bytes, 0)?;
    walk(bytes, start).or_else(|| {
        let end = bytes.windows(2).rposition(|pair| pair == [0xFF, EOI])? + 2;
        (end > start).then_some(Picture { range: start..end, width: size.0, height: size.1 })
    })
}

fn find_start(bytes: &[u8], from: usize) -> Option<usize> {
    let found = bytes.get(from..)?.windows(3).position(|three| three == [0xFF, SOI, 0xFF])?;
    Some(from + found)
}

/// Walks the segments of the picture that begins at `start`. `None` if it is cut off, garbled or without size.
fn walk(bytes: &[u8], start: usize) -> Option<Picture> {
    let mut at = start + 2;
    let mut size = None;
    loop {
        let (marker, after) = marker_at(bytes, at)?;
        at = match marker {
            EOI => {
                let (width, height) = size?;
                return Some(Picture { range: start..after, width, height });
            }
            SOI => return None,
            0x01 | 0xD0..=0xD7 => after,
            SOS => scan_end(bytes, segment_end(bytes, after)?)?,
            _ => {
                if is_frame_header(marker) {
                    size = Some(frame_size(bytes, after)?);
                }
                segment_end(bytes, after)?
            }
        };
    }
}

/// The marker at `at`, and where its segment goes on. Any number of fill bytes may stand before it.
fn marker_at(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(at..)?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    let marker = *rest.get(fill)?;
    (fill > 0 && marker != 0).then_some((marker, at + fill + 1))
}

fn segment_end(bytes: &[u8], at: usize) -> Option<usize> {
    let length = usize::from(u16_at(bytes, at)?);
    (length >= 2 && at + length <= bytes.len()).then_some(at + length)
}

/// Where the entropy-coded data that begins at `from` ends: at the first marker that is no restart marker.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xFF | 0xD0..=0xD7);
    let found = bytes.get(from..)?.windows(2).position(ends)?;
    Some(from + found)
}

/// Start-of-frame markers share their range with those of Huffman tables, extensions and arithmetic coding.
fn is_frame_header(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// Width and height out of a frame header: length, sample precision, height, width.
fn frame_size(bytes: &[u8], at: usize) -> Option<(u32, u32)> {
    let height = u32::from(u16_at(bytes, at + 3)?);
    let width = u32::from(u16_at(bytes, at + 5)?);
    (width > 0 && height > 0).then_some((width, height))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes([pair[0], pair[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::{jpeg, jpeg_with_thumbnail};

    #[test]
    fn pictures_put_one_after_the_other_are_found_with_their_sizes() {
        let (a, b) = (jpeg(640, 480, 1), jpeg(320, 240, 2));
        let contents = split(&[a.clone(), b.clone()].concat());
        assert_eq!(contents.damaged, 0);
        assert_eq!(
            contents.pictures,
            [
                Picture { range: 0..a.len(), width: 640, height: 480 },
                Picture { range: a.len()..a.len() + b.len(), width: 320, height: 240 },
            ]
        );
    }

    #[test]
    fn a_thumbnail_inside_a_picture_is_not_a_picture() {
        let bytes = jpeg_with_thumbnail(640, 480);
        let contents = split(&bytes);
        assert_eq!(contents.pictures, [Picture { range: 0..bytes.len(), width: 640, height: 480 }]);
    }

    #[test]
    fn a_cut_picture_does_not_hide_the_next_one() {
        let whole = jpeg(64, 48, 9);
        for cut in 3..whole.len() {
            let contents = split(&[&whole[..cut], &whole[..]].concat());
            let [next] = &contents.pictures[..] else { panic!("cut after {cut} bytes: {contents:?}") };
            assert_eq!(next.range.end, cut + whole.len(), "cut after {cut} bytes");
        }
    }

    #[test]
    fn a_picture_cut_in_its_scan_counts_as_damaged() {
        let whole = jpeg(64, 48, 9);
        for missing in 1..=10 {
            let cut = whole.len() - missing;
            let contents = split(&[&whole[..cut], &whole[..]].concat());
            assert_eq!(contents.damaged, 1, "{missing} bytes are missing");
            assert_eq!(contents.pictures[0].range.start, cut, "{missing} bytes are missing");
        }
    }

    #[test]
    fn bytes_that_are_no_jpeg_hold_nothing() {
        for rubbish in [&b""[..], b"\xFF", b"\xFF\xD8", b"GIF89a", &[0xFF; 64], &[0; 64]] {
            assert_eq!(split(rubbish), Contents::default());
        }
    }

    #[test]
    fn a_picture_without_size_is_damaged() {
        let contents = split(&jpeg(0, 0, 1));
        assert_eq!((contents.pictures.len(), contents.damaged), (0, 1));
    }

    #[test]
    fn a_drivers_buffer_is_cut_where_the_picture_ends() {
        let picture = jpeg(640, 480, 3);
        let old_rubbish = jpeg(640, 480, 4);
        let buffer = [&picture[..], &old_rubbish[40..], &[0; 100]].concat();
        assert_eq!(first(&buffer, (640, 480)).map(|p| p.range), Some(0..picture.len()));
    }

    #[test]
    fn an_odd_picture_with_an_end_is_left_to_the_decoder() {
        let odd = [&[0xFF, SOI, 0xFF, 0xE0, 0, 0][..], &[7; 50], &[0xFF, EOI, 9, 9]].concat();
        let picture = first(&odd, (320, 240)).unwrap();
        assert_eq!((picture.range, picture.width, picture.height), (0..58, 320, 240));
    }

    #[test]
    fn a_buffer_without_an_end_is_no_picture() {
        let picture = jpeg(640, 480, 3);
        assert_eq!(first(&picture[..picture.len() - 2], (640, 480)), None);
    }
}
