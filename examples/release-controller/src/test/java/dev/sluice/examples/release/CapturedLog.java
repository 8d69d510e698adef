package dev.sluice.examples.release;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Captures log lines in the encoding of the controller's logback.xml. */
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

    /** Returns all lines in one text. */
    String text() {
        return String.join("", lines);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
