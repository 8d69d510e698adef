package dev.sluice.artifact.server;

import dev.sluice.artifact.storage.StoredNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names in a request path, decoded exactly once.
 *
 * <p>Accepts only what an artifact URL needs, so that no two components can interpret a path differently.
 */
record RequestPath(List<String> names) {

    private static final int MAX_LENGTH = 4096;

    RequestPath {
        names = List.copyOf(names);
    }

    /** Parses a path; empty if it is not valid for an artifact. The root has no names. */
    static Optional<RequestPath> parse(String rawPath) {
        if (!rawPath.startsWith("/") || rawPath.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        if (rawPath.length() == 1) {
            return Optional.of(new RequestPath(List.of()));
        }
        List<String> names = new ArrayList<>();
        for (String segment : rawPath.substring(1).split("/", -1)) {
            Optional<String> name = decode(segment).filter(StoredNames::isServable);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(new RequestPath(names));
    }

    boolean isRoot() {
        return names.isEmpty();
    }

    /** Returns all names except the last; not for the root. */
    List<String> directoryNames() {
        return names.subList(0, names.size() - 1);
    }

    /** Returns the last name; not for the root. */
    String lastName() {
        return names.get(names.size() - 1);
    }

    private static Optional<String> decode(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            int c = segment.charAt(i);
            if (c == '%') {
                int octet = octetAt(segment, i + 1);
                if (octet < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) octet);
                i += 2;
            } else if (c > ' ' && c < 0x7f && c != '?' && c != '#') {
                bytes.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        return utf8(bytes.flip());
    }

    private static int octetAt(String segment, int index) {
        if (index + 2 > segment.length()) {
            return -1;
        }
        int high = hexValue(segment.charAt(index));
        int low = hexValue(segment.charAt(index + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** ASCII only, because Character.digit also accepts full-width digits. */
    private static int hexValue(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Strict: refuses overlong or invalid sequences instead of replacing them. */
    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
