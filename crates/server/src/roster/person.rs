//! Names that stand in several columns.

/// One name from what the columns say. A German `Name` beside a `Vorname` is the family name; a full name that has the
/// given name in it already is left as it is.
pub(super) fn joined(full: Option<&str>, given: Option<&str>, family: Option<&str>) -> Option<String> {
    let Some(full) = full else { return parts(given, family) };
    match (given, family) {
        (Some(given), None) if !contains(full, given) => parts(Some(given), Some(full)),
        _ => Some(full.to_owned()),
    }
}

/// Given and family name in the order in which they are spoken.
fn parts(given: Option<&str>, family: Option<&str>) -> Option<String> {
    match (given, family) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (Some(given), Some(family)) if is_all(given, family, is_han_or_hangul) => {
            Some(format!("{family}{given}"))
        }
        (Some(given), Some(family)) if is_all(given, family, is_east_asian) => {
            Some(format!("{family} {given}"))
        }
        (Some(given), Some(family)) => Some(format!("{given} {family}")),
    }
}

fn contains(full: &str, given: &str) -> bool {
    full.to_lowercase().contains(&given.to_lowercase())
}

fn is_all(given: &str, family: &str, script: fn(char) -> bool) -> bool {
    given.chars().chain(family.chars()).filter(|c| !c.is_whitespace()).all(script)
}

/// Chinese characters and Korean syllables: written in one piece, the family name first.
fn is_han_or_hangul(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// These and Japanese syllables.
fn is_east_asian(c: char) -> bool {
    is_han_or_hangul(c) || matches!(c, '\u{3005}' | '\u{3040}'..='\u{30ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_as_they_are_spoken() {
        for (given, family, name) in [
            ("Ada", "Lovelace", "Ada Lovelace"),
            ("伟", "张", "张伟"),
            ("娜娜", "欧阳", "欧阳娜娜"),
            ("민준", "김", "김민준"),
            ("さくら", "佐々木", "佐々木 さくら"),
            ("Wei", "张", "Wei 张"),
        ] {
            assert_eq!(joined(None, Some(given), Some(family)).as_deref(), Some(name));
        }
        assert_eq!(joined(None, None, Some("Lovelace")).as_deref(), Some("Lovelace"));
        assert_eq!(joined(None, None, None), None);
    }

    #[test]
    fn a_name_beside_a_given_name_is_the_family_name_unless_it_holds_both() {
        assert_eq!(joined(Some("Weiß"), Some("Ida"), None).as_deref(), Some("Ida Weiß"));
        assert_eq!(joined(Some("Ida Weiß"), Some("ida"), None).as_deref(), Some("Ida Weiß"));
        assert_eq!(joined(Some("张伟"), Some("伟"), Some("张")).as_deref(), Some("张伟"));
        assert_eq!(
            joined(Some("Ida W."), Some("Ada"), Some("Weiß")).as_deref(),
            Some("Ida W."),
            "the full name wins"
        );
    }
}
