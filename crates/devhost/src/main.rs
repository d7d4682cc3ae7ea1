//! `portico-devhost`: the kiosk on a loopback address, for a plain browser.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;
use portico_app::LogLines;

/// Options of the browser host.
#[derive(clap::Parser)]
#[command(name = "portico-devhost", version, about = "The Portico kiosk in a plain browser")]
struct Options {
    #[command(flatten)]
    host: portico_host::HostOptions,
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 1430)]
    port: u16,
    /// Folder of the built screens.
    #[arg(long, default_value = "ui/dist")]
    screens: PathBuf,
    #[command(subcommand)]
    command: Option<portico_host::Maintenance>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let logs = portico_host::init_logs(&options.host);
    let done = match &options.command {
        Some(command) => command.run(&options.host),
        None => run(options, logs).await.map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(error) => portico_host::report_failure(&error),
    }
}

#[expect(clippy::print_stdout, reason = "whoever started the host reads its address from standard output")]
async fn run(options: Options, logs: LogLines) -> anyhow::Result<()> {
    anyhow::ensure!(
        options.screens.join("index.html").is_file(),
        "no built screens in {}; run `npm ci && npm run build` in ui/",
        options.screens.display()
    );
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let listener =
        tokio::net::TcpListener::bind(address).await.with_context(|| format!("{address} cannot be used"))?;
    let hosted = portico_host::start(&options.host, None, logs).await?;
    println!("http://{}", listener.local_addr()?);
    let site = portico_devhost::router(hosted.kiosk.clone(), &options.screens);
    // Browsers keep the view stream open for ever: the kiosk does not wait for them.
    tokio::select! {
        served = axum::serve(listener, site) => served?,
        () = interrupted() => {}
    }
    hosted.stop().await;
    Ok(())
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without signals the process is ended from outside.
        std::future::pending::<()>().await;
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
