package dev.sluice.reconciler.copy;

import static dev.sluice.reconciler.copy.CopyCase.rule;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the effect of exclude patterns. */
class CopyExcludeTest {

    static Stream<CopyCase> rules() {
        return Stream.of(
                rule("a pattern without a slash matches the name at any depth")
                        .source("d/a.md", "d/e/b.md", "d/c")
                        .copy("@s/d/**", "@artifact/", "*.md")
                        .gives("c=d/c", "e/"),
                rule("a path from the source's root")
                        .source("d/a", "d/b")
                        .copy("@s/d/**", "@artifact/", "d/a")
                        .gives("b=d/b"),
                rule("a path from the literal part of a glob")
                        .source("d/e/a", "d/f/a")
                        .copy("@s/d/**", "@artifact/", "e/a")
                        .gives("e/", "f/a=d/f/a"),
                rule("a path from the directory that a path names")
                        .source("d/e/a", "d/e/b/a")
                        .copy("@s/d/e", "@artifact/", "b/a")
                        .gives("e/a=d/e/a", "e/b/"),
                rule("a directory is excluded with its content")
                        .source("d/e/a", "d/f")
                        .copy("@s/d", "@artifact/", "e")
                        .gives("d/f"),
                rule("x/** excludes the directory too")
                        .source("d/e/a", "d/f")
                        .copy("@s/d", "@artifact/", "e/**")
                        .gives("d/f"),
                rule("** crosses directories")
                        .source("d/a/b/testdata/c", "d/a/d")
                        .copy("@s/d/**", "@artifact/", "**/testdata/**")
                        .gives("a/b/", "a/d=d/a/d"),
                rule("braces")
                        .source("a.md", "b.txt", "c")
                        .copy("@s/*", "@artifact/", "*.{md,txt}")
                        .gives("c"),
                rule("! and ^ both negate")
                        .source("a", "b", "c")
                        .copy("@s/*", "@artifact/", "[!bc]", "[^ac]")
                        .gives("c"),
                rule("the directory that a path names is not tested")
                        .source("a/b")
                        .copy("@s/a", "@artifact/", "a")
                        .gives("a/b"),
                rule("the directories above a match are not tested")
                        .source("a/b/c")
                        .copy("@s/a/b/*", "@artifact/", "a", "a/b")
                        .gives("a/b/c"),
                rule("a matching directory is tested")
                        .source("a/b", "c/d")
                        .copy("@s/*", "@artifact/", "a")
                        .gives("c/d"),
                rule("a single file is skipped silently")
                        .source("a")
                        .copy("@s/a", "@artifact/", "a")
                        .gives(),
                rule("a single file has only the root as base")
                        .source("d/a")
                        .copy("@s/d/a", "@artifact/", "./a", "d/a/")
                        .gives("a=d/a"),
                rule("every match excluded")
                        .source("a", "b")
                        .copy("@s/*", "@artifact/", "*")
                        .fails("everything that matches"),
                rule("every match excluded, optional")
                        .source("a", "b")
                        .optional("@s/*", "@artifact/", "*")
                        .gives(),
                rule("everything below a match excluded leaves an empty directory")
                        .source("d/a", "d/b")
                        .copy("@s/*", "@artifact/", "d/*")
                        .gives("d/"),
                rule("a leading slash matches nothing")
                        .source("a")
                        .copy("@s/*", "@artifact/", "/a")
                        .gives("a"),
                rule("a trailing slash matches nothing")
                        .source("a/b")
                        .copy("@s/*", "@artifact/", "a/")
                        .gives("a/b"),
                rule("a leading ./ matches nothing")
                        .source("a")
                        .copy("@s/*", "@artifact/", "./a")
                        .gives("a"),
                rule("a bad pattern")
                        .source("a")
                        .copy("@s/*", "@artifact/", "[a")
                        .fails("invalid pattern \"[a\""),
                rule("an unclosed brace")
                        .source("a")
                        .copy("@s/*", "@artifact/", "{a")
                        .fails("invalid pattern \"{a\""),
                rule("a bad pattern where nothing is copied")
                        .source("a")
                        .optional("@s/b", "@artifact/", "a}")
                        .fails("invalid pattern \"a}\""),
                rule("a closing brace in a class inside braces")
                        .source("a")
                        .copy("@s/*", "@artifact/", "{[}]a}")
                        .fails("invalid pattern \"{[}]a}\""),
                rule("a comma in a class inside braces")
                        .source("a")
                        .copy("@s/*", "@artifact/", "**/{x,{a,[,]b}}")
                        .fails("the braces end inside a [class]"),
                rule("a class split by braces, not at the start of a component")
                        .source("a")
                        .copy("@s/*", "@artifact/", "x{[}]a}")
                        .gives("a"),
                rule("a class inside braces")
                        .source("a", "b", "c")
                        .copy("@s/*", "@artifact/", "{[ab],x}")
                        .gives("c"),
                rule("braces after an escaped backslash")
                        .source("cd", "ce", "x")
                        .copy("@s/*", "@artifact/", "{\\\\{a},cd,c*e}")
                        .gives("x"),
                rule("braces after a brace in a class")
                        .source("}cd", "}cxe", "x")
                        .copy("@s/*", "@artifact/", "[}]{cd,c*e}")
                        .gives("x"),
                rule("a brace in a class inside braces")
                        .source("ba", "x")
                        .copy("@s/*", "@artifact/", "b{a,[{]}")
                        .gives("ba", "x"),
                rule("braces with very many combinations")
                        .source("a")
                        .copy("@s/*", "@artifact/", "{,}".repeat(20))
                        .gives("a"),
                rule("21 commas in braces")
                        .source("a")
                        .copy("@s/*", "@artifact/", "{" + ",".repeat(21) + "}")
                        .fails("21 commas in braces; the limit is 20"),
                rule("20 commas in braces")
                        .source("a", "b")
                        .copy("@s/*", "@artifact/", "{b" + ",x".repeat(20) + "}")
                        .gives("a"),
                rule("excludes do not affect existing files")
                        .source("a", "b")
                        .copy("@s/a", "@artifact/")
                        .copy("@s/*", "@artifact/x/", "a")
                        .gives("a", "x/b=b"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void followsTheRule(CopyCase rule) throws IOException {
        rule.check();
    }
}
