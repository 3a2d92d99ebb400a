//! Load, by `wrk`.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::terminal::{capture, program};

/// What came of one run.
#[derive(Debug, PartialEq)]
pub(super) struct Load {
    pub(super) requests_per_second: f64,
    pub(super) median_latency: Duration,
}

/// Asks for the address over and over, on so many connections, for so long.
pub(super) fn load(url: &str, connections: u32, seconds: u64) -> Result<Load> {
    let (connections, duration) = (connections.to_string(), format!("{seconds}s"));
    let output =
        capture(program("wrk").args(["-t", "1", "-c", &connections, "-d", &duration, "--latency", url]))?;
    read(&output)
}

fn read(output: &str) -> Result<Load> {
    if output.contains("Non-2xx") || output.contains("Socket errors") {
        bail!("not every request was answered: {output}");
    }
    let word_after = |label: &str| {
        output
            .lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map(str::trim)
            .with_context(|| output.to_owned())
    };
    Ok(Load {
        requests_per_second: word_after("Requests/sec:")?.parse()?,
        median_latency: duration(word_after("50%")?).with_context(|| output.to_owned())?,
    })
}

fn duration(text: &str) -> Option<Duration> {
    let (digits, factor) = if let Some(digits) = text.strip_suffix("us") {
        (digits, 1e-6)
    } else if let Some(digits) = text.strip_suffix("ms") {
        (digits, 1e-3)
    } else {
        (text.strip_suffix('s')?, 1.0)
    };
    Duration::try_from_secs_f64(digits.parse::<f64>().ok()? * factor).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "Running 5s test @ http://127.0.0.1:1/\n  1 threads and 16 connections\n  Latency Distribution\n     \
                          50%  412.00us\n     99%    1.20ms\n  60000 requests in 5.00s, 1GB read\nRequests/sec:  12034.56\n";

    #[test]
    fn a_report_is_read() {
        let load = read(OUTPUT).expect("read");
        assert_eq!(load.requests_per_second, 12034.56);
        assert_eq!(load.median_latency, Duration::from_micros(412));
        assert_eq!(duration("1.50s"), Some(Duration::from_millis(1500)));
    }

    #[test]
    fn a_run_with_errors_is_none() {
        assert!(read(&format!("{OUTPUT}  Non-2xx or 3xx responses: 3\n")).is_err());
    }
}
