//! Contestants that take turns, and what their times say.

use anyhow::Result;

/// One of those that are compared: runs a few times and says how many milliseconds one run took.
pub type Contestant<'a> = Box<dyn FnMut() -> Result<f64> + 'a>;

/// Milliseconds by contestant and turn.
pub struct Times(Vec<Vec<f64>>);

/// Lets everybody run once unmeasured, and then `turns` times in turn. Each turn begins with the next contestant, so
/// that nobody always runs after the same other.
pub fn take(turns: usize, contestants: &mut [Contestant<'_>]) -> Result<Times> {
    for contestant in contestants.iter_mut() {
        contestant()?;
    }
    let count = contestants.len();
    let mut times = vec![Vec::with_capacity(turns); count];
    for turn in 0..turns {
        for place in 0..count {
            let index = (turn + place) % count;
            times[index].push(contestants[index]()?);
        }
    }
    Ok(Times(times))
}

impl Times {
    /// The median time of a contestant, in milliseconds.
    pub fn median(&self, contestant: usize) -> f64 {
        median(self.0[contestant].clone())
    }

    /// The median, over the turns, of how many times as long as `other` a contestant took.
    pub fn ratio(&self, contestant: usize, other: usize) -> f64 {
        median(self.0[contestant].iter().zip(&self.0[other]).map(|(own, other)| own / other).collect())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.get(middle) {
        Some(upper) if values.len().is_multiple_of(2) => f64::midpoint(values[middle - 1], *upper),
        Some(value) => *value,
        None => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn everybody_begins_as_often_as_the_others() {
        let order = RefCell::new(String::new());
        let contestant = |name: char| -> Contestant<'_> {
            let order = &order;
            Box::new(move || {
                order.borrow_mut().push(name);
                Ok(1.0)
            })
        };
        take(3, &mut [contestant('a'), contestant('b'), contestant('c')]).unwrap();
        assert_eq!(*order.borrow(), "abcabcbcacab", "a warm-up, and then turns that begin with each");
    }

    #[test]
    fn a_ratio_is_that_of_the_turns_not_of_the_medians() {
        // The machine was slow in the second turn for both: their ratio does not care.
        let times = Times(vec![vec![2.0, 20.0, 2.2], vec![1.0, 10.0, 1.1]]);
        assert!((times.ratio(0, 1) - 2.0).abs() < 1e-9 && (times.median(0) - 2.2).abs() < 1e-9);
        assert!((median(vec![1.0, 2.0, 4.0, 9.0]) - 3.0).abs() < 1e-9);
    }
}
