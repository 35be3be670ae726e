//! `fb`: argv to [`fb::run`] to exit status.

fn main() -> std::process::ExitCode {
    fb::run(std::env::args_os())
}
