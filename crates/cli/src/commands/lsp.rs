//! `rulebook lsp`: what an editor speaks with.

use std::io::{stdin, stdout};
use std::net::{Ipv4Addr, TcpStream};

use lsp::End;

use crate::arguments::Lsp;
use crate::report::{Ending, Exit, Failure};

/// Serves until the editor leaves.
pub(crate) fn lsp(arguments: &Lsp) -> Ending {
    let served = match arguments.socket {
        Some(port) => {
            let refused = |error| Failure::new(format!("no editor answers on port {port}: {error}"));
            let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(refused)?;
            // Answers are small, and somebody waits for each.
            let input = stream.set_nodelay(true).and_then(|()| stream.try_clone());
            input.and_then(|input| lsp::serve(input, stream))
        }
        None => lsp::serve(stdin(), stdout()),
    };
    match served {
        Ok(End::Orderly) => Ok(Exit::Clean),
        Ok(End::Broken) => Ok(Exit::Found),
        Err(error) => Err(Failure::new(format!("the editor cannot be served: {error}"))),
    }
}
