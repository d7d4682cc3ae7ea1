//! The figures by name.

use serde_json::{Map, Value};

/// Named figures; one that could not be taken is there too, without a value.
#[derive(Default)]
pub struct Report(Map<String, Value>);

impl Report {
    /// Adds a figure, rounded to a thousandth.
    pub fn add(&mut self, key: &str, figure: f64) {
        self.0.insert(key.to_owned(), ((figure * 1e3).round() / 1e3).into());
    }

    /// Adds a figure that may be missing.
    pub fn add_if_known(&mut self, key: &str, figure: Option<f64>) {
        match figure {
            Some(figure) => self.add(key, figure),
            None => {
                self.0.insert(key.to_owned(), Value::Null);
            }
        }
    }

    /// One JSON object on one line.
    pub fn line(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// One figure a line.
    pub fn table(&self) -> String {
        let rows = self.0.iter().map(|(key, value)| format!("{key:36} {value}"));
        rows.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_measured_is_null_and_not_left_out() {
        let mut report = Report::default();
        report.add("detect_ms", 1.234_56);
        report.add_if_known("detect_vs_ort", None);
        assert_eq!(report.line(), r#"{"detect_ms":1.235,"detect_vs_ort":null}"#);
    }
}
