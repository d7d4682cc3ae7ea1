//! How Chinese names are typed in Latin letters: their pinyin in full, or its initials. Pure text.
//!
//! Many characters have several readings, and family names often an old one that no dictionary puts first (单 is Shan,
//! 曾 Zeng, 解 Xie). Nobody at the door can know which one a guest uses, so every reading is kept.

use std::collections::BTreeSet;

use pinyin::ToPinyinMulti as _;

/// Spellings of one run that are kept, those with the fewest unusual readings first. Three characters of four readings
/// each have ten with at most one unusual reading.
const MOST_SPELLINGS: usize = 16;
/// Characters of the longest run that is taken for a name: longer ones are titles and companies, whose readings are
/// the usual ones.
const LONGEST_NAME: usize = 6;

/// Chinese characters that stand together, each with its readings, the usual one first.
pub(super) struct Run(Vec<Vec<String>>);

impl Run {
    /// All runs of a text's words. A space between Chinese characters divides nothing: 王 小明 is 王小明.
    pub(super) fn all(words: &[String]) -> Vec<Self> {
        let mut runs = Vec::new();
        let mut run = Vec::new();
        for letter in words.iter().flat_map(|word| word.chars()) {
            let readings = readings(letter);
            if !readings.is_empty() {
                run.push(readings);
            } else if !run.is_empty() {
                runs.push(Self(std::mem::take(&mut run)));
            }
        }
        if !run.is_empty() {
            runs.push(Self(run));
        }
        runs
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is typed for the whole of it: `wangxiaoming`, `wxm`, `wangxm`.
    pub(super) fn whole(&self) -> BTreeSet<String> {
        self.spellings().iter().flat_map(|syllables| whole(syllables)).collect()
    }

    /// What is typed for it or for any later part: also `xiaoming`, `xm` and `ming`.
    pub(super) fn parts(&self) -> BTreeSet<String> {
        let mut parts = self.whole();
        for syllables in self.spellings() {
            for start in 1..syllables.len() {
                let later = &syllables[start..];
                parts.insert(later.concat());
                if later.len() > 1 {
                    parts.insert(initials(later));
                }
            }
        }
        parts
    }

    /// The usual reading in full and by its initials, from the beginning.
    pub(super) fn usual(&self) -> BTreeSet<String> {
        let usual: Vec<&str> =
            self.0.iter().filter_map(|readings| readings.first()).map(String::as_str).collect();
        BTreeSet::from([usual.concat(), initials(&usual)])
    }

    /// The ways to read it, syllable by syllable.
    fn spellings(&self) -> Vec<Vec<&str>> {
        let most = if self.len() > LONGEST_NAME { 1 } else { MOST_SPELLINGS };
        let mut spellings: Vec<(usize, Vec<&str>)> = vec![(0, Vec::new())];
        for readings in &self.0 {
            let mut longer = Vec::with_capacity(spellings.len() * readings.len());
            for (unusual, before) in &spellings {
                for (place, reading) in readings.iter().enumerate() {
                    let syllables = before.iter().copied().chain([reading.as_str()]).collect();
                    longer.push((unusual + usize::from(place > 0), syllables));
                }
            }
            longer.sort_by_key(|(unusual, _)| *unusual);
            longer.truncate(most);
            spellings = longer;
        }
        spellings.into_iter().map(|(_, syllables)| syllables).collect()
    }
}

fn whole(syllables: &[&str]) -> Vec<String> {
    let mut spelt = vec![syllables.concat()];
    if let [family, given @ ..] = syllables
        && !given.is_empty()
    {
        spelt.push(initials(syllables));
        spelt.push(format!("{family}{}", initials(given)));
    }
    spelt
}

fn initials(syllables: &[&str]) -> String {
    syllables.iter().filter_map(|syllable| syllable.chars().next()).collect()
}

/// The ways to write `letter` in Latin letters, the usual one first; none if it is no Chinese character.
fn readings(letter: char) -> Vec<String> {
    let mut readings = Vec::new();
    for reading in letter.to_pinyin_multi().into_iter().flatten() {
        for written in written(reading.plain()) {
            if written.bytes().all(|byte| byte.is_ascii_lowercase()) && !readings.contains(&written) {
                readings.push(written);
            }
        }
    }
    readings
}

/// ü is typed as v, is u without its dots, and yu in passports.
fn written(plain: &str) -> Vec<String> {
    if plain.contains('ü') {
        ["v", "u", "yu"].map(|with| plain.replace('ü', with)).to_vec()
    } else {
        vec![plain.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        let mut runs = Run::all(&[text.to_owned()]);
        assert_eq!(runs.len(), 1, "{text} is one run");
        runs.remove(0)
    }

    #[test]
    fn a_name_is_typed_in_full_by_initials_and_from_any_character() {
        let parts = run("李小伟").parts();
        for typed in ["lixiaowei", "xiaowei", "wei", "lxw", "xw", "lixw"] {
            assert!(parts.contains(typed), "{typed} is missing: {parts:?}");
        }
    }

    #[test]
    fn family_names_are_found_by_every_reading() {
        for (name, typed) in [
            ("单雄", "shanxiong"),
            ("单雄", "danxiong"),
            ("曾敏", "zengmin"),
            ("解敏", "xiemin"),
            ("仇敏", "qiumin"),
            ("查敏", "zhamin"),
            ("区敏", "oumin"),
            ("盖敏", "gemin"),
            ("尉迟敏", "yuchimin"),
            ("万俟敏", "moqimin"),
            ("长孙敏", "zhangsunmin"),
            ("朴敏", "piaomin"),
            ("任重行", "renzhonghang"),
        ] {
            assert!(run(name).whole().contains(typed), "{name} is also {typed}");
        }
    }

    #[test]
    fn lu_with_dots_is_found_as_it_is_typed_printed_and_shortened() {
        for typed in ["lvmin", "lumin", "lyumin", "lm"] {
            assert!(run("吕敏").whole().contains(typed), "{typed}");
        }
    }

    #[test]
    fn a_space_divides_nothing_and_other_letters_do() {
        let words = ["王", "小明", "david", "李"].map(str::to_owned);
        let lengths: Vec<_> = Run::all(&words).iter().map(Run::len).collect();
        assert_eq!(lengths, [3, 1]);
        assert!(Run::all(&["さくら".to_owned(), "ada".to_owned()]).is_empty(), "neither is read as pinyin");
    }

    #[test]
    fn many_readings_do_not_make_the_index_grow_without_end() {
        assert!(run("朴和行会").whole().len() <= 3 * MOST_SPELLINGS);
        assert_eq!(run("上海未来城市建筑设计有限公司").whole().len(), 3, "a company has its usual reading");
    }
}
