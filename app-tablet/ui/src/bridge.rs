//! The way to the tablet's core: Tauri's `invoke` and its events, and nothing else of Tauri.

use js_sys::{Function, Promise, Reflect};
use leptos::logging;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::screen::Trouble;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::words::t;

/// Calls a command of the core.
pub(crate) async fn call<T: DeserializeOwned>(command: &str, args: &impl Serialize) -> Result<T, Trouble> {
    let answer = send(command, args)
        .await
        .map_err(|cause| trouble(command, cause))?;
    serde_wasm_bindgen::from_value(answer).map_err(|cause| trouble(command, cause.into()))
}

async fn send(command: &str, args: &impl Serialize) -> Result<JsValue, JsValue> {
    let args = args.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?;
    let (core, invoke) = function("core", "invoke")?;
    let promise: Promise = invoke.call2(&core, &command.into(), &args)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Runs `then` each time the core emits the event.
pub(crate) fn listen(event: &str, then: impl Fn() + 'static) {
    let heard = Closure::<dyn Fn(JsValue)>::new(move |_| then());
    let listening = function("event", "listen")
        .and_then(|(events, listen)| listen.call2(&events, &event.into(), heard.as_ref()));
    match listening {
        // The page listens as long as it lives.
        Ok(_) => heard.forget(),
        Err(cause) => logging::error!("cannot listen to {event}: {cause:?}"),
    }
}

fn function(module: &str, name: &str) -> Result<(JsValue, Function), JsValue> {
    let tauri = Reflect::get(&js_sys::global(), &"__TAURI__".into())?;
    let module = Reflect::get(&tauri, &module.into())?;
    let function = Reflect::get(&module, &name.into())?.dyn_into()?;
    Ok((module, function))
}

/// What the core says went wrong; for anything else (a bug, a core that is gone) words of our own.
fn trouble(command: &str, cause: JsValue) -> Trouble {
    serde_wasm_bindgen::from_value(cause.clone()).unwrap_or_else(|_| {
        logging::error!("{command}: {cause:?}");
        Trouble {
            message: t("tablet-trouble-unknown"),
            ..Trouble::default()
        }
    })
}
