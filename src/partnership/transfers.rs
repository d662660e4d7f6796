//! Who pays whom, so that each has its share.

/// Amounts rounded to whole pence so that they sum to the total, itself in whole pence: the largest
/// remainders are rounded up.
pub fn pence_that_sum(amounts: &[f64], total: f64) -> Vec<f64> {
    let mut pence: Vec<i64> = amounts
        .iter()
        .map(|one| (one * 100.0).floor() as i64)
        .collect();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    let remainder = |at: usize| amounts[at] * 100.0 - (amounts[at] * 100.0).floor();
    order.sort_by(|a, b| remainder(*b).total_cmp(&remainder(*a)).then(a.cmp(b)));
    let mut left = (total * 100.0).round() as i64 - pence.iter().sum::<i64>();
    for at in order.iter().cycle().take(order.len() * 2) {
        let step = left.signum();
        pence[*at] += step;
        left -= step;
    }
    if let Some(first) = order.first() {
        pence[*first] += left;
    }
    pence.into_iter().map(|one| one as f64 / 100.0).collect()
}

/// The payments that bring each from what it has to its share: the largest payer pays the largest
/// receiver first, so that there are fewer payments than members. Both lists sum to the same pence.
pub fn payments(has: &[f64], share: &[f64]) -> Vec<(usize, usize, f64)> {
    let mut due: Vec<i64> = has
        .iter()
        .zip(share)
        .map(|(has, share)| ((share - has) * 100.0).round() as i64)
        .collect();
    let mut payments = Vec::new();
    for _ in 0..due.len() {
        let most = (0..due.len()).max_by_key(|at| (due[*at], std::cmp::Reverse(*at)));
        let least = (0..due.len()).min_by_key(|at| (due[*at], *at));
        let (Some(to), Some(from)) = (most, least) else {
            break;
        };
        let amount = due[to].min(-due[from]);
        if amount <= 0 {
            break;
        }
        due[to] -= amount;
        due[from] += amount;
        payments.push((from, to, amount as f64 / 100.0));
    }
    payments
}
