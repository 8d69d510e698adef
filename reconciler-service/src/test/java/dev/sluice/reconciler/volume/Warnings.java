package dev.sluice.reconciler.volume;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Collects the warnings of a class until it is closed. */
record Warnings(Logger logger, ListAppender<ILoggingEvent> log) implements AutoCloseable {

    static Warnings of(Class<?> type) {
        Warnings warnings = new Warnings((Logger) LoggerFactory.getLogger(type), new ListAppender<>());
        warnings.log.start();
        warnings.logger.addAppender(warnings.log);
        return warnings;
    }

    List<String> messages() {
        return log.list.stream()
                .filter(event -> event.getLevel().equals(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(log);
    }
}
