//! What a workbook claims about its shared strings. The library makes room for as many as they claim before it reads the
//! first, and a program that cannot have that room ends on the spot.

use crate::fault::SheetFault;

/// End of the file's name, in lower case; the library finds it in any.
const FILE: &[u8] = b"sharedstrings.xml";
/// The attribute that the library believes.
const CLAIM: &[u8] = b"uniqueCount";
/// A string takes at least `<si/>`.
const SMALLEST_BYTES: usize = 5;

/// Whether an entry of this name holds shared strings.
pub(super) fn are_in(name: &[u8]) -> bool {
    name.to_ascii_lowercase().ends_with(FILE)
}

/// Refuses content that claims more strings than fit into it, or more than `limit`. The claim is looked for everywhere,
/// since what stands before it may be made to mislead; it is searched as it stands, so the text must be UTF-8, as
/// spreadsheets write it.
pub(super) fn check(content: &[u8], limit: usize) -> Result<(), SheetFault> {
    let fault = |what: &str| Err(SheetFault::Workbook(what.to_owned()));
    if content.contains(&0) || std::str::from_utf8(content).is_err() {
        return fault("its shared strings are not in UTF-8");
    }
    let mut rest = content;
    while let Some(place) = rest.windows(CLAIM.len()).position(|window| window == CLAIM) {
        rest = &rest[place + CLAIM.len()..];
        let claimed = number(rest);
        if claimed > content.len() / SMALLEST_BYTES {
            return fault("it claims to have more strings than fit into it");
        }
        if claimed > limit {
            return Err(SheetFault::Cells { limit });
        }
    }
    Ok(())
}

/// The number of an attribute's value, behind the attribute's name; 0 if there is none.
fn number(text: &[u8]) -> usize {
    let digits = text
        .iter()
        .skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+'))
        .take_while(|byte| byte.is_ascii_digit());
    digits.fold(0_usize, |number, digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_by_the_end_of_their_files_name_in_any_case() {
        for name in ["xl/sharedStrings.xml", "XL\\SHAREDSTRINGS.XML", "sharedStrings.xml"] {
            assert!(are_in(name.as_bytes()), "{name}");
        }
        assert!(!are_in(b"xl/worksheets/sheet1.xml"));
    }

    #[test]
    fn a_claim_that_fits_is_believed_and_no_other() {
        let strings = "<si><t>Ada</t></si>".repeat(10);
        let claiming = |head: &str| check(format!("{head}{strings}</sst>").as_bytes(), 1_000);
        // How often they are used says nothing about the room that they need.
        claiming("<sst count=\"1000000\" uniqueCount=\"10\">").unwrap();
        claiming("<sst>").unwrap();
        for head in [
            "<sst uniqueCount=\"1000000000000\">",
            "<x:sst a='>' uniqueCount =\n '99999999999999999999999'>",
            "<!-- <si> --><sst uniqueCount=\"+0001000\">",
        ] {
            let refused = claiming(head);
            assert!(matches!(refused, Err(SheetFault::Workbook(_))), "{head}: {refused:?}");
        }
        let long = format!("<sst uniqueCount=\"1001\">{}", "<si><t/></si>".repeat(1_001));
        assert!(matches!(check(long.as_bytes(), 1_000), Err(SheetFault::Cells { limit: 1_000 })));
        let wide: Vec<u8> = "<sst uniqueCount=\"9\">".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(matches!(check(&wide, 1_000), Err(SheetFault::Workbook(_))), "it cannot be searched");
    }
}
