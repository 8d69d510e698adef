package dev.sluice.reconciler.copy;

import static dev.sluice.reconciler.copy.CopyCase.rule;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests copying a path without wildcards. */
class CopyPathTest {

    static Stream<CopyCase> rules() {
        return Stream.of(
                rule("a file to a path")
                        .source("a", "b")
                        .copy("@s/a", "@artifact/x/y")
                        .gives("x/y=a"),
                rule("a file into a directory that ends in a slash")
                        .source("d/a")
                        .copy("@s/d/a", "@artifact/x/")
                        .gives("x/a=d/a"),
                rule("a file to the artifact's root")
                        .source("d/a")
                        .copy("@s/d/a", "@artifact/")
                        .gives("a=d/a"),
                rule("a file into an existing directory")
                        .source("d/a", "b")
                        .copy("@s/d", "@artifact/")
                        .copy("@s/b", "@artifact/d")
                        .gives("d/a", "d/b=b"),
                rule("a file over a file")
                        .source("a", "b")
                        .copy("@s/a", "@artifact/x")
                        .copy("@s/b", "@artifact/x")
                        .gives("x=b"),
                rule("a file over a directory of its name")
                        .source("d/x/y", "x")
                        .copy("@s/d/x", "@artifact/")
                        .copy("@s/x", "@artifact/")
                        .fails("x"),
                rule("a file below a file")
                        .source("a")
                        .copy("@s/a", "@artifact/x")
                        .copy("@s/a", "@artifact/x/y")
                        .fails("x"),
                rule("a directory becomes a directory of its name")
                        .source("d/e/a", "d/e/f/b", "c")
                        .copy("@s/d/e", "@artifact/x")
                        .gives("x/e/a=d/e/a", "x/e/f/b=d/e/f/b"),
                rule("a directory with a slash at its end is the same")
                        .source("d/a")
                        .copy("@s/d/", "@artifact/x/")
                        .gives("x/d/a=d/a"),
                rule("the root of a source is copied without a name of its own")
                        .source("d/a", "b")
                        .copy("@s/", "@artifact/x")
                        .gives("x/d/a=d/a", "x/b=b"),
                rule("a dot is the root").source("a").copy("@s/.", "@artifact/").gives("a"),
                rule("a directory merges with an existing one")
                        .source("d/a", "e/d/b")
                        .copy("@s/d", "@artifact/")
                        .copy("@s/e/d", "@artifact/")
                        .gives("d/a", "d/b=e/d/b"),
                rule("a directory over a file")
                        .source("d/a", "b")
                        .copy("@s/b", "@artifact/d")
                        .copy("@s/d", "@artifact/")
                        .fails("d"),
                rule("an empty directory keeps an existing file")
                        .source("d/", "b")
                        .copy("@s/b", "@artifact/d")
                        .copy("@s/d", "@artifact/")
                        .gives("d=b"),
                rule("a file through a missing directory")
                        .source("a")
                        .copy("@s/a", "@artifact/x/../y")
                        .fails("traverses \"x\", which is not a directory"),
                rule("a file to the root through a missing directory")
                        .source("a")
                        .copy("@s/a", "@artifact/x/..")
                        .fails("traverses \"x\", which is not a directory"),
                rule("a file through an existing directory")
                        .source("a", "x/b")
                        .copy("@s/x", "@artifact/")
                        .copy("@s/a", "@artifact/x/../y")
                        .gives("x/b", "y=a"),
                rule("a file through its own directory")
                        .source("a")
                        .copy("@s/a", "@artifact/x/../x/y")
                        .gives("x/y=a"),
                rule("a directory destination through a missing directory")
                        .source("a", "d/b")
                        .copy("@s/a", "@artifact/x/../y/")
                        .copy("@s/d", "@artifact/x/../z")
                        .copy("@s/d/*", "@artifact/x/..")
                        .gives("d/b", "y/a=a", "z/d/b=d/b"),
                rule("empty directories are kept")
                        .source("d/e/", "d/f/g/")
                        .copy("@s/d", "@artifact/")
                        .gives("d/e/", "d/f/g/"),
                rule("an empty source").copy("@s/", "@artifact/").gives(),
                rule("an empty source below a destination")
                        .copy("@s/", "@artifact/x")
                        .gives("x/"),
                rule("modes are copied")
                        .source("*d/run", "d/not")
                        .copy("@s/d", "@artifact/")
                        .gives("*d/run", "d/not"),
                rule("an overwriting file replaces the mode")
                        .source("*a=1", "b=2")
                        .copy("@s/a", "@artifact/x")
                        .copy("@s/b", "@artifact/x")
                        .gives("x=2"),
                rule("a path is cleaned lexically")
                        .source("d/a")
                        .copy("@s/./d//e/../a", "@artifact/./x//y/../")
                        .gives("x/a=d/a"),
                rule("braces alone are not a glob")
                        .source("{a,b}")
                        .copy("@s/{a,b}", "@artifact/")
                        .gives("{a,b}"),
                rule("a missing path")
                        .source("a")
                        .copy("@s/b", "@artifact/")
                        .fails("path \"b\" does not exist in source \"s\""),
                rule("a path through a file")
                        .source("a")
                        .copy("@s/a/b", "@artifact/")
                        .fails("path \"a/b\" does not exist"),
                rule("a path that leaves the source")
                        .source("a")
                        .copy("@s/../a", "@artifact/")
                        .fails("leaves the source"),
                rule("an absolute path").source("a").copy("@s//a", "@artifact/").fails("leaves the source"),
                rule("a destination that leaves the artifact")
                        .source("a")
                        .copy("@s/a", "@artifact/../a")
                        .fails("leaves the artifact"),
                rule("a destination that is absolute")
                        .source("a")
                        .copy("@s/a", "@artifact//a")
                        .fails("leaves the artifact"),
                rule("a destination with a backslash")
                        .source("a")
                        .copy("@s/a", "@artifact/b\\c")
                        .fails("consumers would reject the path"),
                rule("a destination with two dots and a slash in it")
                        .source("a")
                        .copy("@s/a", "@artifact/b../c")
                        .fails("consumers would reject the path"),
                rule("a missing path, optional")
                        .source("a")
                        .optional("@s/b", "@artifact/")
                        .gives(),
                rule("an optional path that leaves the source")
                        .source("a")
                        .optional("@s/../b", "@artifact/")
                        .fails("leaves"),
                rule("from without @").source("a").copy("s/a", "@artifact/").fails("from must be"),
                rule("from without a slash")
                        .source("a")
                        .copy("@s", "@artifact/")
                        .fails("from must be"),
                rule("to without @artifact/")
                        .source("a")
                        .copy("@s/a", "@artifact")
                        .fails("to must start with"),
                rule("an unknown alias").source("a").copy("@t/a", "@artifact/").fails("source alias \"t\""),
                rule("an unknown alias, optional")
                        .source("a")
                        .optional("@t/a", "@artifact/")
                        .fails("source alias \"t\""));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void followsTheRule(CopyCase rule) throws IOException {
        rule.check();
    }
}
