//! A share of a count, with how far it can be trusted.

use serde::Serialize;

/// 97.5 % quantile of the normal distribution: intervals hold with 95 %.
const Z: f64 = 1.959_964;

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// How many it happened to.
    pub count: usize,
    /// How many there were.
    pub of: usize,
}

impl Rate {
    /// Counts what holds for how many of the items.
    pub fn counting<T>(items: impl IntoIterator<Item = T>, holds: impl Fn(&T) -> bool) -> Self {
        items.into_iter().fold(Self::default(), |rate, item| Self {
            count: rate.count + usize::from(holds(&item)),
            of: rate.of + 1,
        })
    }

    /// The share, 0 to 1; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// Wilson's score interval at 95 % (E. B. Wilson, 1927): holds also for rates near zero, where the usual normal
    /// interval does not.
    pub fn interval(self) -> Option<[f64; 2]> {
        let (p, n) = (self.share()?, self.of as f64);
        let spread = Z * Z / n;
        let centre = (p + spread / 2.0) / (1.0 + spread);
        let half = Z / (1.0 + spread) * (p * (1.0 - p) / n + spread / (4.0 * n)).sqrt();
        Some([(centre - half).max(0.0), (centre + half).min(1.0)])
    }
}

/// As `{"rate", "low", "high", "count", "of"}`.
impl Serialize for Rate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written {
            rate: Option<f64>,
            low: Option<f64>,
            high: Option<f64>,
            count: usize,
            of: usize,
        }
        let interval = self.interval();
        let (low, high) = (interval.map(|i| i[0]), interval.map(|i| i[1]));
        Written { rate: self.share(), low, high, count: self.count, of: self.of }.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        let [low, high] = Rate { count: 5, of: 100 }.interval().unwrap();
        assert!((low - 0.0215).abs() < 5e-4 && (high - 0.1118).abs() < 5e-4, "{low} to {high}");
        let [low, high] = Rate { count: 0, of: 50 }.interval().unwrap();
        assert!(low.abs() < 1e-9, "never below zero");
        assert!((high - 0.0713).abs() < 5e-4, "nothing seen in 50 tries is no proof of nothing: {high}");
    }

    #[test]
    fn a_rate_of_nothing_is_unknown_rather_than_zero() {
        assert_eq!(Rate::default().share(), None);
        assert_eq!(Rate::default().interval(), None);
    }

    #[test]
    fn counting_counts() {
        assert_eq!(Rate::counting([1, 2, 3, 4], |n| n % 2 == 0), Rate { count: 2, of: 4 });
    }
}
