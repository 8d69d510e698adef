package dev.sluice.reconciler.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests valid YAML syntax and the errors for invalid documents. */
class YamlSyntaxTest {

    record Syntax(String name, String document, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Syntax> tabs() {
        return Stream.of(
                new Syntax("after a colon", "a:\t1\nb: \t 2\n", "a: 1\nb: 2\n"),
                new Syntax("before a colon", "a\t: 1\n\"b\"\t:\t2\n", "a: 1\nb: 2\n"),
                new Syntax("after a quoted scalar", "a: 'x'\t\nb: \"y\"\t# c\n", "a: x\nb: \"y\"\n"),
                new Syntax("before a comment", "a: 1\t# c\n \nb:\t# e\n  c: 2\n", "a: 1\nb:\n  c: 2\n"),
                new Syntax("after list items", "a:\n  - v\t# c\n  - 'w'\t# c\n  - x\t\n", "a:\n- v\n- w\n- x\n"),
                new Syntax("after an anchor and an alias", "a: &x\t1\nb: *x\t# c\n", "a: 1\nb: 1\n"),
                new Syntax("after a tag", "a: !!str\t1\n", "a: \"1\"\n"),
                new Syntax("after a block header", "a: |\t# c\n  x\nb: >-\t\n  y\n", "a: |\n  x\nb: \"y\"\n"),
                new Syntax(
                        "in flow collections",
                        "a:\t[\t1\t,\t2\t]\t\nb: {\tc\t:\td\t}\t# e\n",
                        "a:\n- 1\n- 2\nb:\n  c: d\n"),
                new Syntax(
                        "at the start of a line in a flow collection",
                        "a: [\n\t1,\n\t'2'\n\t]\n",
                        "a:\n- 1\n- \"2\"\n"),
                new Syntax(
                        "within texts",
                        "a: x\ty\nb: 'x\ty'\nc: |\n  x\ty\n",
                        "a: \"x\\ty\"\nb: \"x\\ty\"\nc: \"x\\ty\\n\"\n"),
                new Syntax("before a continuation line", "a: x\n \ty\nb: 'x\n\ty'\n", "a: x y\nb: x y\n"),
                new Syntax("after a separator", "a: 1\n---\t# c\nb: 2\n", "a: 1\nb: 2\n"));
    }

    @ParameterizedTest
    @MethodSource("tabs")
    void acceptsTabsAsSeparators(Syntax syntax) {
        assertThat(MergeReferenceTest.merge(syntax.document).text()).isEqualTo(syntax.expected);
    }

    static Stream<Syntax> errors() {
        String tab = "a tab is used for indentation; replace it with spaces";
        return Stream.of(
                new Syntax("a tab as indentation", "a:\n\tb: 1\n", "line 2, column 1: " + tab),
                new Syntax("a tab after spaces", "a:\n  b: 1\n  \tc: 2\n", "line 3, column 3: " + tab),
                new Syntax("a tab on an empty line", "a: 'x'\n\t\nb: 1\n", "line 2, column 1: " + tab),
                new Syntax("a tab before a comment on its line", "a: 'x'\n\t# c\n", "line 2, column 1: " + tab),
                new Syntax("a tab after a dash", "a:\n-\tb: 1\n", "line 2, column 2: " + tab),
                new Syntax("a tab before a continuation line", "a:\n  b: x\n\ty\n", "line 3, column 1: " + tab),
                new Syntax("a tab in a block scalar", "a: |\n\tx\n", "line 2, column 1: " + tab),
                new Syntax(
                        "in a later document", "a: 1\n---\n# c\nb: 2\n---\nc:\n\td: 1\n", "line 7, column 1: " + tab),
                new Syntax("a second colon", "a: 1\n---\r\nb: c: d\r\n", "line 3, column 5: second colon on this line"),
                new Syntax("a missing colon", "a: 1\nb\nc: 2\n", "line 2, column 1: a colon and a space are missing"),
                new Syntax("unclosed quotes", "a: 1\nb: \"x\nc: 2\n", "line 2, column 4: unclosed quotes"),
                new Syntax(
                        "an unclosed bracket",
                        "a: [1\nb: 2\n",
                        "line 2, column 2: found a colon, expected a comma or ]"),
                new Syntax("an unknown escape", "a: \"x\\d\"\n", "line 1, column 6: unknown escape in double quotes"),
                new Syntax(
                        "half a character",
                        "a: \"\\ud83d\\ude00\"\n",
                        "line 1, column 5: the escape in double quotes is"),
                new Syntax("a control character", "a: 1\nb: x\u0007\n", "line 2, column 5: control character U+0007"),
                new Syntax("an indicator", "a: @x\n", "line 1, column 4: a value cannot start with @; quote the text"),
                new Syntax("bad indentation", "a:\n  b: 1\n c: 2\n", "line 3, column 2: a key is not allowed here"),
                new Syntax("an unknown alias", "a: 1\nb: *x\n", "line 2, column 4: undefined anchor \"x\""),
                new Syntax("an unknown tag handle", "a: !e!x 1\n", "line 1, column 4: unknown tag handle"),
                new Syntax("a null key", "a: 1\n---\n~: 2\n", "line 3: a key cannot be null; quote it, or remove it"),
                new Syntax("a map as key", "a: 1\n---\n? {b: 1}\n: 2\n", "line 3: a map or list cannot be a key"),
                new Syntax(
                        "a value that does not match its tag",
                        "a: 1\n---\nb: !!int x\n",
                        "line 3: \"x\" is not a valid"),
                new Syntax("<< of a value", "a: 1\n---\n<<: 1\n", "line 3: << requires a map or a list of maps"),
                new Syntax("text after a separator", "a: 1\n--- b\n", "line 2: text \"b\" after a document separator"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void reportsSyntaxErrorsWithTheirPosition(Syntax syntax) {
        assertThat(MergeReferenceTest.merge(syntax.document).ok()).isFalse();
        assertThat(MergeReferenceTest.merge(syntax.document).text()).contains(syntax.expected);
    }

    static Stream<Syntax> tags() {
        return Stream.of(
                new Syntax(
                        "custom tags leave text",
                        "a: !custom 1\nb: !<u> yes\nc: ! 5\n",
                        "a: \"1\"\nb: \"yes\"\nc: \"5\"\n"),
                new Syntax("custom tags of collections", "a: !x {b: 1}\nc: !!set {d}\n", "a:\n  b: 1\nc:\n  d: null\n"),
                new Syntax("a tag without a value", "a: !!str\nb: !x\nc:\n", "a: \"\"\nb: \"\"\nc: null\n"),
                new Syntax("anchored nulls", "a: &x\nb: *x\nc: &y ~\nd: *y\n", "a: null\nb: null\nc: null\nd: null\n"),
                new Syntax("an anchor on a key", "&x a: 1\nb: *x\n*x : c\n", "a: c\nb: a\n"),
                new Syntax("an anchor used twice", "a: &x 1\nb: &x 2\nc: *x\n", "a: 1\nb: 2\nc: 2\n"),
                new Syntax(
                        "timestamps",
                        "a: !!timestamp 2001-01-01\nb: 2001-01-01\n",
                        "a: \"2001-01-01\"\nb: \"2001-01-01\"\n"),
                new Syntax(
                        "binary",
                        "a: !!binary aGk=\nb: !!binary |\n  aG\n  k=\nc: !!binary /w==\n",
                        "a: hi\nb: hi\nc: �\n"),
                new Syntax("floats", "a: !!float 5\nb: !!float 1e3\n", "a: 5\nb: 1000\n"));
    }

    @ParameterizedTest
    @MethodSource("tags")
    void resolvesTagsAndAnchorsAsTheReference(Syntax syntax) {
        assertThat(MergeReferenceTest.merge(syntax.document).text()).isEqualTo(syntax.expected);
    }
}
