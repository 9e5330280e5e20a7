//! The `expound` program: the arguments, the commands, the exit status.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
