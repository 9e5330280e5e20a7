use super::*;
use crate::base::SourcePath;

fn dump(text: &str, value: &Value, out: &mut String) {
    use crate::load::value::Kind::*;
    let slice = |t: &Text| format!("{:?}{}{:?}", &*t.text, if t.verbatim { "=" } else { "~" }, &text[t.span.range()]);
    match &value.kind {
        Null => out.push_str("null"),
        Bool(b) => out.push_str(&b.to_string()),
        Number(n) => out.push_str(&format!("num({},{:?})", slice(&n.text), n.int)),
        Str(t) => out.push_str(&slice(t)),
        Date(t) => out.push_str(&format!("date({})", slice(t))),
        List(l) => {
            out.push('[');
            for v in l {
                dump(text, v, out);
                out.push_str(", ");
            }
            out.push(']');
        }
        Table(t) => {
            out.push_str(&format!("{:?}{{", &text[value.span.range()]));
            for (k, v) in &t.entries {
                out.push_str(&slice(k));
                out.push_str(": ");
                dump(text, v, out);
                out.push_str(", ");
            }
            out.push('}');
        }
    }
}

fn show(read: fn(&Source<'_>, &mut crate::base::Diagnostics) -> Parsed, text: &str) {
    let file = SourcePath::new("x");
    let mut out = Vec::new();
    let parsed = read(&Source::new(&file, text, 0), &mut out);
    let mut s = String::new();
    if let Some(v) = &parsed.value {
        dump(text, v, &mut s);
    }
    println!("--- {text:?}\n{s}\n{}", parsed.broken);
    for d in out {
        println!("   {:?} {} {:?}", d.span, d.message, d.help);
    }
}

#[test]
fn experiment() {
    show(
        toml::read,
        "# c\n[[term]]\nid = \"é\"\nb = '''\nx'''\nn = 1_000\nd = 2020-01-02\n[[term.state]]\nx = {a = 1.50, \"b c\" = \"q\\n\"}\n[[term]]\nid='z'\n[a.b.c]\nx=0x1F\n",
    );
    show(toml::read, "title = \"abc\nb = 2\nc = \nd = 1\nd = 2\n[x\ny = 3\n[[z]]\nw = 4\n[z]\n");
    show(toml::read, "a = 1\r\nb = \"x\"\r\nc = \"\"\"\r\nfoo\r\nbar\"\"\"\r\n");
    show(
        yaml::read,
        "# é\nterm:\n  - id: é\n    b: 'it''s'\n    c: \"q\"\n    d: |\n      line\n      two\n    e: plain text # comment\n    f: multi\n      line\n    g:\n    h: 2021\n    i: 2021-05-01\n    j: [a, b]\n    k: {x: 1}\n  - id: z\n",
    );
    show(yaml::read, "a: &x {b: 1}\nc: *x\nd: *x\na: 2\n? [q]\n: 3\n");
    show(yaml::read, "a:\n  - b: 1\n    c: x: y\n  - d\n");
    show(yaml::read, "a: 1\n---\nb: 2\n");
    show(yaml::read, "a: 'x\n");
    show(yaml::read, "a:\r\n  - b: 1\r\n    c: |\r\n      foo\r\n      bar\r\n");
    show(yaml::read, "\ta: 1\n");
    show(yaml::read, "a: !foo 1\nb: !!str 1\nc: !!int 3\nd: !!seq [1]\n");
    show(yaml::read, "a: &x [*x]\nb: @q\n");
    show(yaml::read, "");
    show(json::read, "{\"a\": [1, 2.50, \"x\\u0041\", \"y\", null, true], \"a\": 3, \"b\": {\"c\": {}}}");
    show(json::read, "{\"a\": 1,}");
    show(json::read, "{\"a\": 1 \"b\": 2}");
    show(json::read, "");
    show(json::read, "[1, // c\n 2]");
    show(json::read, "{\"a\": 1");
    show(json::read, "\"\\ud800\"");
}
