package dev.sluice.reconciler.yaml;

import java.util.List;
import java.util.Random;

/** Creates random YAML files; the same for the same seed on every JDK. */
final class RandomYaml {

    private static final List<String> WORDS = List.of(
            "a",
            "key",
            "name",
            "yes",
            "No",
            "ON",
            "off",
            "y",
            "n",
            "~",
            "null",
            "Null",
            "true",
            "False",
            "=",
            "<",
            "..",
            "é",
            "日本",
            "\uD83D\uDE80",
            "x y",
            " lead",
            "trail ",
            "a: b",
            "a #b",
            "#c",
            "- d",
            "-e",
            "?",
            "? f",
            ":",
            ":g",
            "it's",
            "\"q\"",
            "back\\slash",
            "%h",
            "@i",
            "`j",
            "&k",
            "*l",
            "!m",
            "|",
            ">",
            "{n}",
            "[o]",
            ",p",
            "q,",
            "r:",
            "---",
            "... s",
            "2024-01-31",
            "2024-1-3 4:5:6",
            "2024-02-30",
            "2001-12-14t21:59:43.10-05:00",
            "22:30",
            "1:59:60",
            "1_000",
            "0x1F",
            "0o17",
            "017",
            "08",
            "0b11",
            "1e3",
            "1e-7",
            ".5",
            "+1",
            "-1",
            "1.",
            ".",
            "-.5",
            "+.inf",
            ".nan",
            "12345",
            "0",
            "-0",
            "1.50",
            "10.0",
            "100000",
            "1e6",
            "1e21",
            "1e-5",
            "123456.5",
            "1234567.5",
            "0.0001",
            "1.0e+3",
            "",
            " ",
            "  ",
            "a  b",
            "tab\there",
            "line\nbreak",
            "line\n",
            "\nline",
            "lines\n\n",
            "\n",
            "a \nb",
            "a\n b",
            "\u2028",
            "a\u2028b",
            "a\u2028 b",
            "a \u2028b",
            "\uFEFFbom",
            "b\uFEFF",
            "\u00a0",
            "cr\rx",
            "a\r\nb",
            "\t",
            "\ttab");

    private final Random random;

    RandomYaml(long seed) {
        this.random = new Random(seed);
    }

    private int upTo(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int n) {
        return upTo(n) == 0;
    }

    private String one(List<String> of) {
        return of.get(upTo(of.size()));
    }

    /** A map in JSON syntax with arbitrary text. */
    String json() {
        StringBuilder out = new StringBuilder();
        jsonMap(out, 0);
        return out.toString();
    }

    private void jsonMap(StringBuilder out, int depth) {
        out.append('{');
        for (int i = upTo(5); i > 0; i--) {
            quoted(out, text(depth % 2 == 1 ? 12 : 4));
            out.append(": ");
            jsonValue(out, depth + 1);
            out.append(i > 1 ? ", " : "");
        }
        out.append('}');
    }

    private void jsonValue(StringBuilder out, int depth) {
        switch (upTo(depth > 4 ? 6 : 10)) {
            case 0 -> out.append(oneIn(2) ? "null" : oneIn(2));
            case 1, 2 -> out.append(number());
            case 6, 7 -> jsonMap(out, depth);
            case 8, 9 -> {
                out.append('[');
                for (int i = upTo(4); i > 0; i--) {
                    jsonValue(out, depth + 1);
                    out.append(i > 1 ? ", " : "");
                }
                out.append(']');
            }
            default -> quoted(out, text(30));
        }
    }

    private String number() {
        double scale = Math.pow(10, upTo(45) - 22);
        long digits = random.nextLong() >> upTo(60);
        return switch (upTo(4)) {
            case 0 -> Integer.toString(upTo(2000) - 1000);
            case 1 -> Long.toString(random.nextLong() >> 11);
            case 2 -> Double.toString(upTo(1_000_000) / 1000.0);
            default -> Double.toString(digits * scale);
        };
    }

    /** Text of at most this number of words, usually few. */
    private String text(int words) {
        StringBuilder text = new StringBuilder();
        int count = oneIn(4) ? upTo(words) : upTo(3);
        for (int i = 0; i < count; i++) {
            text.append(oneIn(2) ? one(WORDS) : Integer.toString(upTo(100_000), 36));
            text.append(oneIn(3) ? "" : " ");
        }
        return oneIn(3) ? text.toString().strip() : oneIn(4) ? one(WORDS) : text.toString();
    }

    private void quoted(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c < 0x20 || c == 0x2028 || c == 0x2029) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.appendCodePoint(c);
            }
        });
        out.append('"');
    }

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "c",
            "1",
            "x y",
            "a: ",
            "b: ",
            "c:",
            "k:\t",
            "k\t: ",
            "- ",
            "-\t",
            "-",
            "? ",
            "?\t",
            ": ",
            ":\t",
            ":",
            "\n",
            "\n",
            "\n",
            "\n",
            "\n  ",
            "\n  ",
            "\n ",
            "\n    ",
            "\n\t",
            "\n \t",
            "\t",
            " ",
            " ",
            "  ",
            "\t\n",
            " \t\n",
            "'",
            "'s'",
            "'s'\t",
            "\"",
            "\"d\"",
            "\"d\"\t",
            "\"\\t\\\n x\"",
            "# c",
            "\t# c",
            " # c\n",
            "#",
            "{",
            "}",
            "[",
            "]",
            ",",
            "{}",
            "[]",
            "{a: 1}",
            "[1, b]",
            "{a: ",
            "[a, ",
            ",\t",
            "]\t",
            "}\t",
            "&x ",
            "&x\t",
            "&x",
            "*x",
            "*x ",
            "*x\t",
            "!!str ",
            "!!int ",
            "!!int\t",
            "!t ",
            "! ",
            "!!binary ",
            "aGk=",
            "!<u> ",
            "!!set ",
            "!!timestamp ",
            "2001-01-01",
            "!!float ",
            "!!null ",
            "!!bool ",
            "<<: ",
            "<<: *x\n",
            "|\n  l\n",
            "|-\t\n  l\n  m\n",
            ">\t# c\n  f\n  g\n\n  h\n",
            "|2\n   l\n",
            "|+\n\n",
            ">-\n  f\n   g\n  h\n",
            "| ",
            "%",
            "@",
            "`",
            "---",
            "---\n",
            "\n---\n",
            "\n--- # c\n",
            "...",
            "\n...\n",
            "~",
            "null",
            "no",
            "\r\n",
            "\r",
            "\\",
            "é",
            "\u2028",
            "\uFEFF",
            "a:\n  b:\n    c: 1\n  d: 2\n",
            "l:\n- 1\n- 2\n",
            "l:\n  - a: 1\n    b: 2\n");

    /** Pieces of YAML that may or may not form a document. */
    String soup() {
        StringBuilder soup = new StringBuilder(oneIn(2) ? one(List.of("a: ", "a: &x {k: v}\nb: ", "a:\n  b: ")) : "");
        for (int i = 1 + upTo(9); i > 0; i--) {
            soup.append(one(PIECES));
        }
        return soup.toString();
    }

    /** A document with some characters inserted, deleted or replaced. */
    String mutated(String document) {
        StringBuilder mutated = new StringBuilder(document);
        for (int i = 1 + upTo(3); i > 0 && !mutated.isEmpty(); i--) {
            int at = upTo(mutated.length());
            String piece = oneIn(2) ? "\t" : one(PIECES);
            switch (upTo(4)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.replace(at, at + 1, piece);
                default -> mutated.insert(at, piece);
            }
        }
        return mutated.toString();
    }
}
