//! Labels at the ends of lines, moved apart as little as need be.

/// A label: where its middle would like to be, and how high it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) middle: f64,
    pub(crate) height: f64,
}

/// The middles of all labels, none over another, all within `top..bottom` if they fit there at all.
///
/// Labels keep their order. Those that would overlap are pooled and stand around the middle of
/// their wishes, which moves them the least in squares.
pub(crate) fn spread(wishes: &[Wish], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].middle.total_cmp(&wishes[*b].middle));
    let mut pools: Vec<Pool> = Vec::new();
    for at in order {
        let wish = wishes[at];
        let mut pool =
            Pool { members: vec![at], start: wish.middle - wish.height / 2.0, height: wish.height };
        pool.clamp(top, bottom);
        while let Some(above) = pools.pop_if(|above| above.start + above.height > pool.start) {
            pool = above.join(pool);
            pool.clamp(top, bottom);
        }
        pools.push(pool);
    }
    let mut middles = vec![0.0; wishes.len()];
    for pool in pools {
        let mut at = pool.start;
        for member in pool.members {
            let height = wishes[member].height;
            middles[member] = at + height / 2.0;
            at += height;
        }
    }
    middles
}

/// Labels that touch.
struct Pool {
    members: Vec<usize>,
    start: f64,
    height: f64,
}

impl Pool {
    /// This one and the one below: around the weighted middle of both.
    fn join(mut self, below: Pool) -> Pool {
        let (one, two) = (self.members.len() as f64, below.members.len() as f64);
        // Where the joined pool would start to please either part.
        let start = (self.start * one + (below.start - self.height) * two) / (one + two);
        self.members.extend(below.members);
        Pool { members: self.members, start, height: self.height + below.height }
    }

    fn clamp(&mut self, top: f64, bottom: f64) {
        self.start = self.start.min(bottom - self.height).max(top);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_fits_stays_where_it_wants_to_be() {
        let wish = |middle| Wish { middle, height: 10.0 };
        assert_eq!(spread(&[wish(50.0), wish(20.0)], 0.0, 100.0), vec![50.0, 20.0]);
        assert_eq!(spread(&[wish(50.0), wish(50.0)], 0.0, 100.0), vec![45.0, 55.0]);
    }

    proptest! {
        #[test]
        fn seven_labels_never_overlap(
            wishes in proptest::collection::vec((0.0..200.0f64, 12.0..28.0f64), 1..=7)
        ) {
            let wishes: Vec<Wish> = wishes
                .into_iter()
                .map(|(middle, height)| Wish { middle, height })
                .collect();
            let middles = spread(&wishes, 0.0, 200.0);
            let mut spans: Vec<(f64, f64)> = middles
                .iter()
                .zip(&wishes)
                .map(|(middle, wish)| (middle - wish.height / 2.0, middle + wish.height / 2.0))
                .collect();
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in spans.windows(2) {
                prop_assert!(pair[0].1 <= pair[1].0 + 1e-6, "{pair:?}");
            }
            prop_assert!(spans[0].0 >= -1e-6 && spans[spans.len() - 1].1 <= 200.0 + 1e-6);
        }
    }
}
