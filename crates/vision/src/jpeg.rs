//! Mends what cameras do to JPEG before a decoder sees it: bytes before the start, bytes after the end, and missing
//! Huffman tables. Decodes nothing itself.

mod huffman;

use std::borrow::Cow;

use crate::error::VisionError;

const START_OF_IMAGE: u8 = 0xD8;
const END_OF_IMAGE: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;
const HUFFMAN_TABLES: u8 = 0xC4;

/// The JPEG picture within `bytes`, from its start marker to the last end marker, with the standard Huffman tables
/// put in if it brings none (as the MJPEG of many webcams does).
pub(crate) fn tidy(bytes: &[u8]) -> Result<Cow<'_, [u8]>, VisionError> {
    let start = position(bytes, START_OF_IMAGE).ok_or(VisionError::Torn("it has no beginning"))?;
    let end = last_position(bytes, END_OF_IMAGE).filter(|end| *end > start + 1);
    let end = end.ok_or(VisionError::Torn("it has no end"))?;
    let picture = &bytes[start..end + 2];
    match tables(picture)? {
        Tables::Present => Ok(Cow::Borrowed(picture)),
        Tables::MissingBefore(scan) => {
            Ok(Cow::Owned([&picture[..scan], &huffman::SEGMENT, &picture[scan..]].concat()))
        }
    }
}

fn position(bytes: &[u8], marker: u8) -> Option<usize> {
    bytes.windows(2).position(|pair| *pair == [0xFF, marker])
}

fn last_position(bytes: &[u8], marker: u8) -> Option<usize> {
    bytes.windows(2).rposition(|pair| *pair == [0xFF, marker])
}

enum Tables {
    Present,
    /// Where the scan begins that has none before it.
    MissingBefore(usize),
}

/// Walks the header segments up to the first scan.
fn tables(picture: &[u8]) -> Result<Tables, VisionError> {
    const CUT: VisionError = VisionError::Torn("its header is cut off");
    let mut at = 2;
    loop {
        let [lead, marker, rest @ ..] = picture.get(at..).unwrap_or_default() else { return Err(CUT) };
        match (*lead, *marker) {
            // Any number of fill bytes may stand before a marker.
            (0xFF, 0xFF) => at += 1,
            (0xFF, HUFFMAN_TABLES) => return Ok(Tables::Present),
            (0xFF, START_OF_SCAN) => return Ok(Tables::MissingBefore(at)),
            (0xFF, END_OF_IMAGE) => return Err(VisionError::Torn("it has no scan")),
            (0xFF, _) => {
                let [high, low, ..] = rest else { return Err(CUT) };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                if length < 2 {
                    return Err(VisionError::Torn("its header is garbled"));
                }
                at += 2 + length;
            }
            _ => return Err(VisionError::Torn("its header is garbled")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::encode;
    use crate::picture::RgbPicture;

    fn jpeg() -> Vec<u8> {
        let pixels = (0..48 * 32).flat_map(|i: u32| [(i % 251) as u8, (i / 7 % 256) as u8, 90]).collect();
        encode(&RgbPicture::new(48, 32, pixels).unwrap(), 90).unwrap()
    }

    /// The same picture as a webcam sends it: without its Huffman tables.
    fn without_tables(jpeg: &[u8]) -> Vec<u8> {
        let mut bare = jpeg[..2].to_vec();
        let mut at = 2;
        while jpeg[at + 1] != START_OF_SCAN {
            let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
            if jpeg[at + 1] != HUFFMAN_TABLES {
                bare.extend_from_slice(&jpeg[at..at + length]);
            }
            at += length;
        }
        bare.extend_from_slice(&jpeg[at..]);
        bare
    }

    #[test]
    fn a_clean_picture_is_not_copied() {
        let jpeg = jpeg();
        assert!(matches!(tidy(&jpeg).unwrap(), Cow::Borrowed(same) if same == jpeg));
    }

    #[test]
    fn what_stands_before_and_after_is_cut_off() {
        let jpeg = jpeg();
        let dirty = [b"\0\0junk".as_slice(), &jpeg, &[0; 900]].concat();
        assert_eq!(tidy(&dirty).unwrap(), jpeg);
    }

    #[test]
    fn missing_tables_are_put_in_and_decode_to_the_same_picture() {
        let whole = jpeg();
        let bare = without_tables(&whole);
        assert!(
            position(&bare, HUFFMAN_TABLES).is_none(),
            "the test must start from a picture without tables"
        );
        let decode =
            |bytes: &[u8]| zune_jpeg::JpegDecoder::new(std::io::Cursor::new(bytes.to_vec())).decode();
        assert_eq!(decode(&tidy(&bare).unwrap()).unwrap(), decode(&whole).unwrap());
    }

    #[test]
    fn a_picture_without_an_end_is_torn() {
        let jpeg = jpeg();
        for cut in [0, 1, 2, 30, jpeg.len() / 2, jpeg.len() - 2, jpeg.len() - 1] {
            let torn = tidy(&jpeg[..cut]);
            assert!(matches!(torn, Err(VisionError::Torn(_))), "cut at {cut}");
        }
    }

    #[test]
    fn a_garbled_header_is_torn() {
        for garbled in [
            &[0xFF, 0xD8, 0xFF, 0xD9][..],
            &[0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9],
            &[0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0xFF, 0xD9],
        ] {
            assert!(matches!(tidy(garbled), Err(VisionError::Torn(_))), "{garbled:?}");
        }
    }
}
