//! The contract in TypeScript.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use super::calls::visit_contract;
use super::{Access, RpcError, View};

/// Collects the declaration of every named type that the contract reaches.
struct Declarations<'a> {
    config: &'a Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let name = T::name(self.config);
        if T::output_path().is_some() && !self.by_name.contains_key(&name) {
            let docs = T::docs().unwrap_or_default();
            self.by_name.insert(name, format!("{docs}export {}", T::decl(self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// The text of `ui/src/lib/contract.ts`.
pub fn typescript() -> String {
    let config = Config::default();
    let mut declarations = Declarations { config: &config, by_name: BTreeMap::new() };
    declarations.visit::<View>();
    declarations.visit::<RpcError>();
    declarations.visit::<Access>();
    let (mut calls, mut access) = (String::new(), String::new());
    visit_contract(&config, &mut declarations, |method, who, params, reply| {
        calls.extend(["  \"", method, "\": { params: ", &params, "; reply: ", &reply, " };\n"]);
        let who = format!("{who:?}").to_lowercase();
        access.extend(["  \"", method, "\": \"", &who, "\",\n"]);
    });
    let types: Vec<String> = declarations.by_name.into_values().collect();
    format!(
        "// Generated from crates/app/src/contract by `UPDATE_CONTRACT=1 cargo test -p portico-app`. Not edited by hand.\n\n\
         {}\n\n/** Every call with its parameters and reply. */\nexport type Calls = {{\n{calls}}};\n\n\
         /** Who may make a call. The kiosk asks again: this is for showing only what works. */\n\
         export const CALL_ACCESS: Record<keyof Calls, Access> = {{\n{access}}};\n",
        types.join("\n\n")
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_screens_contract_is_the_one_generated_from_rust() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/contract.ts");
        let generated = super::typescript();
        if std::env::var_os("UPDATE_CONTRACT").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &generated).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            kept, generated,
            "run `UPDATE_CONTRACT=1 cargo test -p portico-app` and commit the result"
        );
    }
}
