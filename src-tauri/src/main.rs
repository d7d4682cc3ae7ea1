//! The desktop shell: a window, one `rpc` command, the view as events, the preview as a custom scheme.
//!
//! No rules of the event and no SQL: those live in `portico-app`, which this crate only puts on a screen.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod environment;
mod preview;
mod rpc;
mod window;

use std::process::ExitCode;

use clap::Parser as _;
use portico_app::LogLines;
use portico_host::Hosted;
use tauri::{Manager as _, RunEvent};

/// Options of the desktop app.
#[derive(clap::Parser)]
#[command(name = "portico", version, about = "Face check-in kiosk for event venues")]
struct Options {
    #[command(flatten)]
    host: portico_host::HostOptions,
    /// A window of this size instead of the whole screen, e.g. 1280x800.
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = window::parse_size)]
    windowed: Option<(u32, u32)>,
    /// Lets a web driver drive the window. For tests only.
    #[arg(long)]
    allow_automation: bool,
    #[command(subcommand)]
    command: Option<portico_host::Maintenance>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    environment::prepare(options.allow_automation);
    let logs = portico_host::init_logs(&options.host);
    let done = match &options.command {
        Some(command) => command.run(&options.host),
        None => show(&options, logs).map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(error) => portico_host::report_failure(&error),
    }
}

fn show(options: &Options, logs: LogLines) -> anyhow::Result<()> {
    let context = tauri::generate_context!();
    let builder = tauri::Builder::default()
        .register_asynchronous_uri_scheme_protocol("preview", preview::serve)
        .invoke_handler(tauri::generate_handler![rpc::rpc]);
    let app = builder.build(context)?;
    let models = app.path().resource_dir().map(|resources| resources.join("models")).ok();
    let hosted = tauri::async_runtime::block_on(portico_host::start(&options.host, models, logs))?;
    rpc::stream_views(app.handle(), &hosted.kiosk);
    app.manage(hosted.kiosk.clone());
    window::open(app.handle(), options.windowed)?;
    let mut hosted = Some(hosted);
    app.run(move |_, event| {
        if let RunEvent::Exit = event {
            stop(hosted.take());
        }
    });
    Ok(())
}

/// Ends the kiosk before the process: what was begun is finished first.
fn stop(hosted: Option<Hosted>) {
    if let Some(hosted) = hosted {
        tauri::async_runtime::block_on(hosted.stop());
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_options_are_consistent() {
        super::Options::command().debug_assert();
    }
}
