package dev.sluice.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.runtime.logging.FluxEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** The lines that a logger writes meanwhile, as JSON, with what differs from run to run replaced. */
public final class RecordedLog implements AutoCloseable {

    private final Logger logger;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final FluxEncoder encoder = new FluxEncoder();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(normal(new String(encoder.encode(event), StandardCharsets.UTF_8)));
        }
    };

    /** Begins, at the level that is asked for. */
    public RecordedLog(Class<?> owner, String level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        logger = context.getLogger(owner);
        logger.setLevel(Level.valueOf(level));
        encoder.setContext(context);
        encoder.start();
        appender.start();
        logger.addAppender(appender);
    }

    /** What was written since the last call. */
    public String take() {
        String taken = String.join("", lines);
        lines.clear();
        return taken;
    }

    /** The lines below a heading of the checked-in file. */
    public static String golden(String kind) {
        String heading = "## " + kind + "\n";
        String file;
        try (InputStream in = Objects.requireNonNull(RecordedLog.class.getResourceAsStream("log-lines.txt"))) {
            file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int begin = file.indexOf(heading) + heading.length();
        int end = file.indexOf("## ", begin);
        return file.substring(begin, end < 0 ? file.length() : end);
    }

    /** Without times, directories and versions. */
    public static String normal(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                .replaceAll("/[\\w./-]*/volume\\b", "/VOLUME")
                .replaceAll("\"version\":\"[^\"]*\"", "\"version\":\"VERSION\"");
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        appender.stop();
    }
}
