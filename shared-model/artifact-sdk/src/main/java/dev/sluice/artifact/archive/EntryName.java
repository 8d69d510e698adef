package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Converts the bytes of an entry's name into a tree path. */
final class EntryName {

    private static final int MAX_PRINTED = 512;

    private EntryName() {}

    /** Decodes strictly: a lenient decoder would map different names to the same path. */
    static String decode(byte[] bytes) throws MalformedArchiveException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            String shown = new String(bytes, StandardCharsets.ISO_8859_1);
            throw new MalformedArchiveException(
                    "archive entry \"" + printable(shown) + "\" has a name that is not UTF-8", e);
        }
    }

    /**
     * Converts {@code ./a//b/} to {@code a/b}, its meaning in tar, and {@code ./} to the root; refuses everything else
     * that is not a valid tree path.
     */
    static TreePath toPath(String name) throws UnsafePathException {
        refuse(name.isEmpty(), name, "it is empty");
        refuse(name.startsWith("/"), name, "it is absolute");
        refuse(name.contains("../"), name, "it contains \"../\"");
        List<String> components = new ArrayList<>();
        for (String component : name.split("/", -1)) {
            if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        return components.isEmpty() ? TreePath.ROOT : TreePath.of(String.join("/", components));
    }

    private static void refuse(boolean bad, String name, String reason) throws UnsafePathException {
        if (bad) {
            throw new UnsafePathException(name, reason);
        }
    }

    /** Limits the length and replaces control characters, for messages. */
    static String printable(String name) {
        String head = name.length() > MAX_PRINTED ? name.substring(0, MAX_PRINTED) + "…" : name;
        return head.replaceAll("\\p{Cntrl}", "?");
    }
}
