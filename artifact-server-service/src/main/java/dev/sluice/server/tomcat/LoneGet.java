package dev.sluice.server.tomcat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A GET that can be answered with a look at nothing but its head, and after which there is nothing to do. */
final class LoneGet {

    private static final int GET = 'G' << 24 | 'E' << 16 | 'T' << 8 | ' ';
    private static final int METHOD_BYTES = 4;
    private static final String END = "\r\n\r\n";

    private LoneGet() {}

    /** The path that is asked for, if what remains in the buffer is exactly one head of a GET that announces no body. */
    static Optional<String> path(ByteBuffer read) {
        if (read.remaining() < METHOD_BYTES + END.length() || read.getInt(read.position()) != GET) {
            return Optional.empty();
        }
        byte[] bytes = new byte[read.remaining()];
        read.get(read.position(), bytes);
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean alone = head.indexOf(END) == head.length() - END.length() && !hasBareLineFeed(head);
        return alone && hasVersion(head) && !announcesBody(head) ? Optional.of(target(head)) : Optional.empty();
    }

    /** Tomcat takes it for the end of a line, so a second request may begin behind two of them. */
    private static boolean hasBareLineFeed(String head) {
        for (int i = head.indexOf('\n'); i >= 0; i = head.indexOf('\n', i + 1)) {
            if (head.charAt(i - 1) != '\r') {
                return true;
            }
        }
        return false;
    }

    /** Without one the answer would have no head (HTTP/0.9). */
    private static boolean hasVersion(String head) {
        return head.lastIndexOf(" HTTP/1.", head.indexOf('\r')) > 0;
    }

    private static boolean announcesBody(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        return lower.contains("content-length") || lower.contains("transfer-encoding");
    }

    private static String target(String head) {
        int end = METHOD_BYTES;
        while (head.charAt(end) > ' ' && head.charAt(end) != '?') {
            end++;
        }
        return head.substring(METHOD_BYTES, end);
    }
}
