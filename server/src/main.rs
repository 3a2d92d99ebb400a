//! The program: `treatywatch serve`, and the commands of whoever runs a copy.

fn main() -> std::process::ExitCode {
    server::command::run()
}
