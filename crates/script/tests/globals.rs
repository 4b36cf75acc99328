//! What scripts find around them, beside the language.

mod common;

use common::Project;

fn one(source: &str) -> String {
    Project::new(&[("main.ts", source)])
        .run("main.ts")
        .unwrap_or_else(|error| panic!("{error}"))
        .join("\n")
}

/// Each expression is the text beside it.
fn all(table: &[(&str, &str)]) {
    let lines: Vec<String> = table
        .iter()
        .map(|(code, _)| format!("try {{ console.log(String({code})); }} catch (e: any) {{ console.log(`${{e.name}}: ${{e.message}}`); }}"))
        .collect();
    let lines = one(&lines.join("\n"));
    let mut wrong = Vec::new();
    for ((code, want), got) in table.iter().zip(lines.lines()) {
        if got != *want {
            wrong.push(format!("{code}\n    is {got}\n   not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(lines.lines().count(), table.len());
}

#[test]
fn urls_are_taken_apart_and_built() {
    all(&[
        (
            "new URL('HTTPS://User:p%40w@Ex.Test:443/a/./b/../c d?q=1 2#h h')",
            "https://User:p%40w@ex.test/a/c%20d?q=1%202#h%20h",
        ),
        ("new URL('//x.test/y', 'http://a.test')", "http://x.test/y"),
        (
            "new URL('../up?x', 'http://a.test/b/c/d?e#f')",
            "http://a.test/b/up?x",
        ),
        ("new URL('?x', 'http://a.test/b?e#f')", "http://a.test/b?x"),
        (
            "new URL('#x', 'http://a.test/b?e#f')",
            "http://a.test/b?e#x",
        ),
        ("new URL('', 'http://a.test/b?e#f')", "http://a.test/b?e"),
        ("new URL('/a/%2e%2e/b', 'http://a.test')", "http://a.test/b"),
        (
            "new URL('\\\\\\\\x.test\\\\y', 'http://a.test')",
            "http://x.test/y",
        ),
        ("new URL('file:///a/../b')", "file:///b"),
        ("new URL('mailto:a@b.test').pathname", "a@b.test"),
        ("new URL('data:text/plain,a b').protocol", "data:"),
        ("new URL('blob:x').origin", "null"),
        (
            "new URL('http://a.test:8080/').port + new URL('http://a.test:80/').port",
            "8080",
        ),
        ("new URL('http://ü.test/ü?ü#ü').pathname", "/%C3%BC"),
        (
            "(u => (u.search = '?a=b c', u.hash = 'x', u.pathname = 'p q', u.port = '81', u.href))(new URL('http://a.test'))",
            "http://a.test:81/p%20q?a=b%20c#x",
        ),
        (
            "(u => (u.searchParams.append('k', 'v w'), u.searchParams.set('a', '2'), u.href))(new URL('http://a.test/?a=1&a=3'))",
            "http://a.test/?a=2&k=v+w",
        ),
        (
            "(u => (u.search = 'n=1', u.searchParams.get('n')))(new URL('http://a.test/?a=1'))",
            "1",
        ),
        (
            "new URL('http://')",
            "TypeError: invalid URL: `http:` without a host",
        ),
        ("new URL('/x')", "TypeError: invalid URL `/x`"),
        ("URL.canParse('x') || URL.parse('http://a:99999')", "null"),
        (
            "JSON.stringify({u: new URL('http://a.test')})",
            "{\"u\":\"http://a.test/\"}",
        ),
        (
            "new URLSearchParams('?a=1&b=%20+&a=2&c').getAll('a')",
            "1,2",
        ),
        (
            "new URLSearchParams({a: '1 ü', 'b&': '!~*'})",
            "a=1+%C3%BC&b%26=%21%7E*",
        ),
        (
            "[...new URLSearchParams([['z', '1'], ['a', '2']]).keys()]",
            "z,a",
        ),
        (
            "(p => (p.sort(), p.delete('b', '2'), `${p} ${p.size} ${p.has('b', '1')}`))(new URLSearchParams('b=2&b=1&a=3'))",
            "a=3&b=1 2 true",
        ),
        (
            "new URLSearchParams([['a']] as any)",
            "TypeError: URLSearchParams: each entry is a name and a value",
        ),
    ]);
}

#[test]
fn texts_and_bytes_become_one_another() {
    all(&[
        (
            "new TextEncoder().encode('aé€😀\\ud800')",
            "97,195,169,226,130,172,240,159,152,128,239,191,189",
        ),
        (
            "JSON.stringify(new TextEncoder().encodeInto('a€b', new Uint8Array(3)))",
            "{\"read\":1,\"written\":1}",
        ),
        (
            "new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))",
            "a",
        ),
        (
            "new TextDecoder('utf-8', {ignoreBOM: true}).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])).length",
            "2",
        ),
        (
            "new TextDecoder().decode(new Uint8Array([0xf0, 0x9f, 0x61, 0xc0, 0xaf, 0xed, 0xa0, 0x80])).length",
            "7",
        ),
        (
            "new TextDecoder('utf8', {fatal: true}).decode(new Uint8Array([0xff]))",
            "TypeError: TextDecoder: the bytes are not utf-8",
        ),
        (
            "(d => d.decode(new Uint8Array([0xe2, 0x82]), {stream: true}) + d.decode(new Uint8Array([0xac])))(new TextDecoder())",
            "€",
        ),
        (
            "new TextDecoder('utf-16le').decode(new Uint8Array([0x61, 0, 0x3d, 0xd8, 0, 0xde]))",
            "a😀",
        ),
        (
            "new TextDecoder('latin1').decode(new Uint8Array([0xe9]).buffer)",
            "é",
        ),
        (
            "new TextDecoder('ebcdic')",
            "RangeError: TextDecoder: the encoding `ebcdic` is not available here: UTF-8, UTF-16 and Latin-1 are",
        ),
        ("atob(btoa('\\x00\\xff abc'))", "\u{0}ÿ abc"),
        ("atob(' Y Q = = ')", "a"),
        (
            "btoa('€')",
            "InvalidCharacterError: btoa: the text has characters beyond Latin-1",
        ),
        (
            "atob('a')",
            "InvalidCharacterError: atob: the text is not base64",
        ),
    ]);
}

#[test]
fn values_are_cloned_in_depth() {
    all(&[
        (
            "(a => (a.self = a, structuredClone(a).self.self.n))({n: 1} as any)",
            "1",
        ),
        (
            "structuredClone(new Map([[{k: 1}, new Set([2n])]])).size",
            "1",
        ),
        (
            "structuredClone(new RangeError('x', {cause: 1})) instanceof RangeError",
            "true",
        ),
        ("structuredClone(new Uint16Array([1, 2]).subarray(1))", "2"),
        (
            "structuredClone([1, , 3]).length + typeof structuredClone(Object(1n))",
            "3object",
        ),
        (
            "structuredClone(() => 1)",
            "DataCloneError: structuredClone: cannot clone a function",
        ),
        (
            "structuredClone({a: Symbol()})",
            "DataCloneError: structuredClone: cannot clone a symbol",
        ),
        (
            "structuredClone(Promise.resolve())",
            "DataCloneError: structuredClone: cannot clone a Promise",
        ),
    ]);
}

#[test]
fn work_can_be_called_off() {
    let source = "
        const c = new AbortController();
        c.signal.addEventListener('abort', event => console.log(event.type, c.signal.reason.name));
        c.signal.onabort = () => console.log('on');
        c.abort(); c.abort(new Error('again'));
        console.log(c.signal.aborted, c.signal.reason.code);
        try { c.signal.throwIfAborted(); } catch (e: any) { console.log(e instanceof DOMException, e.message); }
        console.log(AbortSignal.abort('why').reason, AbortSignal.any([new AbortController().signal, c.signal]).aborted);
        const late = AbortSignal.timeout(5);
        await new Promise(done => late.addEventListener('abort', done));
        console.log(late.reason.name);
        const t = new EventTarget(); let n = 0;
        const hear = {handleEvent: () => { n += 1; }};
        t.addEventListener('x', hear, {once: true}); t.addEventListener('x', hear);
        t.dispatchEvent(new Event('x')); t.dispatchEvent(new CustomEvent('x', {detail: 1}));
        const stop = new Event('y', {cancelable: true}); t.addEventListener('y', e => e.preventDefault());
        console.log(n, t.dispatchEvent(stop), new CustomEvent('z', {detail: 7}).detail);
        try { new (AbortSignal as any).end(); } catch (e: any) { console.log(e.name); }";
    assert_eq!(
        one(source),
        "on\nabort AbortError\ntrue 20\ntrue this operation was aborted\nwhy true\nTimeoutError\n1 false 7\nTypeError"
    );
}

#[test]
fn letters_and_words_are_told_apart() {
    all(&[
        (
            "[...new Intl.Segmenter('en').segment('e\\u0301👨‍👩‍👧x')].map(s => s.index)",
            "0,2,10",
        ),
        (
            "[...new Intl.Segmenter('en', {granularity: 'word'}).segment('Hi, you 2!')].filter(s => s.isWordLike).map(s => s.segment)",
            "Hi,you,2",
        ),
        (
            "[...new Intl.Segmenter('de', {granularity: 'sentence'}).segment('Ja. Nein? 😀 Gut')].length",
            "3",
        ),
        (
            "new Intl.Segmenter().segment('a😀b').containing(2)!.segment",
            "😀",
        ),
        (
            "new Intl.Segmenter().segment('a').containing(5)",
            "undefined",
        ),
        (
            "new Intl.Segmenter('en', {granularity: 'line'} as any)",
            "RangeError: Intl.Segmenter: there is no granularity `line`",
        ),
    ]);
}

#[test]
fn numbers_are_written_for_readers() {
    all(&[
        ("(1234567.891).toLocaleString()", "1,234,567.891"),
        (
            "(0.5).toLocaleString() + (-0).toLocaleString() + (1e21).toLocaleString()",
            "0.5-01,000,000,000,000,000,000,000",
        ),
        (
            "(1.005).toLocaleString('en-US', {maximumFractionDigits: 2}) + ' ' + (2.5).toLocaleString('en', {maximumFractionDigits: 0})",
            "1.01 3",
        ),
        (
            "(1234.5).toLocaleString('de-DE', {minimumFractionDigits: 2})",
            "1.234,50",
        ),
        ("(1234567).toLocaleString('fr')", "1\u{202f}234\u{202f}567"),
        (
            "(1234).toLocaleString('es') + ' ' + (12345).toLocaleString('es')",
            "1234 12.345",
        ),
        ("(1234567).toLocaleString('en-IN')", "12,34,567"),
        (
            "new Intl.NumberFormat('en-US', {style: 'currency', currency: 'USD'}).format(-1234.5)",
            "-$1,234.50",
        ),
        (
            "new Intl.NumberFormat('de', {style: 'currency', currency: 'EUR'}).format(9.999)",
            "10,00\u{a0}€",
        ),
        (
            "new Intl.NumberFormat('ja-JP', {style: 'currency', currency: 'JPY'}).format(1500.4)",
            "¥1,500",
        ),
        (
            "new Intl.NumberFormat('en', {style: 'currency', currency: 'CHF'}).format(1)",
            "CHF\u{a0}1.00",
        ),
        (
            "(0.256).toLocaleString('en', {style: 'percent', maximumFractionDigits: 1})",
            "25.6%",
        ),
        (
            "[999, 1234, 15500, 999999, 1.5e6, 2e9].map(Intl.NumberFormat('en', {notation: 'compact'}).format)",
            "999,1.2K,16K,1M,1.5M,2B",
        ),
        (
            "(1500).toLocaleString('en', {notation: 'compact', compactDisplay: 'long'})",
            "1.5 thousand",
        ),
        (
            "(123456).toLocaleString('en', {maximumSignificantDigits: 2}) + (0.00123).toLocaleString('en', {minimumSignificantDigits: 5})",
            "120,0000.0012300",
        ),
        (
            "(5).toLocaleString('en', {minimumIntegerDigits: 2, useGrouping: false, signDisplay: 'always'})",
            "+05",
        ),
        (
            "(12345678901234567890n).toLocaleString()",
            "12,345,678,901,234,567,890",
        ),
        (
            "(NaN).toLocaleString() + (-Infinity).toLocaleString()",
            "NaN-∞",
        ),
        (
            "(1).toLocaleString('am')",
            "RangeError: Intl.NumberFormat: the rules of `am` are not known here",
        ),
        (
            "new Intl.NumberFormat('en', {style: 'unit', unit: 'mile'} as any)",
            "RangeError: Intl.NumberFormat: `unit` is not available here",
        ),
        (
            "[1, 2, 3, 4, 11, 22, 113].map(n => new Intl.PluralRules('en', {type: 'ordinal'}).select(n))",
            "one,two,few,other,other,two,other",
        ),
        (
            "['b', 'a10', 'A', 'ä', 'a2'].sort(new Intl.Collator('en', {numeric: true}).compare)",
            "A,ä,a2,a10,b",
        ),
        (
            "[[0, 'ru'], [1.5, 'pl'], [2, 'cs'], [0, 'fr'], [1e6, 'es'], [11, 'ar']].map(([n, tag]) => new Intl.PluralRules(tag as string).select(n as number))",
            "many,other,few,one,many,many",
        ),
        (
            "new Intl.PluralRules('tlh')",
            "RangeError: Intl.PluralRules: the rules of `tlh` are not known here",
        ),
        (
            "['en', 'de', 'es', 'ja'].map(tag => new (Intl as any).ListFormat(tag).format(['A', 'B', 'hijos'])).join('; ')",
            "A, B, and hijos; A, B und hijos; A, B e hijos; A、B、hijos",
        ),
        (
            "new (Intl as any).ListFormat('en', {type: 'disjunction', style: 'short'}).formatToParts(['A', 'B']).map((part: any) => `${part.type}:${part.value}`)",
            "element:A,literal: or ,element:B",
        ),
        (
            "[new (Intl as any).RelativeTimeFormat('en').format(-1, 'days'), new (Intl as any).RelativeTimeFormat('en', {numeric: 'auto'}).format(1, 'day')]",
            "1 day ago,tomorrow",
        ),
        (
            "new (Intl as any).DisplayNames('en')",
            "Error: Intl.DisplayNames is not available here",
        ),
    ]);
}

#[test]
fn dates_are_written_for_readers() {
    let date = "new Date(Date.UTC(2024, 2, 5, 15, 4, 9))";
    let table = [
        (
            format!("{date}.toLocaleDateString('en-US', {{timeZone: 'UTC'}})"),
            "3/5/2024",
        ),
        (
            format!("{date}.toLocaleTimeString('en-US', {{timeZone: 'UTC'}})"),
            "3:04:09\u{202f}PM",
        ),
        (
            format!("{date}.toLocaleString('en-US', {{timeZone: 'UTC'}})"),
            "3/5/2024, 3:04:09\u{202f}PM",
        ),
        (
            format!(
                "{date}.toLocaleDateString('en-US', {{timeZone: 'UTC', weekday: 'long', year: 'numeric', month: 'long', day: 'numeric'}})"
            ),
            "Tuesday, March 5, 2024",
        ),
        (
            format!(
                "{date}.toLocaleDateString('en-US', {{timeZone: 'UTC', month: 'short', day: '2-digit'}})"
            ),
            "Mar 05",
        ),
        (
            format!("{date}.toLocaleDateString('en-GB', {{timeZone: 'UTC'}})"),
            "05/03/2024",
        ),
        (
            format!("{date}.toLocaleDateString('en-GB', {{timeZone: 'UTC', dateStyle: 'long'}})"),
            "5 March 2024",
        ),
        (
            format!(
                "{date}.toLocaleTimeString('en-US', {{timeZone: 'UTC', hour: '2-digit', minute: '2-digit', hour12: false}})"
            ),
            "15:04",
        ),
        (
            format!(
                "new Intl.DateTimeFormat('en', {{timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short'}}).format({date})"
            ),
            "Mar 5, 2024, 3:04\u{202f}PM",
        ),
        (
            format!("{date}.toLocaleDateString('de')"),
            "RangeError: Intl.DateTimeFormat: the rules of `de` are not known here",
        ),
        (
            format!("{date}.toLocaleDateString('en', {{timeZone: 'Asia/Tokyo'}})"),
            "RangeError: Intl.DateTimeFormat: only the time zone `UTC` and the machine's own are known here, got `Asia/Tokyo`",
        ),
        ("new Date(NaN).toLocaleString()".to_owned(), "Invalid Date"),
    ];
    let table: Vec<(&str, &str)> = table
        .iter()
        .map(|(code, want)| (code.as_str(), *want))
        .collect();
    all(&table);
}

#[test]
fn the_console_has_all_its_methods() {
    let source = "
        console.group('a'); console.info('in\\nside'); console.groupCollapsed(); console.debug('%s|%i|%f|%j|%o|%%|%c', 'x', '7.9', '1.5', {a: 1}, 'q', 'css', 'rest'); console.groupEnd(); console.groupEnd();
        console.table([{a: 1, b: 'x'}, {a: 22}]); console.table(['p'], ['c']); console.table(5);
        console.count(); console.count(); console.countReset(); console.count();
        console.assert(true, 'no'); console.assert(false, 'yes %d', 3); console.assert(false);
        console.timeEnd('none'); console.dir({a: {b: {c: {d: {e: 1}}}}}); console.dirxml(1);
        console.time('t'); console.log(typeof console.timeLog, typeof console.profile, console.clear());
        console.log(-0, [undefined, null], new Set(['a']), Symbol('s'), () => 1, class A {}, new (class B { x = 1; })(), 5n, new Date(0), /x/g, new Uint8Array(2));
        const loop: any = {}; loop.me = loop; console.log(loop, Object.create(null), Array(101).fill(0).length);
        (function deep() { console.trace('at %s', 'here'); })();";
    assert_eq!(
        one(source),
        "a\n  in\n  side\ndebug:     x|7|1.5|{\"a\":1}|\"q\"|%| rest\n\
         (index) | a  | b\n--------|----|----\n0       | 1  | \"x\"\n1       | 22 |\n\
         (index) | c | Values\n--------|---|-------\n0       |   | \"p\"\n5\n\
         default: 1\ndefault: 2\ndefault: 1\nerror: assertion failed: yes 3\nerror: assertion failed\n\
         warn: console: there is no timer `none`\n{a: {b: {…}}}\n1\nfunction function undefined\n\
         -0 [undefined, null] Set {\"a\"} Symbol(s) [function] [function A] B {x: 1} 5n 1970-01-01T00:00:00.000Z /x/g Uint8Array [0, 0]\n\
         {me: [circular]} {} 101\nTrace: at here\nat deep (main.ts:10:36)\nat main.ts:10:60"
    );
}

#[test]
fn random_numbers_are_the_same_in_every_film() {
    let source = "
        import {makeScene2D} from '@revideo/2d'; import {makeProject} from '@revideo/core';
        export default makeProject({scenes: [makeScene2D('a', function* () {
          console.log(Math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(3))].join());
          console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
          try { crypto.getRandomValues(new Float64Array(1)); } catch (e: any) { console.log(e.name); }
          try { crypto.subtle.digest('SHA-256', new Uint8Array()); } catch (e: any) { console.log(e.message); }
          yield;
        })]});";
    let run = || {
        let project = Project::new(&[("p.tsx", source)]);
        let host = common::TestHost::default();
        let logged = host.logged.clone();
        let options = project.options("p.tsx");
        kinora_script::record(&options, Box::new(host), &mut common::Film::default()).unwrap();
        logged.take()
    };
    let first = run();
    assert_eq!(first, run());
    assert_eq!(
        first[1..4],
        [
            "true",
            "TypeMismatchError",
            "crypto.subtle is not available here: random numbers are all that there is of `crypto`"
        ]
    );
}

#[test]
fn requests_are_sent_and_answers_read() {
    let source = "
        const r = await fetch('https://api.test/echo?x=1', {method: 'post', headers: {'X-Key': 'k'}, body: JSON.stringify({a: 1})});
        console.log(r.status, r.ok, r.statusText, r.url, r.redirected, r.headers.get('Content-Type'), [...r.headers.keys()].join());
        const copy = r.clone(); console.log(JSON.stringify(await r.json()), r.bodyUsed, (await copy.blob()).type);
        await r.text().catch(e => console.log(e.message));
        const missing = await fetch('https://api.test/missing'); console.log(missing.status, missing.ok);
        await fetch('https://api.test/broken').catch(e => console.log(e.name, e.message));
        await fetch('https://api.test/x', {body: 'b'}).catch(e => console.log(e.message));
        await fetch('https://api.test/x', {headers: {'a b': 'c'}}).catch(e => console.log(e.message));
        await fetch('https://api.test/x', {signal: AbortSignal.abort()}).catch(e => console.log(e.name));
        const again = new Request('https://api.test/echo', {method: 'PUT', body: new URLSearchParams({q: '1 2'})});
        console.log(await (await fetch(again)).text());
        console.log(await Response.json({b: 2}).text(), (await new Blob(['ab', new Uint8Array([99])]).slice(1).text()));
        console.log(await (await fetch(new URL('https://api.test/echo'), {method: 'PATCH', body: new Uint8Array([104, 105])})).text());
        try { new FormData(); } catch (e: any) { console.log(e.name); }";
    assert_eq!(
        one(source),
        "201 true Created https://api.test/echo?x=1 false application/json content-type\n\
         {\"method\":\"POST\",\"headers\":[[\"content-type\",\"text/plain;charset=UTF-8\"],[\"x-key\",\"k\"]],\"body\":\"{\\\"a\\\":1}\"} true application/json\n\
         the body was read already\n404 false\n\
         TypeError fetch failed: cannot fetch `https://api.test/broken`: the line is dead\n\
         fetch: a request with the method GET has no body\n`a b: c` is not a header\nAbortError\n\
         {\"method\":\"PUT\",\"headers\":[[\"content-type\",\"application/x-www-form-urlencoded;charset=UTF-8\"]],\"body\":\"q=1+2\"}\n\
         {\"b\":2} bc\n{\"method\":\"PATCH\",\"headers\":[],\"body\":\"hi\"}\nNotSupportedError"
    );
}

#[test]
fn what_only_browsers_have_is_explained() {
    let fault = |source: &str| Project::new(&[("main.ts", source)]).fault("main.ts");
    let told = fault("localStorage.getItem('a');\n");
    assert!(
        told.starts_with("ReferenceError: localStorage is not defined\n  main.ts:1:1\n"),
        "{told}"
    );
    assert!(
        told.ends_with("\n  hint: there is no browser here, and so no `localStorage`"),
        "{told}"
    );
    let told = fault("document.createElement('div');\n");
    assert!(
        told.starts_with("`document.createElement('div')` is not available: there is no page"),
        "{told}"
    );
}

#[test]
fn the_process_is_nobodys() {
    let source = "
        console.log(process.platform, process.browser, typeof process.hrtime.bigint(), process.on('exit', () => {}) === process, process.hrtime().length);
        process.emitWarning('old'); process.stdout.write('out\\n'); process.stderr.write('err');
        process.nextTick((x: string) => console.log('tick', x), 'a');
        console.log(navigator.userAgent, navigator.language);";
    assert_eq!(
        one(source),
        "kinora true bigint true 2\nwarn: old\nout\nerror: err\nkinora en-US\ntick a"
    );
}

#[test]
fn texts_are_ordered_as_readers_order_them() {
    all(&[
        (
            "['Zoe', 'adam', 'Élan', 'eve', 'Bob'].sort((a, b) => a.localeCompare(b)).join(' ')",
            "adam Bob Élan eve Zoe",
        ),
        ("'a'.localeCompare('B')", "-1"),
        ("'ä'.localeCompare('b')", "-1"),
        (
            "'img10'.localeCompare('img2', undefined, {numeric: true})",
            "1",
        ),
        (
            "'a'.localeCompare('A', undefined, {sensitivity: 'base'})",
            "0",
        ),
        (
            "'a'.localeCompare('ä', undefined, {sensitivity: 'base'})",
            "0",
        ),
        (
            "'a'.localeCompare('ä', undefined, {sensitivity: 'accent'})",
            "-1",
        ),
        (
            "'a'.localeCompare('A', undefined, {sensitivity: 'accent'})",
            "0",
        ),
        ("'a'.localeCompare('A')", "-1"),
        (
            "['b', '~', '1', ' ', 'a', '-', '10', '2'].sort(new Intl.Collator().compare).join('')",
            " -~1102ab",
        ),
        (
            "'I'.toLocaleLowerCase('tr') + 'i'.toLocaleUpperCase('tr') + 'I'.toLocaleLowerCase()",
            "ıİi",
        ),
        (
            "'a'.localeCompare('b', 'en', {ignorePunctuation: true})",
            "RangeError: Intl.Collator: `ignorePunctuation` is not available here",
        ),
    ]);
}

#[test]
fn languages_that_nobody_knows_are_passed_over() {
    all(&[
        (
            "new Date(Date.UTC(2026, 2, 1)).toLocaleString('default', {month: 'long', timeZone: 'UTC'})",
            "March",
        ),
        ("(1234.5).toLocaleString('xx')", "1,234.5"),
        (
            "new Date(0).toLocaleTimeString('en-US', {timeZone: 'UTC', timeZoneName: 'short'})",
            "12:00:00\u{202f}AM UTC",
        ),
        (
            "new Date(7).toLocaleTimeString('en-GB', {second: '2-digit', fractionalSecondDigits: 3})",
            "00.007",
        ),
        (
            "new Date(0).toLocaleDateString('sv')",
            "RangeError: Intl.DateTimeFormat: the rules of `sv` are not known here",
        ),
        (
            "new Date(0).toLocaleDateString('no such tag')",
            "RangeError: Intl.DateTimeFormat: `no such tag` is no language tag",
        ),
        (
            "new Intl.DateTimeFormat('en', {era: 'short'})",
            "RangeError: Intl.DateTimeFormat: `era` is not available here",
        ),
    ]);
}
