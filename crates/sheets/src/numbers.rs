//! What spreadsheets do to phone numbers and codes, and what can be undone of it.

/// Largest number of digits that a spreadsheet keeps.
pub(crate) const KEPT_DIGITS: f64 = 1e15;

/// A number whose digits a spreadsheet has thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mangled;

/// Text as it was meant before a spreadsheet took it for a number: `4711.0` is `4711`. `9.12E+08` is beyond repair.
pub fn as_meant(text: &str) -> Result<&str, Mangled> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((number, power)) = text.split_once(['E', 'e'])
        && let Some(power) = power.strip_prefix('+')
        && is_number(power)
        && number.split(['.', ',']).all(is_number)
    {
        return Err(Mangled);
    }
    match text.split_once(['.', ',']) {
        // Three zeros would be a thousand to a German spreadsheet.
        Some((whole, "0" | "00")) if is_number(whole) => Ok(whole),
        _ => Ok(text),
    }
}

/// A number as one would type it, or `None` if it has more digits than a spreadsheet keeps.
pub(crate) fn typed(number: f64) -> Option<String> {
    if !number.is_finite() || number.abs() >= KEPT_DIGITS { None } else { Some(number.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_meant_them() {
        for (text, meant) in [
            ("4711.0", Ok("4711")),
            ("4711,00", Ok("4711")),
            ("4711", Ok("4711")),
            ("4711.5", Ok("4711.5")),
            ("1E45", Ok("1E45")),
            ("+49 30 1", Ok("+49 30 1")),
            ("1.000", Ok("1.000")),
            ("9.12E+08", Err(Mangled)),
            ("9,12E+08", Err(Mangled)),
            ("9e+8", Err(Mangled)),
        ] {
            assert_eq!(as_meant(text), meant, "{text}");
        }
    }

    #[test]
    fn a_number_is_written_without_a_fraction_that_nobody_typed() {
        assert_eq!(typed(912_000_123.0).as_deref(), Some("912000123"));
        assert_eq!(typed(13_800_138_000.0).as_deref(), Some("13800138000"));
        assert_eq!(typed(0.5).as_deref(), Some("0.5"));
        assert_eq!(typed(1e15), None, "a spreadsheet has rounded it");
    }
}
