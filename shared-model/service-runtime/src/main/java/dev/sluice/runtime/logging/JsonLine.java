package dev.sluice.runtime.logging;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Formats a JSON line below the size limit of the Flux CLI. */
final class JsonLine {

    /** Including the line break. The CLI's scanner fails at 65,536 bytes. */
    static final int MAX_BYTES = 65_000;

    /** Maximum lengths of a string in the line, tried in order. */
    private static final int[] TEXT_LIMITS = {MAX_BYTES, 8_192, 1_024};

    private static final int LAST_RESORT_LIMIT = 256;

    private JsonLine() {}

    static String render(LogRecord line) {
        Map<String, Object> members = members(line);
        for (int limit : TEXT_LIMITS) {
            String text = LogJson.of(members, limit) + "\n";
            if (fits(text)) {
                return text;
            }
        }
        // thousands of fields: keep only the standard ones
        members.keySet().retainAll(front(line).keySet());
        return LogJson.of(members, LAST_RESORT_LIMIT) + "\n";
    }

    private static Map<String, Object> members(LogRecord line) {
        Map<String, Object> members = front(line);
        members.putAll(line.fields());
        if (!line.stackTrace().isEmpty()) {
            members.put("stacktrace", line.stackTrace());
        }
        return members;
    }

    private static Map<String, Object> front(LogRecord line) {
        Map<String, Object> front = new LinkedHashMap<>();
        front.put("level", levelName(line.level()));
        front.put("ts", line.timestamp());
        front.put("logger", line.logger());
        front.put("msg", line.message());
        return front;
    }

    /** Flux has four levels; a warning is logged as info, because it must not trigger alerts on errors. */
    private static String levelName(Level level) {
        return level == Level.WARN ? "info" : level.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean fits(String text) {
        return text.length() < MAX_BYTES && text.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES;
    }
}
