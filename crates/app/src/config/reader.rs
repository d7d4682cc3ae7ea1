//! Reads typed values out of a TOML table and collects every problem instead of stopping at the first.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use toml::{Table, Value};

use super::ConfigProblem;

/// Reads one file. Which keys were asked for decides which ones are unknown.
pub(super) struct Reader<'a> {
    root: &'a Table,
    asked: BTreeSet<String>,
    problems: Vec<ConfigProblem>,
}

/// One `[section]` of the file.
pub(super) struct Section<'a, 'r> {
    reader: &'r mut Reader<'a>,
    name: &'static str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a Table) -> Self {
        Self { root, asked: BTreeSet::new(), problems: Vec::new() }
    }

    pub(super) fn section(&mut self, name: &'static str) -> Section<'a, '_> {
        Section { reader: self, name }
    }

    /// `value`, if nothing was wrong and no key is unknown.
    pub(super) fn finish<T>(mut self, value: T) -> Result<T, Vec<ConfigProblem>> {
        let sections: BTreeSet<&str> = self.asked.iter().filter_map(|path| path.split('.').next()).collect();
        let mut unknown = Vec::new();
        for (section, content) in self.root {
            match content {
                Value::Table(table) if sections.contains(section.as_str()) => {
                    unknown.extend(table.keys().map(|key| format!("{section}.{key}")));
                }
                _ => unknown.push(section.clone()),
            }
        }
        unknown.retain(|path| !self.asked.contains(path));
        for path in unknown {
            let parent = path.split('.').next().unwrap_or_default();
            let known: Vec<&str> = self.known_under(parent, &sections);
            let message = format!("is not known here; known: {}", known.join(", "));
            self.problems.push(ConfigProblem::new(path, message));
        }
        if self.problems.is_empty() { Ok(value) } else { Err(self.problems) }
    }

    fn known_under<'s>(&'s self, parent: &str, sections: &BTreeSet<&'s str>) -> Vec<&'s str> {
        let keys: Vec<&str> =
            self.asked.iter().filter_map(|path| path.strip_prefix(parent)?.strip_prefix('.')).collect();
        if keys.is_empty() { sections.iter().copied().collect() } else { keys }
    }
}

impl Section<'_, '_> {
    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }

    fn value(&mut self, key: &str) -> Option<Value> {
        self.reader.asked.insert(self.path(key));
        self.reader.root.get(self.name)?.as_table()?.get(key).cloned()
    }

    fn complain(&mut self, key: &str, allowed: &str) {
        let path = self.path(key);
        self.reader.problems.push(ConfigProblem::new(path, format!("must be {allowed}")));
    }

    /// A text that is not empty, or nothing.
    pub(super) fn optional_text(mut self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) if !text.trim().is_empty() => Some(text),
            _ => {
                self.complain(key, "a text that is not empty");
                None
            }
        }
    }

    /// A text, or `default`.
    pub(super) fn text(self, key: &str, default: &str) -> String {
        self.optional_text(key).unwrap_or_else(|| default.to_owned())
    }

    /// A text that must be there; `what` says what it is.
    pub(super) fn required_text(mut self, key: &str, what: &str) -> String {
        match self.value(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => text,
            _ => {
                self.complain(key, &format!("{what}, as a text that is not empty"));
                String::new()
            }
        }
    }

    /// An `http://` or `https://` address, without the slash at its end.
    pub(super) fn url(mut self, key: &str) -> String {
        match self.value(key) {
            Some(Value::String(text)) if reqwest::Url::parse(&text).is_ok_and(|url| url.has_host()) => {
                text.trim_end_matches('/').to_owned()
            }
            _ => {
                self.complain(key, "an address such as https://checkin.example.org");
                String::new()
            }
        }
    }

    /// One of `allowed`.
    pub(super) fn choice(
        mut self,
        key: &str,
        allowed: &[&'static str],
        default: &'static str,
    ) -> &'static str {
        let Some(value) = self.value(key) else { return default };
        if let Some(found) = value.as_str().and_then(|text| allowed.iter().find(|a| **a == text)) {
            return found;
        }
        self.complain(key, &format!("one of {}", allowed.join(", ")));
        default
    }

    /// A list of some of `allowed`, at least one; all of them if the key is absent.
    pub(super) fn choices(mut self, key: &str, allowed: &[&str]) -> Vec<String> {
        let all = || allowed.iter().map(|a| (*a).to_owned()).collect();
        let Some(value) = self.value(key) else { return all() };
        match strings(&value) {
            Some(list) if !list.is_empty() && list.iter().all(|item| allowed.contains(&item.as_str())) => {
                list
            }
            _ => {
                self.complain(key, &format!("a list of some of {}", allowed.join(", ")));
                all()
            }
        }
    }

    /// A list of texts, at least one; `what` says what they are.
    pub(super) fn texts(mut self, key: &str, what: &str) -> Vec<String> {
        match self.value(key).as_ref().and_then(strings) {
            Some(list) if !list.is_empty() => list,
            _ => {
                self.complain(key, &format!("a list of {what}, at least one"));
                Vec::new()
            }
        }
    }

    /// A text of digits, or nothing.
    pub(super) fn digits(mut self, key: &str, length: RangeInclusive<usize>) -> Option<String> {
        match self.value(key)? {
            Value::String(text)
                if length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) =>
            {
                Some(text)
            }
            _ => {
                self.complain(key, &format!("a text of {} to {} digits", length.start(), length.end()));
                None
            }
        }
    }

    /// A whole number within `range`.
    pub(super) fn integer(mut self, key: &str, range: RangeInclusive<u32>, default: u32) -> u32 {
        let Some(value) = self.value(key) else { return default };
        let number = value.as_integer().and_then(|n| u32::try_from(n).ok()).filter(|n| range.contains(n));
        number.unwrap_or_else(|| {
            self.complain(key, &format!("a whole number from {} to {}", range.start(), range.end()));
            default
        })
    }
}

fn strings(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}
