package dev.sluice.examples.watcher;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Captures log lines in the encoding of the watcher's logback.xml. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root;
    private final OutputStreamAppender<ILoggingEvent> configured;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @SuppressWarnings("unchecked") // logback.xml defines this encoder
    CapturedLog() {
        this.root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        this.configured = (OutputStreamAppender<ILoggingEvent>) root.getAppender("STDERR");
        start();
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new String(configured.getEncoder().encode(event), StandardCharsets.UTF_8));
    }

    List<JsonObject> lines() {
        return lines.stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    /** Returns the message of each line, with its revision or error if any. */
    List<String> messages() {
        return lines().stream()
                .map(line -> text(line, "msg") + text(line, "revision"))
                .toList();
    }

    List<String> errors() {
        return lines().stream()
                .map(line -> text(line, "error"))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String text(JsonObject line, String field) {
        String before = field.equals("revision") ? " " : "";
        return line.has(field) ? before + line.get(field).getAsString() : "";
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
