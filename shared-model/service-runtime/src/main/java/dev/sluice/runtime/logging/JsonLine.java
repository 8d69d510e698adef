package dev.sluice.runtime.logging;

import ch.qos.logback.classic.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Renders one line of JSON below the limit of the Flux CLI. */
final class JsonLine {

    /** The line break included. The CLI's scanner gives up at 65,536. */
    static final int MAX_BYTES = 65_000;

    /** Each is tried in turn: how long one text of the line may be. */
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
        // thousands of fields: what stands at the front of every line is what a reader needs most
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

    /** Flux knows four levels; a warning is something that an operator may read, not an error to be alerted on. */
    private static String levelName(Level level) {
        return level == Level.WARN ? "info" : level.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean fits(String text) {
        return text.length() < MAX_BYTES && text.getBytes(StandardCharsets.UTF_8).length < MAX_BYTES;
    }
}
