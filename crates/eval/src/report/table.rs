//! Tables of rates.

use std::fmt::Write as _;

use crate::rate::Rate;

/// A table of rates, under way.
pub struct Table(String);

impl Table {
    /// An empty table with these headings.
    pub fn new(headings: &[&str]) -> Self {
        Self(format!("<table><tr><th>{}</th></tr>", headings.join("</th><th>")))
    }

    /// Adds a row.
    pub fn row(&mut self, name: &str, rates: &[Rate]) {
        let mut cells = vec![escaped(name)];
        cells.extend(rates.iter().map(|rate| shown(*rate)));
        // Writing to a `String` cannot fail.
        let _ = write!(self.0, "<tr><td>{}</td></tr>", cells.join("</td><td>"));
    }

    /// The finished table.
    pub fn into_html(self) -> String {
        format!("{}</table>", self.0)
    }
}

/// `7.9 % (6.7–9.1; 151 of 1913)`.
fn shown(rate: Rate) -> String {
    match (rate.share(), rate.interval()) {
        (Some(share), Some([low, high])) => format!(
            "{:.2} % <small>({:.2}–{:.2}; {} of {})</small>",
            share * 100.0,
            low * 100.0,
            high * 100.0,
            rate.count,
            rate.of
        ),
        _ => "–".to_owned(),
    }
}

/// Text that means nothing to a browser but itself.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_come_with_their_interval_and_names_are_no_markup() {
        let mut table = Table::new(&["of", "rate"]);
        table.row("a<b>", &[Rate { count: 5, of: 100 }, Rate::default()]);
        let html = table.into_html();
        assert!(html.contains("5.00 %") && html.contains("5 of 100") && html.contains('–'), "{html}");
        assert!(html.contains("a&lt;b&gt;"), "{html}");
    }
}
