package dev.sluice.artifact.server;

import dev.sluice.artifact.storage.StoredNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that a request path spells, decoded exactly once.
 *
 * <p>A whitelist, not a blacklist: whatever an artifact URL never needs is refused, so that no two components can read
 * one path in two ways.
 */
record RequestPath(List<String> names) {

    private static final int MAX_LENGTH = 4096;

    RequestPath {
        names = List.copyOf(names);
    }

    /** Empty when the path can not be the path of an artifact; the root has no names. */
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

    /** All names but the last; not for the root. */
    List<String> directoryNames() {
        return names.subList(0, names.size() - 1);
    }

    /** The last name; not for the root. */
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

    /** ASCII only: Character.digit would also take full-width digits. */
    private static int hexValue(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Strict: an overlong or broken sequence is refused rather than replaced. */
    private static Optional<String> utf8(ByteBuffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
