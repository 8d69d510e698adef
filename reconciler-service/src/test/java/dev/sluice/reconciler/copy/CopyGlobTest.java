package dev.sluice.reconciler.copy;

import static dev.sluice.reconciler.copy.CopyCase.rule;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests copying the matches of a glob with Overwrite. */
class CopyGlobTest {

    static Stream<CopyCase> rules() {
        return Stream.concat(destinations(), dialect());
    }

    private static Stream<CopyCase> destinations() {
        return Stream.of(
                rule("matches keep their whole path below the destination")
                        .source("configs/a.yaml", "configs/b.yaml", "configs/c.txt")
                        .copy("@s/configs/*.yaml", "@artifact/apps/")
                        .gives("apps/configs/a.yaml=configs/a.yaml", "apps/configs/b.yaml=configs/b.yaml"),
                rule("a literal directory before /** is stripped")
                        .source("d/e/a", "d/e/f/b", "d/c")
                        .copy("@s/d/e/**", "@artifact/x")
                        .gives("x/a=d/e/a", "x/f/b=d/e/f/b"),
                rule("a glob before /** is not stripped")
                        .source("d/e/a/b")
                        .copy("@s/d/*/**", "@artifact/x/")
                        .gives("x/d/e/a/b=d/e/a/b"),
                rule("a lone ** is the content of the root")
                        .source("a", "d/b")
                        .copy("@s/**", "@artifact/")
                        .gives("a", "d/b"),
                rule("a destination without a slash is a directory too")
                        .source("a.yaml")
                        .copy("@s/*.yaml", "@artifact/x")
                        .gives("x/a.yaml=a.yaml"),
                rule("a matching directory is copied with its content")
                        .source("d/e/a", "d/f")
                        .copy("@s/d/*", "@artifact/")
                        .gives("d/e/a", "d/f"),
                rule("an empty directory that matches is kept")
                        .source("d/e/")
                        .copy("@s/d/**", "@artifact/")
                        .gives("e/"),
                rule("modes are copied")
                        .source("*d/run")
                        .copy("@s/d/**", "@artifact/")
                        .gives("*run=d/run"),
                rule("no match")
                        .source("a")
                        .copy("@s/*.yaml", "@artifact/")
                        .fails("nothing matches \"*.yaml\" in source \"s\""),
                rule("no match, optional")
                        .source("a")
                        .optional("@s/*.yaml", "@artifact/")
                        .gives(),
                rule("a match that would leave the artifact")
                        .source("a")
                        .copy("@s/*", "@artifact/x/../..")
                        .fails("leaves the artifact"));
    }

    private static Stream<CopyCase> dialect() {
        return Stream.of(
                rule("* stays in its component")
                        .source("a/b/c")
                        .copy("@s/*/c", "@artifact/")
                        .fails("nothing matches"),
                rule("** in the middle is one component")
                        .source("a/b/c", "a/b/d/c")
                        .copy("@s/a/**/c", "@artifact/")
                        .gives("a/b/c"),
                rule("? is one character")
                        .source("a1", "a12", "aé")
                        .copy("@s/a?", "@artifact/")
                        .gives("a1", "aé"),
                rule("dot files match")
                        .source(".a", "b")
                        .copy("@s/*", "@artifact/")
                        .gives(".a", "b"),
                rule("a class")
                        .source("a", "b", "c")
                        .copy("@s/[ac]", "@artifact/")
                        .gives("a", "c"),
                rule("a range")
                        .source("a", "b", "é")
                        .copy("@s/[b-z]", "@artifact/")
                        .gives("b"),
                rule("a class negated with ^")
                        .source("a", "b")
                        .copy("@s/[^a]", "@artifact/")
                        .gives("b"),
                rule("! does not negate")
                        .source("a", "b", "!")
                        .copy("@s/[!a]", "@artifact/")
                        .gives("!", "a"),
                rule("a backslash escapes")
                        .source("*a", "[b", "bb")
                        .copy("@s/\\[*", "@artifact/")
                        .gives("[b"),
                rule("braces are literal")
                        .source("{a,b}1", "a1")
                        .copy("@s/{a,b}*", "@artifact/")
                        .gives("{a,b}1"),
                rule("a lone ] is literal, and makes a glob")
                        .source("d/a]")
                        .copy("@s/d/a]", "@artifact/x")
                        .gives("x/d/a]=d/a]"),
                rule("a trailing slash matches nothing")
                        .source("a/b")
                        .copy("@s/*/", "@artifact/")
                        .fails("nothing matches"),
                rule("a double slash matches nothing")
                        .source("a/b")
                        .copy("@s/a//*", "@artifact/")
                        .fails("nothing matches"),
                rule("a leading ./ before a literal matches nothing")
                        .source("a/b")
                        .copy("@s/./a/*", "@artifact/")
                        .fails("nothing matches"),
                rule("a leading ./ before a glob is the root, as in Go")
                        .source("a")
                        .copy("@s/./*", "@artifact/")
                        .gives("a"),
                rule("a leading slash matches nothing")
                        .source("a")
                        .copy("@s//*", "@artifact/")
                        .fails("nothing matches"),
                rule(".. matches nothing")
                        .source("a/b")
                        .copy("@s/a/../*", "@artifact/")
                        .fails("nothing matches"),
                rule("an unclosed class")
                        .source("a")
                        .copy("@s/[a", "@artifact/")
                        .fails("invalid pattern \"[a\""),
                rule("a class with ] first")
                        .source("]")
                        .copy("@s/[]a]", "@artifact/")
                        .fails("invalid pattern"),
                rule("a class with - last")
                        .source("a")
                        .copy("@s/[a-]", "@artifact/")
                        .fails("invalid pattern"),
                rule("a syntax error in a missing directory")
                        .source("a")
                        .copy("@s/nowhere/*/[", "@artifact/")
                        .fails("invalid pattern"),
                rule("a syntax error, optional")
                        .source("a")
                        .optional("@s/[a", "@artifact/")
                        .fails("invalid pattern"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void followsTheRule(CopyCase rule) throws IOException {
        rule.check();
    }
}
