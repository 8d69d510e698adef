package dev.sluice.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A logging event with the fields of a Flux log line.
 *
 * @param level Logback's level
 * @param timestamp time with milliseconds and an offset without a colon
 * @param logger name of the logger
 * @param message formatted message
 * @param fields other fields by name, in order; a value may be a map
 * @param stackTrace empty for none
 */
record LogRecord(
        Level level, String timestamp, String logger, String message, Map<String, Object> fields, String stackTrace) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX").withZone(ZoneId.systemDefault());

    /** Names of the standard fields. */
    private static final Set<String> RESERVED = Set.of("level", "ts", "logger", "msg", "stacktrace");

    private static final int MAX_CAUSES = 5;

    static LogRecord of(ILoggingEvent event, boolean withStackTraces) {
        Map<String, Object> fields = new LinkedHashMap<>();
        event.getMDCPropertyMap().forEach((key, value) -> put(fields, key, value));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> put(fields, pair.key, pair.value));
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            fields.putIfAbsent("error", errorText(thrown));
        }
        return new LogRecord(
                event.getLevel(),
                TIMESTAMP.format(Instant.ofEpochMilli(event.getTimeStamp())),
                event.getLoggerName(),
                Objects.requireNonNullElse(event.getFormattedMessage(), ""),
                fields,
                thrown != null && withStackTraces ? ThrowableProxyUtil.asString(thrown) : "");
    }

    /** MDC values are strings: {@code A.b} represents a nested {@code "A":{"b":…}}. */
    private static void put(Map<String, Object> fields, String key, @Nullable Object value) {
        String name = RESERVED.contains(key) ? key + "_" : key;
        int dot = name.indexOf('.');
        if (dot > 0 && dot < name.length() - 1) {
            nested(fields, name.substring(0, dot)).put(name.substring(dot + 1), String.valueOf(value));
        } else {
            fields.put(name, value == null ? "" : value);
        }
    }

    @SuppressWarnings("unchecked") // only this method puts LinkedHashMaps of text here
    private static Map<String, Object> nested(Map<String, Object> fields, String name) {
        Object existing = fields.get(name);
        if (existing instanceof LinkedHashMap<?, ?> map) {
            return (Map<String, Object>) map;
        }
        Map<String, Object> created = new LinkedHashMap<>();
        fields.put(name, created);
        return created;
    }

    /** Joins the messages of the exception and its causes, outermost first, as in Go; omits repetitions. */
    private static String errorText(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        IThrowableProxy cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = cause.getMessage();
            String said = message == null || message.isBlank() ? simpleName(cause.getClassName()) : message;
            if (text.indexOf(said) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(said);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
