//! How many cells the records of a text file have, without making any: a line of 64 million commas costs a look at it.

/// The records of a text, as the parser will see them.
pub(crate) struct Records<'a> {
    rest: &'a [u8],
    delimiter: u8,
    line: u64,
}

/// What a record takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The line in which it begins, from 1.
    pub(crate) line: u64,
    /// How many cells it has.
    pub(crate) width: usize,
    /// Whether there is nothing in any of them.
    pub(crate) is_blank: bool,
    /// The line in which a quote opens that is never closed, if one does.
    pub(crate) unclosed: Option<u64>,
}

impl<'a> Records<'a> {
    pub(crate) fn of(text: &'a str, delimiter: u8) -> Self {
        Self { rest: text.as_bytes(), delimiter, line: 1 }
    }
}

impl Iterator for Records<'_> {
    type Item = Extent;

    fn next(&mut self) -> Option<Extent> {
        let empty = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += line_ends(&self.rest[..empty]);
        self.rest = &self.rest[empty..];
        if self.rest.is_empty() {
            return None;
        }
        let mut extent = Extent { line: self.line, width: 1, is_blank: true, unclosed: None };
        let (mut at_begin, mut end) = (true, self.rest.len());
        let (mut before, mut opened_in) = (0, self.line);
        for (place, byte) in self.rest.iter().enumerate() {
            // A quote within a quoted cell either ends it or is the first of a doubled one, which opens it again at once.
            match (byte, extent.unclosed) {
                (b'"', Some(_)) => (extent.unclosed, at_begin) = (None, true),
                (b'"', None) if at_begin => {
                    if before != b'"' {
                        opened_in = self.line;
                    }
                    (extent.unclosed, at_begin) = (Some(opened_in), false);
                }
                (b'\r' | b'\n', None) => {
                    end = place;
                    break;
                }
                (byte, None) if *byte == self.delimiter => {
                    extent.width += 1;
                    at_begin = true;
                }
                (byte, opened) => {
                    at_begin &= opened.is_some();
                    extent.is_blank &= byte.is_ascii_whitespace();
                }
            }
            self.line += u64::from(ends_line(*byte, before));
            before = *byte;
        }
        self.rest = &self.rest[end..];
        Some(extent)
    }
}

/// How many lines end in `bytes`, as editors count them: at `\n`, at `\r\n`, and at `\r` alone.
pub(crate) fn line_ends(bytes: &[u8]) -> u64 {
    let mut before = 0;
    let ends = bytes.iter().filter(|byte| {
        let ends = ends_line(**byte, before);
        before = **byte;
        ends
    });
    ends.count() as u64
}

fn ends_line(byte: u8, before: u8) -> bool {
    byte == b'\r' || (byte == b'\n' && before != b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(text: &str) -> Vec<(u64, usize)> {
        Records::of(text, b',').map(|record| (record.line, record.width)).collect()
    }

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        assert_eq!(line_ends(b"a\nb\r\nc\rd\r\r\n\n"), 6);
        assert_eq!(line_ends(b""), 0);
    }

    #[test]
    fn cells_are_counted_as_the_parser_makes_them() {
        for text in [
            "a,b\n1,2,3\n\n\r\n,,,\n",
            "a,\"b,\nc\",d\r\n\"say \"\"hi, you\"\"\",x\r\n",
            "5\" disk,b\r\"\",\"a\"b\",c\r",
            "\"a\" \"b,c\"\n \"x,y\"\n",
            "a,\"never closed\nb,c\n",
            "",
        ] {
            let parsed: Vec<usize> = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes())
                .records()
                .map(|record| record.unwrap().len())
                .collect();
            let counted: Vec<usize> = widths(text).into_iter().map(|(_, width)| width).collect();
            assert_eq!(counted, parsed, "{text:?}");
        }
        assert_eq!(widths("a\r\r\"x\ry\"\rb,c"), [(1, 1), (3, 1), (5, 2)]);
    }

    #[test]
    fn what_is_blank_and_what_is_not_closed_is_told() {
        let blank: Vec<bool> =
            Records::of(", ,\"\"\na,\n\" \"", b',').map(|record| record.is_blank).collect();
        assert_eq!(blank, [true, false, true]);
        let open = Records::of("a\nb,\"c\n\"\"d", b',').last().unwrap();
        assert_eq!((open.line, open.unclosed), (2, Some(2)));
    }
}
