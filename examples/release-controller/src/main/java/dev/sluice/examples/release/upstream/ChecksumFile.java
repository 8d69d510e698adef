package dev.sluice.examples.release.upstream;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.controller.source.BuildFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checksum file: lines of {@code <hex>  <name>} or {@code <hex> *<name>}, or a single {@code <hex>}. The length
 * determines the algorithm; SHA-1 and MD5 are not accepted.
 */
final class ChecksumFile {

    private static final Pattern LINE =
            Pattern.compile("([0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})(?:[ \\t]+\\*?(?:\\./)?(.+))?");
    private static final Map<Integer, String> ALGORITHMS = Map.of(64, "sha256", 96, "sha384", 128, "sha512");

    private ChecksumFile() {}

    /** @throws BuildFailure if there is no matching line, or several that differ */
    static Digest find(String text, String fileName) throws BuildFailure {
        List<Digest> found = text.lines()
                .map(String::strip)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(2) == null || line.group(2).equals(fileName))
                .map(line -> digest(line.group(1)))
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw Failures.verificationFailed("the checksum file has " + (found.isEmpty() ? "no" : "more than one")
                    + " SHA-256, SHA-384 or SHA-512 checksum of '" + fileName + "'");
        }
        return found.get(0);
    }

    private static Digest digest(String hex) {
        return Digest.parse(ALGORITHMS.get(hex.length()) + ":" + hex.toLowerCase(Locale.ROOT));
    }
}
