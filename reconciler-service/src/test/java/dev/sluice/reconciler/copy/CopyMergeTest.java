package dev.sluice.reconciler.copy;

import static dev.sluice.reconciler.copy.CopyCase.rule;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the strategy Merge with its rules for values and documents. */
class CopyMergeTest {

    static Stream<CopyCase> rules() {
        return Stream.concat(files(), Stream.concat(values(), documents()));
    }

    private static Stream<CopyCase> files() {
        return Stream.of(
                rule("merges into an existing file")
                        .source("a=x: 1\nk: 2\n", "b=k: 3\nz: 4\n")
                        .copy("@s/a", "@artifact/v")
                        .merge("@s/b", "@artifact/v")
                        .gives("v=k: 3\nx: 1\nz: 4\n"),
                rule("copies unchanged if no file exists")
                        .source("b=# not touched\nk:   1\n")
                        .merge("@s/b", "@artifact/v")
                        .gives("v=# not touched\nk:   1\n"),
                rule("keeps the mode of the existing file")
                        .source("*a=x: 1", "b=x: 2")
                        .copy("@s/a", "@artifact/v")
                        .merge("@s/b", "@artifact/v")
                        .gives("*v=x: 2\n"),
                rule("merges what a glob matches")
                        .source("d/v=x: 1", "v=q: 2")
                        .copy("@s/d/v", "@artifact/v")
                        .merge("@s/v*", "@artifact/")
                        .gives("v=q: 2\nx: 1\n"),
                rule("copies a directory without merging")
                        .source("d/v=x: 1", "e/d/v=q: 2")
                        .copy("@s/d", "@artifact/")
                        .merge("@s/e/d", "@artifact/")
                        .gives("d/v=q: 2"),
                rule("copies a directory that a glob matches without merging")
                        .source("d/v=x: 1", "e/d/v=q: 2")
                        .copy("@s/d", "@artifact/")
                        .merge("@s/e/**", "@artifact/")
                        .gives("d/v=q: 2"),
                rule("a directory at the path of the file")
                        .source("d/v/x", "v=q: 2")
                        .copy("@s/d/v", "@artifact/")
                        .merge("@s/v", "@artifact/")
                        .fails("the directory \"v/\" already exists"),
                rule("a list as root")
                        .source("a=x: 1", "b=- 1")
                        .copy("@s/a", "@artifact/v")
                        .merge("@s/b", "@artifact/v")
                        .fails("cannot merge \"b\": the root is not a map"),
                rule("text as root")
                        .source("a=just text", "b=x: 1")
                        .copy("@s/a", "@artifact/v")
                        .merge("@s/b", "@artifact/v")
                        .fails("cannot merge \"v\": the root is not a map"),
                rule("not YAML")
                        .source("a={", "b=x: 1")
                        .copy("@s/a", "@artifact/v")
                        .merge("@s/b", "@artifact/v")
                        .fails("cannot merge \"v\": invalid YAML"));
    }

    private static Stream<CopyCase> values() {
        return Stream.of(
                merged(
                        "maps deeply",
                        "m: {a: 1, b: {c: 2}}",
                        "m: {b: {d: 3}}",
                        "m:\n  a: 1\n  b:\n    c: 2\n    d: 3\n"),
                merged("lists are replaced", "l: [1, 2]", "l: [3]", "l:\n- 3\n"),
                merged("a list replaces a map", "m: {a: 1}", "m: [1]", "m:\n- 1\n"),
                merged("a map replaces a value", "m: 1", "m: {a: 1}", "m:\n  a: 1\n"),
                merged("null replaces and is kept", "m: {a: 1}", "m:", "m: null\n"),
                merged("an empty map changes nothing", "m: {a: 1}", "m: {}", "m:\n  a: 1\n"),
                merged("nothing merged with nothing", "", "# nothing", "{}\n"),
                merged("words for true", "a: y\nb: Yes\nc: ON\nd: True", "", "a: true\nb: true\nc: true\nd: true\n"),
                merged(
                        "words for false",
                        "a: n\nb: No\nc: OFF\nd: FALSE",
                        "",
                        "a: false\nb: false\nc: false\nd: false\n"),
                merged("not a word", "a: yEs", "", "a: yEs\n"),
                merged("words as keys", "yes: 1", "on: 2", "\"true\": 2\n"),
                merged("octal", "a: 017\nb: 0o17\nc: 0b11\nd: 0x1F", "", "a: 15\nb: 15\nc: 3\nd: 31\n"),
                merged("not octal", "a: 08", "", "a: 8\n"),
                merged("underscores", "a: 1_000", "", "a: 1000\n"),
                merged("a tab after a colon", "a:\t1\n", "c: 1\n", "a: 1\nc: 1\n"),
                merged("tabs after quotes", "a: 'x'\t\nb: \"y\"\t# c\n", "c: 1\n", "a: x\nb: \"y\"\nc: 1\n"),
                merged(
                        "tabs before comments",
                        "some:\n  - value1\t# comment\n  - 'v2'\t# c\n  - v3\n",
                        "e: 1\n",
                        "e: 1\nsome:\n- value1\n- v2\n- v3\n"),
                merged("dates are text", "a: 2001-01-01", "", "a: \"2001-01-01\"\n"),
                merged("quoted numbers are text", "a: \"1\"\nb: '0o17'", "", "a: \"1\"\nb: \"0o17\"\n"),
                merged("floats", "a: 1.50\nb: 1e3\nc: 1e21\nd: .5", "", "a: 1.5\nb: 1000\nc: 1e+21\nd: 0.5\n"),
                merged(
                        "integers keep their value",
                        "a: 9007199254740993\nb: 18446744073709551617",
                        "",
                        "a: 9007199254740993\nb: 18446744073709551617\n"),
                merged("the last of duplicate keys", "a: 1\na: 2", "", "a: 2\n"),
                merged("keys become text", "1: a\n1.5: b\ntrue: c", "", "\"1\": a\n\"1.5\": b\n\"true\": c\n"),
                merged("anchors are expanded", "a: &x {k: 1}\nb: *x", "b: {l: 2}", "a:\n  k: 1\nb:\n  k: 1\n  l: 2\n"),
                merged(
                        "<< is expanded",
                        "a: &x {k: 1, l: 1}\nb: {<<: *x, l: 2}",
                        "",
                        "a:\n  k: 1\n  l: 1\nb:\n  k: 1\n  l: 2\n"),
                merged("<< overrides entries above it", "b: {l: 2, <<: {l: 1}}", "", "b:\n  l: 1\n"),
                merged(
                        "the first map of a << list takes precedence",
                        "b: {<<: [{l: 1}, {l: 2, m: 3}]}",
                        "",
                        "b:\n  l: 1\n  m: 3\n"),
                merged(
                        "keys are in natural order",
                        "a10: 1\na2: 2\nB: 3\n_: 4\n10: 5\n2: 6",
                        "",
                        "_: 4\n\"2\": 6\n\"10\": 5\nB: 3\na2: 2\na10: 1\n"),
                merged("multi-line text", "a: \"x\\n y\\n\"", "", "a: |\n  x\n   y\n"),
                notMerged("infinity", "a: .inf", "invalid value .inf"),
                notMerged("not a number", "a: {b: [.nan]}", "invalid value .nan"),
                notMerged("a null key", "~: 1", "line 1: a key cannot be null"),
                notMerged("a list as key", "? [a]\n: 1", "a map or list cannot be a key"),
                notMerged("an invalid integer", "a: !!int x", "\"x\" is not a valid"),
                notMerged("<< of a value", "a: {<<: 1}", "<< requires a map"),
                notMerged("an anchor in itself", "a: &x [*x]", "the value of an anchor contains itself"),
                notMerged("an unknown anchor", "a: *x", "invalid YAML"),
                notMerged("nesting beyond the limit", "a: " + "[".repeat(300) + "]".repeat(300), "invalid YAML"),
                notMerged("<< of a list's alias", "a: &x [{k: 1}]\nb: {<<: *x}", "line 2: << requires a map"),
                notMerged("aliases of aliases", laughs(), "the aliases expand to more than 100000 values"));
    }

    private static Stream<CopyCase> documents() {
        return Stream.of(
                merged(
                        "documents are merged in order",
                        "a: 1\nb: 1\n---\nb: 2",
                        "---\nc: 3\n---\nc: 4\n",
                        "a: 1\nb: 2\nc: 4\n"),
                merged(
                        "a separator with blanks or a comment",
                        "a: 1\n---  \nb: 2\n--- # next\nc: 3",
                        "",
                        "a: 1\nb: 2\nc: 3\n"),
                merged("an empty document among others", "a: 1\n---\n---\n# none\n---\nb: 2", "", "a: 1\nb: 2\n"),
                merged("text after three dots is ignored", "a: 1\n...\nb: 2", "", "a: 1\n"),
                merged("carriage returns", "a: 1\r\n---\r\nb: 2\r\n", "", "a: 1\nb: 2\n"),
                merged(
                        "characters beyond the basic plane",
                        "a: \uD83D\uDE00\n\uD801\uDC37: 1",
                        "b: \uD842\uDFB7",
                        "a: \"\\U0001F600\"\nb: \"\\U00020BB7\"\n\"\\U00010437\": 1\n"),
                merged("a byte-order mark", "\uFEFFa: 1", "", "a: 1\n"),
                notMerged(
                        "content after a separator", "a: 1\n--- {b: 2}", "text \"{b: 2}\" after a document separator"),
                notMerged("four dashes", "a: 1\n----\n", "text \"-\" after a document separator"),
                notMerged("a directive", "%YAML 1.1\n---\na: 1", "directive"),
                notMerged("one bad document", "a: 1\n---\n- 1", "the root is not a map"));
    }

    private static CopyCase merged(String name, String base, String overlay, String expected) {
        return rule(name)
                .source("a=" + base, "b=" + overlay)
                .copy("@s/a", "@artifact/v")
                .merge("@s/b", "@artifact/v")
                .gives("v=" + expected);
    }

    private static CopyCase notMerged(String name, String overlay, String error) {
        return rule(name)
                .source("a=x: 1", "b=" + overlay)
                .copy("@s/a", "@artifact/v")
                .merge("@s/b", "@artifact/v")
                .fails(error);
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        return yaml.toString();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void followsTheRule(CopyCase rule) throws IOException {
        rule.check();
    }
}
