package dev.sluice.reconciler.copy;

import static dev.sluice.reconciler.copy.CopyCase.rule;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the strategy Extract. A tarball here is a file with the lines of its tree, separated by commas. */
class CopyExtractTest {

    static Stream<CopyCase> rules() {
        return Stream.concat(single(), globs());
    }

    private static Stream<CopyCase> single() {
        return Stream.of(
                rule("a tarball is unpacked below the destination")
                        .source("d/p.tgz=e/,a=1,b/c=2")
                        .extract("@s/d/p.tgz", "@artifact/x")
                        .gives("x/a=1", "x/b/c=2", "x/e/"),
                rule("into the root")
                        .source("p.tar.gz=a=1")
                        .extract("@s/p.tar.gz", "@artifact/")
                        .gives("a=1"),
                rule("the extension's case does not matter")
                        .source("P.Tar.GZ=a=1")
                        .extract("@s/P.Tar.GZ", "@artifact/")
                        .gives("a=1"),
                rule("an empty tarball creates the directory")
                        .source("p.tgz=")
                        .extract("@s/p.tgz", "@artifact/x")
                        .gives("x/"),
                rule("an existing file is overwritten and keeps its mode")
                        .source("*a=old", "p.tgz=a=new,*b=new")
                        .copy("@s/a", "@artifact/a")
                        .extract("@s/p.tgz", "@artifact/")
                        .gives("*a=new", "*b=new"),
                rule("a file over a directory")
                        .source("a/b", "p.tgz=a=1")
                        .copy("@s/a", "@artifact/")
                        .extract("@s/p.tgz", "@artifact/")
                        .fails("a"),
                rule("a directory over a file")
                        .source("a", "p.tgz=a/b=1")
                        .copy("@s/a", "@artifact/")
                        .extract("@s/p.tgz", "@artifact/")
                        .fails("a"),
                rule("a destination that is a file")
                        .source("a", "p.tgz=b=1")
                        .copy("@s/a", "@artifact/x")
                        .extract("@s/p.tgz", "@artifact/x")
                        .fails("x"),
                rule("an excluded tarball")
                        .source("p.tgz=a=1")
                        .extract("@s/p.tgz", "@artifact/", "*.tgz")
                        .gives(),
                rule("excludes do not apply inside tarballs")
                        .source("p.tgz=a=1")
                        .extract("@s/p.tgz", "@artifact/", "a")
                        .gives("a=1"),
                rule("a file that is not a tarball")
                        .source("a.zip")
                        .extract("@s/a.zip", "@artifact/")
                        .fails("\"a.zip\" is not one"),
                rule("a directory").source("d/a").extract("@s/d", "@artifact/").fails("\"d\" is a directory"),
                rule("the root").source("d/a").extract("@s/", "@artifact/").fails("\".\" is a directory"),
                rule("an unreadable tarball")
                        .source("bad.tgz=!")
                        .extract("@s/bad.tgz", "@artifact/")
                        .fails("cannot extract \"bad.tgz\": no archive"),
                rule("a missing tarball, optional")
                        .source("a")
                        .optional("@s/p.tgz", "@artifact/")
                        .gives());
    }

    private static Stream<CopyCase> globs() {
        return Stream.of(
                rule("every tarball is extracted into the destination")
                        .source("d/p.tgz=a=1", "d/e/q.tgz=b/c=2", "r.tgz=f=3")
                        .extract("@s/**/*.tgz", "@artifact/x/")
                        .gives("x/a=1", "x/b/c=2", "x/f=3"),
                rule("the literal part does not matter")
                        .source("d/p.tgz=a=1")
                        .extract("@s/d/**", "@artifact/x")
                        .gives("x/a=1"),
                rule("* stays in its component")
                        .source("d/p.tgz=a=1", "q.tgz=b=1")
                        .extract("@s/*.tgz", "@artifact/")
                        .gives("b=1"),
                rule("braces")
                        .source("p.tgz=a=1", "q.tar.gz=b=1", "r.txt")
                        .extract("@s/*.{tgz,tar.gz}", "@artifact/")
                        .gives("a=1", "b=1"),
                rule("! and ^ negate")
                        .source("p.tgz=a=1", "q.tgz=b=1", "r.tgz=c=1")
                        .extract("@s/[!p].tgz", "@artifact/")
                        .gives("b=1", "c=1"),
                rule("other files are skipped")
                        .source("p.tgz=a=1", "q.txt")
                        .extract("@s/*", "@artifact/")
                        .gives("a=1"),
                rule("no tarball among the matches")
                        .source("q.txt")
                        .extract("@s/*", "@artifact/x")
                        .gives(),
                rule("no match")
                        .source("q.txt")
                        .extract("@s/*.tgz", "@artifact/")
                        .fails("nothing matches \"*.tgz\""),
                rule("every match excluded")
                        .source("p.tgz=a=1")
                        .extract("@s/*.tgz", "@artifact/", "p*")
                        .fails("everything that matches"),
                rule("parent directories come first")
                        .source("d/p.tgz=a=below", "p.tgz=a=above")
                        .extract("@s/**/*.tgz", "@artifact/")
                        .gives("a=below"),
                rule("alternatives come in the order of their paths")
                        .source("d/p.tgz=a=1", "p.tgz=a=2")
                        .extract("@s/**/*.{tgz,gz}", "@artifact/")
                        .gives("a=2"),
                rule("a trailing slash selects directories")
                        .source("d/p.tgz=a=1")
                        .extract("@s/*/", "@artifact/")
                        .gives(),
                rule("a/** does not select a file a")
                        .source("p.tgz=a=1")
                        .extract("@s/p.tgz/**", "@artifact/")
                        .fails("nothing matches"),
                rule("a directory with the name of a tarball")
                        .source("p.tgz/a")
                        .extract("@s/*", "@artifact/")
                        .fails("\"p.tgz\" is a directory"),
                rule("too many commas")
                        .source("a")
                        .extract("@s/*{" + ",".repeat(21) + "}", "@artifact/")
                        .fails("the limit is 20"),
                rule("an unclosed brace")
                        .source("a")
                        .extract("@s/*{a", "@artifact/")
                        .fails("invalid pattern"),
                rule("a glob for the literal directory of a file")
                        .source("a")
                        .extract("@s/a/*.tgz", "@artifact/")
                        .fails("nothing matches"));
    }

    private static FileTree open(FileEntry tarball) throws IOException {
        String lines = Trees.text(tarball);
        if (lines.equals("!")) {
            throw new IOException("no archive");
        }
        return Trees.of(lines.isEmpty() ? List.of() : List.of(lines.split(",", -1)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void followsTheRule(CopyCase rule) throws IOException {
        rule.check(CopyExtractTest::open);
    }
}
