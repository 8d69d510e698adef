package dev.sluice.toolkit.fidelity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Javadoc comment of a type of this library, read from its source.
 *
 * @param text the comment in one line; empty if there is none
 */
record SourceComment(String text) {

    static final Path SOURCES = Path.of("src/main/java");

    /** The comment is the text between the preceding end of a member and the declaration. */
    static SourceComment of(Class<?> type) {
        String[] parts = source(type)
                .split(
                        "(?m)^ *public (?:(?:static|final|abstract|sealed) )*(?:record|class|interface|enum|@interface) "
                                + type.getSimpleName() + "\\b",
                        2);
        if (parts.length < 2) {
            // a member of an interface is public without the word
            parts = source(type).split("(?m)^ *(?:record|class|interface|enum) " + type.getSimpleName() + "\\b", 2);
        }
        String before = parts[0];
        int start = before.lastIndexOf("/**");
        boolean ofAnother = start < 0 || before.substring(start).matches("(?s).*\\*/.*[;{}]\\s*$");
        return new SourceComment(ofAnother ? "" : before.substring(start).replaceAll("\\s*\\n\\s*\\*(?!/)\\s*", " "));
    }

    private static String source(Class<?> type) {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        try {
            return Files.readString(SOURCES.resolve(outermost.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The description of a record component; empty if there is none. */
    String component(String name) {
        Matcher found = Pattern.compile("@param " + name + " (.*?)\\s*( @(param|throws|see) |\\*/)", Pattern.DOTALL)
                .matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
