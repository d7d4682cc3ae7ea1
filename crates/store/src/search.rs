//! How names, companies and codes are folded into search terms. Pure text, no database.

mod naming;
mod pinyin;

use std::collections::BTreeSet;

use portico_types::Attendee;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(crate) use naming::terms_in_common;

use pinyin::Run;

/// More words than this tell nobody apart, and each costs a look into the index.
const MOST_WORDS: usize = 6;

/// Lower case without accents, width or other presentation: `José`, `JOSE` and full-width letters come out alike.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            // Letters that Unicode does not take apart, as a keyboard without them would type them.
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            // O'Brien is one word.
            '\'' | '’' | 'ʼ' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// `text` with its German and Nordic letters written out, as people do whose keyboard lacks them: `Müller`, `Mueller`.
pub(crate) fn written_out(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.nfkc().flat_map(char::to_lowercase) {
        match letter {
            'ä' => written.push_str("ae"),
            'ö' | 'ø' => written.push_str("oe"),
            'ü' => written.push_str("ue"),
            'å' => written.push_str("aa"),
            other => written.push(other),
        }
    }
    written
}

/// The ways in which one word is spelt that holds letters such as ü: without their dots, and written out.
pub(crate) type Spellings = Vec<String>;

/// The words of `text` in all their spellings.
fn spelt(text: &str) -> Vec<Spellings> {
    let written_out = words(&written_out(text));
    let both = words(text).into_iter().zip(written_out);
    both.map(|(plain, written)| if plain == written { vec![plain] } else { vec![plain, written] }).collect()
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(Into::into)
        .collect()
}

/// Scripts that put no spaces between words, so that any character may begin one.
const fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0E00}'..='\u{0E7F}'      // Thai
        | '\u{3040}'..='\u{30FF}'    // kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

fn add_text(terms: &mut BTreeSet<String>, text: &str) {
    let written_out = if text.is_ascii() { Vec::new() } else { words(&written_out(text)) };
    for word in words(text).into_iter().chain(written_out) {
        for (start, letter) in word.char_indices().skip(1) {
            if is_unspaced(letter) {
                terms.insert(word[start..].to_owned());
            }
        }
        terms.insert(word);
    }
}

/// Everything that a guest can be found by.
pub(crate) fn terms(attendee: &Attendee) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    add_text(&mut terms, &attendee.name);
    add_text(&mut terms, attendee.company.as_deref().unwrap_or_default());
    terms.extend(Run::all(&words(&attendee.name)).iter().flat_map(Run::parts));
    let company = words(attendee.company.as_deref().unwrap_or_default());
    terms.extend(Run::all(&company).iter().flat_map(Run::usual));
    add_text(&mut terms, &attendee.ticket_code);
    add_text(&mut terms, attendee.phone_last4.as_deref().unwrap_or_default());
    terms.insert(ticket_key(&attendee.ticket_code));
    terms.remove("");
    terms
}

/// A ticket code without case, spaces and dashes.
pub(crate) fn ticket_key(code: &str) -> String {
    words(code).concat()
}

/// Whether two ticket codes are the same, whatever their case, width, spaces and dashes.
pub fn same_ticket(a: &str, b: &str) -> bool {
    ticket_key(a) == ticket_key(b)
}

/// The words of a query in all their spellings, the longest first because it narrows the search most.
pub(crate) fn query_words(query: &str) -> Vec<Spellings> {
    let mut words = spelt(query);
    words.truncate(MOST_WORDS);
    words.sort_by_key(|word| std::cmp::Reverse(word.first().map_or(0, |plain| plain.chars().count())));
    words
}

/// The last four digits, if the query is a whole phone number: no more of it is known here.
pub(crate) fn phone_ending(query: &str) -> Option<String> {
    let digits = query.chars().filter(char::is_ascii_digit).count();
    if digits > 4 { last_four(query) } else { None }
}

/// The last four digits of a phone number, or of as much of it as was typed; none if it is no phone number.
pub(crate) fn last_four(phone: &str) -> Option<String> {
    let is_phone =
        phone.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '/' | '.'));
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (is_phone && digits.len() >= 4).then(|| digits[digits.len() - 4..].to_owned())
}

/// Whether a guest is found by two spellings of the same word.
pub(crate) fn has_two_spellings(attendee: &Attendee) -> bool {
    let of = |text: &str| words(text) != words(&written_out(text));
    of(&attendee.name) || attendee.company.as_deref().is_some_and(of)
}

/// Whether a guest's name may begin with a Chinese family name of two characters.
pub(crate) fn has_compound_surname(attendee: &Attendee) -> bool {
    Run::all(&words(&attendee.name)).iter().any(Run::has_compound_surname)
}

/// Whether a guest's terms hold anything that is read as pinyin.
pub(crate) fn has_pinyin(attendee: &Attendee) -> bool {
    let of = |text: &str| !Run::all(&words(text)).is_empty();
    of(&attendee.name) || attendee.company.as_deref().is_some_and(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut terms = BTreeSet::new();
        add_text(&mut terms, text);
        terms.into_iter().collect()
    }

    #[test]
    fn accents_case_and_width_do_not_keep_a_guest_from_being_found() {
        assert_eq!(of("José Łukasz"), ["jose", "lukasz"]);
        assert_eq!(of("ＡＢＣ"), ["abc"]);
    }

    #[test]
    fn german_and_nordic_letters_are_found_without_their_dots_and_written_out() {
        assert_eq!(of("Müller"), ["mueller", "muller"]);
        assert_eq!(of("MU\u{308}LLER"), ["mueller", "muller"], "however it is encoded");
        assert_eq!(of("Jäger-Groß"), ["gross", "jaeger", "jager"]);
        assert_eq!(of("Søren Ångström"), ["aangstroem", "angstrom", "soeren", "soren"]);
        assert_eq!(of("Mueller"), ["mueller"]);
    }

    #[test]
    fn a_chinese_name_is_found_from_any_of_its_characters() {
        assert_eq!(of("王小明"), ["小明", "明", "王小明"]);
    }

    #[test]
    fn a_chinese_company_is_found_by_the_beginning_of_its_usual_pinyin() {
        let guest = Attendee {
            id: portico_types::AttendeeId::new("a"),
            name: "Ada Byron".into(),
            company: Some("清华大学".into()),
            ticket_code: "T1".into(),
            phone_last4: None,
            note: None,
            checked_in_at: None,
            checked_in_gate: None,
        };
        let terms = terms(&guest);
        assert!(terms.contains("qinghuadaxue") && terms.contains("qhdx"), "{terms:?}");
        assert!(has_pinyin(&guest) && !has_pinyin(&Attendee { company: None, ..guest }));
    }

    #[test]
    fn an_apostrophe_does_not_split_a_name_but_a_hyphen_does() {
        assert_eq!(of("O'Brien-Smith"), ["obrien", "smith"]);
    }

    #[test]
    fn a_ticket_code_reads_the_same_however_it_is_typed() {
        assert_eq!(ticket_key("  ab-12 x "), ticket_key("AB12X"));
    }

    #[test]
    fn only_a_whole_phone_number_is_cut_to_its_ending() {
        assert_eq!(phone_ending("+886 912-345-678"), Some("5678".to_owned()));
        assert_eq!(phone_ending("5678"), None);
        assert_eq!(phone_ending("room 12345"), None);
        assert_eq!(last_four("5678"), Some("5678".to_owned()));
        assert_eq!(last_four("678"), None);
    }
}
