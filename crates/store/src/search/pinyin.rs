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

/// Family names of two characters, as they are written today and in traditional characters. Some begin with a character
/// that is a family name itself (欧, 东): which one a guest has is not known, so they are found by either.
const COMPOUND_SURNAMES: &str = "欧阳 歐陽 上官 司马 司馬 司徒 司空 司寇 诸葛 諸葛 东方 東方 东郭 東郭 皇甫 尉迟 尉遲 公孙 公孫 \
    公羊 公冶 公良 公西 慕容 令狐 长孙 長孫 宇文 轩辕 軒轅 端木 百里 呼延 南宫 南宮 南门 南門 西门 西門 东门 東門 夏侯 闻人 聞人 \
    万俟 赫连 赫連 澹台 澹臺 濮阳 濮陽 淳于 单于 單于 太叔 太史 申屠 仲孙 仲孫 叔孙 叔孫 钟离 鍾離 鲜于 鮮于 闾丘 閭丘 子车 子車 \
    亓官 巫马 巫馬 颛孙 顓孫 壤驷 壤駟 漆雕 乐正 樂正 宰父 谷梁 穀梁 拓跋 夹谷 夾谷 段干 羊舌 微生 梁丘 左丘 第五 独孤 獨孤 纳兰 \
    納蘭 完颜 完顏 耶律 即墨 宗政 屈突 尔朱 爾朱";

/// Chinese characters that stand together.
pub(super) struct Run {
    /// The readings of each, the usual one first.
    readings: Vec<Vec<String>>,
    /// How many of them may be the family name.
    family: usize,
}

impl Run {
    /// All runs of a text's words. A space between Chinese characters divides nothing: 王 小明 is 王小明.
    pub(super) fn all(words: &[String]) -> Vec<Self> {
        let letters: Vec<(char, Vec<String>)> =
            words.iter().flat_map(|word| word.chars()).map(|letter| (letter, readings(letter))).collect();
        letters
            .split(|(_, readings)| readings.is_empty())
            .filter(|run| !run.is_empty())
            .map(|run| Self {
                readings: run.iter().map(|(_, readings)| readings.clone()).collect(),
                family: if begins_with_compound_surname(run) { 2 } else { 1 },
            })
            .collect()
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.readings.len()
    }

    /// Whether its family name may be one of two characters.
    pub(super) fn has_compound_surname(&self) -> bool {
        self.family > 1
    }

    /// What is typed for the whole of it: `wangxiaoming`, `wxm`, `wangxm`; `ouyangpj` where the family name has two
    /// characters.
    pub(super) fn whole(&self) -> BTreeSet<String> {
        self.spellings().iter().flat_map(|syllables| whole(syllables, self.family)).collect()
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
            self.readings.iter().filter_map(|readings| readings.first()).map(String::as_str).collect();
        BTreeSet::from([usual.concat(), initials(&usual)])
    }

    /// The ways to read it, syllable by syllable.
    fn spellings(&self) -> Vec<Vec<&str>> {
        let most = if self.len() > LONGEST_NAME { 1 } else { MOST_SPELLINGS };
        let mut spellings: Vec<(usize, Vec<&str>)> = vec![(0, Vec::new())];
        for readings in &self.readings {
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

/// The family name has up to `longest_family` syllables.
fn whole(syllables: &[&str], longest_family: usize) -> Vec<String> {
    let mut spelt = vec![syllables.concat()];
    if syllables.len() > 1 {
        spelt.push(initials(syllables));
    }
    for end in 1..=longest_family {
        if let Some((family, given)) = syllables.split_at_checked(end).filter(|(_, given)| !given.is_empty())
        {
            spelt.push(family.concat() + &initials(given));
        }
    }
    spelt
}

fn begins_with_compound_surname(run: &[(char, Vec<String>)]) -> bool {
    let [(first, _), (second, _), ..] = run else { return false };
    COMPOUND_SURNAMES.split_whitespace().any(|surname| surname.chars().eq([*first, *second]))
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
    fn a_family_name_of_two_characters_is_typed_in_full_before_initials() {
        for (name, typed) in [
            ("欧阳佩娟", "ouyangpj"),
            ("歐陽佩娟", "ouyangpj"),
            ("欧阳佩", "ouyangp"),
            ("司马相如", "simaxr"),
            ("诸葛亮", "zhugel"),
            ("上官婉儿", "shangguanwe"),
            ("尉迟敬德", "yuchijd"),
        ] {
            let run = run(name);
            assert!(run.has_compound_surname() && run.whole().contains(typed), "{name} is {typed}");
            assert!(run.parts().contains(typed), "{name}: staff find it, too");
        }
        assert!(run("欧阳佩娟").whole().contains("ouypj"), "somebody may be called Ou");
        assert_eq!(run("欧阳").whole(), BTreeSet::from(["ouyang", "oy", "ouy"].map(str::to_owned)));
        let others = run("王欧阳");
        assert!(!others.has_compound_surname() && !others.whole().contains("wangouy"));
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
