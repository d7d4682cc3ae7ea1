//! Whether a name that a guest typed is the whole of a name on the roster. Pure text.
//!
//! A beginning is never enough: with thousands of guests somebody's phone would end in whatever digits follow.

use super::pinyin::Run;
use super::{Spellings, spelt, words, written_out};

/// More words than this are no name, and each is compared with every other.
const MOST_WORDS: usize = 8;
/// Words of a name that may be typed as one.
const MOST_JOINED: usize = 4;

/// If `typed` is the whole of `name`: search terms of which everybody for whom the same would be true has one out of each
/// entry. Otherwise none.
///
/// The whole of a name are two of its words (all of it, where there is one only), in any order; or all of its words
/// written together; or a Chinese name's pinyin, in full or by initials, the family name first or last. Letters such as ü may
/// be written out in either.
pub(crate) fn terms_in_common(typed: &str, name: &str) -> Option<Vec<Spellings>> {
    let (spelt_words, typed_words, name_words) = (spelt(typed), words(typed), words(name));
    if typed_words.is_empty() || typed_words.len() > MOST_WORDS || name_words.is_empty() {
        return None;
    }
    let is_alone = name_words.len() == 1;
    if (typed_words.len() > 1 || is_alone) && are_among(&spelt_words, spelt(name)) {
        return Some(spelt_words);
    }
    let runs = Run::all(&name_words);
    let is_pinyin =
        |joined: &String| runs.iter().any(|run| (run.len() > 1 || is_alone) && run.whole().contains(joined));
    if let Some(pinyin) = joinings(&typed_words).into_iter().find(is_pinyin) {
        return Some(vec![vec![pinyin]]);
    }
    if name_words.len() > MOST_JOINED {
        return None;
    }
    terms_of_joined(typed, name)
}

/// The same where `typed` may be all of the words of `name` written together.
fn terms_of_joined(typed: &str, name: &str) -> Option<Vec<Spellings>> {
    let (plain, typed_out) = (words(typed), words(&written_out(typed)));
    let has_two_spellings = plain != typed_out;
    let typed: Vec<String> = [plain, typed_out].iter().flat_map(|words| joinings(words)).collect();
    let is_typed = |spelling: &Vec<String>| joinings(spelling).iter().any(|joined| typed.contains(joined));
    let spelling = [words(name), words(&written_out(name))].into_iter().find(is_typed)?;
    if has_two_spellings {
        // Somebody who is written the other way on the list is found by it as well.
        return Some(spelt(name));
    }
    Some(spelling.into_iter().map(|word| vec![word]).collect())
}

/// Whether each of `typed` is a word of its own in `name`, in one spelling or another.
fn are_among(typed: &[Spellings], name: Vec<Spellings>) -> bool {
    let mut left = name;
    typed.iter().all(|word| {
        match left.iter().position(|other| word.iter().any(|spelling| other.contains(spelling))) {
            Some(at) => {
                left.swap_remove(at);
                true
            }
            None => false,
        }
    })
}

/// The words written together, as they stand and with the last one first.
fn joinings(words: &[String]) -> [String; 2] {
    let mut turned = words.to_vec();
    turned.rotate_right(1);
    [words.concat(), turned.concat()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(typed: &str, name: &str) -> bool {
        terms_in_common(typed, name).is_some()
    }

    #[test]
    fn two_words_of_a_name_are_the_whole_of_it_in_any_order_and_without_accents() {
        for typed in ["José García", "garcia jose", "JOSE ANGEL", "lopez, jose", "jose angel garcia lopez"]
        {
            assert!(is_whole(typed, "José Ángel García López"), "{typed}");
        }
        assert!(is_whole("ann marie obrien", "Ann-Marie O'Brien"));
        assert!(is_whole("Zielinski Mateusz", "Mateusz Zieliński"));
    }

    #[test]
    fn a_beginning_a_single_word_and_a_repeated_one_are_not() {
        for typed in ["jose", "garcia", "jos gar", "jose jose", "jose turing", "j", "", " - "] {
            assert!(!is_whole(typed, "José García"), "{typed:?}");
        }
        assert!(is_whole("suharto", "Suharto"), "some people have one name only");
        assert!(!is_whole("suhart", "Suharto"));
    }

    #[test]
    fn a_chinese_name_is_typed_as_pinyin_in_full_apart_or_by_initials() {
        for typed in [
            "wangxiaoming",
            "wang xiaoming",
            "Wang Xiao Ming",
            "xiaoming wang",
            "wxm",
            "wangxm",
            "王小明",
            "王 小明",
        ] {
            assert!(is_whole(typed, "王小明"), "{typed}");
        }
        for typed in ["wang", "xiaoming", "wangxiao", "xm", "wm", "小明"] {
            assert!(!is_whole(typed, "王小明"), "{typed} is a part only");
        }
        assert!(is_whole("david wang", "王小明 David Wang"));
        assert!(is_whole("wangxiaoming", "王小明 David Wang"));
    }

    #[test]
    fn a_name_in_latin_letters_may_be_typed_as_one_word() {
        assert!(is_whole("zhangwei", "Zhang Wei") && is_whole("zhangwei", "Wei Zhang"));
        let counted = terms_in_common("zhangwei", "Wei Zhang");
        assert_eq!(counted, Some(vec![vec!["wei".into()], vec!["zhang".into()]]));
    }

    #[test]
    fn letters_that_a_keyboard_lacks_are_left_without_their_dots_or_written_out() {
        for typed in ["anna mueller", "anna muller", "Müller, Anna", "annamueller", "mulleranna"] {
            assert!(is_whole(typed, "Anna Müller"), "{typed}");
        }
        assert!(is_whole("soeren gross", "Søren Groß") && is_whole("joerg muller", "Jörg Müller"));
        assert!(!is_whole("mueller muller", "Anna Müller"), "it is one word of hers");
        assert!(!is_whole("anna mueler", "Anna Müller"));
        let counted = terms_in_common("annamueller", "Anna Müller");
        let terms = vec![vec!["anna".into()], vec!["mueller".into()]];
        assert_eq!(counted, Some(terms), "terms that she is found by");
    }

    #[test]
    fn a_name_that_is_written_out_on_the_list_may_be_typed_with_its_own_letters() {
        for (typed, name) in [
            ("Müller, Anna", "Anna Mueller"),
            ("Jörg Müller", "Joerg Muller"),
            ("Søren Ångström", "Soeren Angstrom"),
            ("Müller", "Mueller"),
        ] {
            assert!(is_whole(typed, name), "{typed} is {name}");
        }
        assert!(!is_whole("Müller Mueller", "Anna Mueller"), "it is one word of hers");
        assert!(!is_whole("anna muller", "Anna Mueller"), "without the dots it is another name");
        for typed in ["annamüller", "MÜLLERANNA"] {
            assert!(is_whole(typed, "Anna Mueller"), "{typed}");
        }
        assert!(!is_whole("annamuller", "Anna Mueller") && !is_whole("annamüll", "Anna Mueller"));
        let counted = terms_in_common("Anna Müller", "Anna Mueller");
        let either = vec!["muller".to_owned(), "mueller".to_owned()];
        let both = Some(vec![vec!["anna".into()], either]);
        assert_eq!(counted, both, "namesakes of both spellings count");
        let counted = terms_in_common("annamüller", "Anna Müller");
        assert_eq!(counted, both, "for a list's Mueller is found by it, too");
    }

    #[test]
    fn a_name_without_a_letter_is_nobodys() {
        assert!(!is_whole("anna", "???") && !is_whole("anna muller", " - "));
    }

    #[test]
    fn a_chinese_family_name_of_two_characters_may_stand_before_the_initials() {
        for typed in ["ouyang pj", "ouyangpj", "Ouyang Pei Juan", "pj ouyang", "oypj"] {
            assert!(is_whole(typed, "欧阳佩娟"), "{typed}");
        }
        for typed in ["ouyang", "ouyang p", "yangpj"] {
            assert!(!is_whole(typed, "欧阳佩娟"), "{typed} is a part only");
        }
    }

    #[test]
    fn initials_are_told_by_their_own_term_so_that_namesakes_can_be_counted() {
        assert_eq!(terms_in_common("WXM", "王小明"), Some(vec![vec!["wxm".into()]]));
    }
}
