//! From bytes to text: the encoding is guessed unless it is named, and a guess that does not fit is a fault.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::fault::SheetFault;
use crate::records::line_ends;

/// How much of a file the guess looks at: names of thousands of guests.
const LOOKED_AT_BYTES: usize = 4 * 1024 * 1024;
/// How much of a file is looked at to see whether every other byte is zero.
const PAIRS_BYTES: usize = 4 * 1024;

/// Text and what it was written in.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: &'static str,
}

/// Decodes a text file. A mark at its begin wins over everything, then comes what was asked for, then the guess.
pub(crate) fn decode(bytes: &[u8], named: Option<&str>) -> Result<Decoded, SheetFault> {
    let (encoding, mark) = match (Encoding::for_bom(bytes), named) {
        (Some((encoding, mark)), _) => (encoding, mark),
        (None, Some(label)) => {
            let known = Encoding::for_label(label.trim().as_bytes());
            (known.ok_or_else(|| SheetFault::UnknownEncoding(label.to_owned()))?, 0)
        }
        (None, None) => (guess(bytes)?, 0),
    };
    let body = &bytes[mark..];
    let (text, faulty) = encoding.decode_without_bom_handling(body);
    if faulty {
        return Err(SheetFault::Encoding { line: line_of_fault(encoding, body), encoding: encoding.name() });
    }
    if let Some(place) = text.find('\0') {
        return Err(SheetFault::Nul { line: line_at(&text, place) });
    }
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

/// The text in the encoding that fits best, for names of files in an archive.
pub(crate) fn guess_legacy(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, SheetFault> {
    if let Some(encoding) = pairs(&bytes[..bytes.len().min(PAIRS_BYTES)]) {
        return Ok(encoding);
    }
    let Err(error) = std::str::from_utf8(bytes) else { return Ok(UTF_8) };
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    if is_damaged_utf8(looked_at) {
        return Err(SheetFault::Encoding {
            line: line_of(bytes, error.valid_up_to()),
            encoding: UTF_8.name(),
        });
    }
    Ok(guess_legacy(looked_at))
}

/// UTF-16 without a mark: in the text of a header, one byte of each pair is zero.
fn pairs(begin: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = begin.as_chunks::<2>();
    let share = |zero: fn(&[u8; 2]) -> bool| pairs.iter().filter(|pair| zero(pair)).count() * 3 > pairs.len();
    if share(|[first, second]| *first != 0 && *second == 0) {
        return Some(UTF_16LE);
    }
    share(|[first, second]| *first == 0 && *second != 0).then_some(UTF_16BE)
}

/// Whether nearly everything beyond ASCII is UTF-8: then the rest is damage, and no other encoding. In Chinese text of
/// another encoding about one pair in six looks like UTF-8 by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 9 * bad && good > 0
}

fn line_of(bytes: &[u8], place: usize) -> u64 {
    1 + line_ends(&bytes[..place])
}

fn line_at(text: &str, place: usize) -> u64 {
    line_of(text.as_bytes(), place)
}

fn line_of_fault(encoding: &'static Encoding, body: &[u8]) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let room = decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(0);
    text.reserve(room);
    let _ = decoder.decode_to_string_without_replacement(body, &mut text, true);
    line_at(&text, text.len())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030, SHIFT_JIS, WINDOWS_1252};

    use super::*;

    const CHINESE: &str = "姓名,公司,手机\n张伟,北京科技有限公司,13800138000\n王芳,上海贸易公司,13900139000\n\
        李娜,深圳市创新投资集团,13700137000\n刘洋,广州会展中心,13600136000\n";
    const TAIWANESE: &str = "姓名,公司,電話\n陳怡君,臺北資訊股份有限公司,0912345678\n林志明,高雄貿易公司,0922333444\n\
        黃淑芬,台灣電子工業,0933222111\n張雅婷,新竹科學園區管理局,0955666777\n";
    const JAPANESE: &str = "氏名,会社,電話\n佐藤さくら,東京カメラ株式会社,0312345678\n鈴木いちろう,大阪でんき,0698765432\n\
        高橋みなみ,京都おみやげセンター,0751234567\n";
    const GERMAN: &str =
        "Name;Firma;Telefon\nJürgen Weiß;Müller & Söhne;030 1234567\nZoë Krüger;Größe AG;089 7654321\n";

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes, None).unwrap()
    }

    #[test]
    fn encodings_are_guessed_from_what_spreadsheets_write() {
        for (text, encoding) in
            [(CHINESE, GB18030), (TAIWANESE, BIG5), (JAPANESE, SHIFT_JIS), (GERMAN, WINDOWS_1252)]
        {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "the test's own text must fit {}", encoding.name());
            let decoded = read(&bytes);
            assert_eq!(decoded.text, text, "guessed {}", decoded.encoding);
        }
    }

    #[test]
    fn unicode_is_known_by_its_mark_and_without() {
        for text in [CHINESE, GERMAN] {
            assert_eq!(read(text.as_bytes()).encoding, "UTF-8");
            assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).text, text, "the mark is no text");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&[b"\xFF\xFE", little.as_slice()].concat()).text, text);
            assert_eq!(read(&[b"\xFE\xFF", big.as_slice()].concat()).text, text);
        }
        let bare: Vec<u8> = GERMAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&bare).text, GERMAN);
    }

    #[test]
    fn a_broken_byte_in_utf8_is_named_by_its_line_and_not_read_as_another_encoding() {
        let mut bytes = CHINESE.as_bytes().to_vec();
        let place = CHINESE.find("刘洋").unwrap();
        bytes[place] = b'x';
        let fault = decode(&bytes, None).unwrap_err();
        assert!(matches!(fault, SheetFault::Encoding { line: 5, encoding: "UTF-8" }), "{fault}");
    }

    #[test]
    fn a_named_encoding_is_taken_and_held_to() {
        let (bytes, ..) = GB18030.encode("姓名\n张伟\n");
        assert_eq!(decode(&bytes, Some("gb18030")).unwrap().text, "姓名\n张伟\n");
        let fault = decode(&bytes, Some("utf-8")).unwrap_err();
        assert!(matches!(fault, SheetFault::Encoding { line: 1, .. }), "{fault}");
        assert!(decode(b"name", Some("klingon")).unwrap_err().to_string().contains("klingon"));
    }

    #[test]
    fn a_nul_byte_is_named_by_its_line() {
        let fault = decode(b"name,phone\nAda,1\nBo\0b,2\n", None).unwrap_err();
        assert!(matches!(fault, SheetFault::Nul { line: 3 }), "{fault}");
        let fault = decode(b"name,phone\rAda,1\rBo\0b,2\r", None).unwrap_err();
        assert!(matches!(fault, SheetFault::Nul { line: 3 }), "{fault}");
    }
}
