//! Listening: one connection after the other is given to the application, and who sends too slowly is cut off, so that
//! nobody holds connections by saying nothing.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tower::ServiceExt;
use tracing::warn;

/// A request's head has to come within this time; so long, too, an idle connection is kept.
pub(crate) const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// What is being answered when the program is told to stop gets this long.
const STOP_WITHIN: Duration = Duration::from_secs(30);

/// Serves until `stopped`; then answers what was asked before.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Router,
    head_within: Duration,
    stopped: impl Future<Output = ()>,
) -> io::Result<()> {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head_within);
    let connections = GracefulShutdown::new();
    let mut stopped = pin!(stopped);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Too many open files, or a client that is gone again: the next one may do better.
                    warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stopped => break,
        };
        // Without TCP_NODELAY the second write of an answer waits for a delayed acknowledgement (40 ms).
        if let Err(error) = stream.set_nodelay(true) {
            warn!(%error, "TCP_NODELAY was refused");
        }
        let app = app.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().oneshot(request)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // That a connection broke off is between client and network.
        tokio::spawn(async move { connection.await.ok() });
    }
    drop(listener);
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(STOP_WITHIN) => warn!("some answers were cut off"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    #[tokio::test]
    async fn who_sends_too_slowly_is_cut_off_and_others_are_answered() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new()
            .route("/", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string()));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let stopped = async move { stopped.await.unwrap_or(()) };
        let server = tokio::spawn(serve(listener, app, Duration::from_millis(300), stopped));

        // A line a tenth of a second would go on for ever.
        let mut slow = TcpStream::connect(address).await.unwrap();
        let sending = async {
            slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n").await?;
            for _ in 0..100 {
                slow.write_all(b"X-More: 1\r\n").await?;
                tokio::time::sleep(Duration::from_millis(100)).await;
                let mut byte = [0; 1];
                if let Ok(Ok(0)) = tokio::time::timeout(Duration::from_millis(1), slow.read(&mut byte)).await
                {
                    return Ok(());
                }
            }
            Err(io::Error::other("it was never cut off"))
        };
        // Cut off is either an end or a broken pipe; not that it went on.
        let ended: io::Result<()> = tokio::time::timeout(Duration::from_secs(5), sending).await.unwrap();
        assert!(ended.as_ref().err().is_none_or(|e| e.kind() != io::ErrorKind::Other), "{ended:?}");

        let mut quick = TcpStream::connect(address).await.unwrap();
        quick.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        quick.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
        stop.send(()).unwrap();
        server.await.unwrap().unwrap();
    }
}
