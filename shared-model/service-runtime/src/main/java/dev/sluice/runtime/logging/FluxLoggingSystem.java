package dev.sluice.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.jul.LevelChangePropagator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Logs to standard error with {@link FluxEncoder}. A configuration file would need an XML parser and Logback's
 * interpreter, about three hundred classes; {@code --logging.config=FILE} can still name one. SharedFlags sets the
 * levels.
 */
public final class FluxLoggingSystem extends LogbackLoggingSystem {

    private static final String[] NONE = {};

    private FluxLoggingSystem(ClassLoader loader) {
        super(loader);
    }

    /** Registered in {@code META-INF/spring.factories}. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Factory implements LoggingSystemFactory {
        @Override
        public LoggingSystem getLoggingSystem(ClassLoader loader) {
            return new FluxLoggingSystem(loader);
        }
    }

    @Override
    protected String[] getStandardConfigLocations() {
        return NONE;
    }

    @Override
    protected void loadDefaults(LoggingInitializationContext initialization, @Nullable LogFile logFile) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.stop();
        context.reset();
        LevelChangePropagator propagator = new LevelChangePropagator();
        propagator.setResetJUL(true);
        propagator.setContext(context);
        context.addListener(propagator);
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardError(context, initialization.getEnvironment()));
    }

    private static ConsoleAppender<ILoggingEvent> standardError(
            LoggerContext context, @Nullable Environment environment) {
        FluxEncoder encoder = new FluxEncoder();
        encoder.setContext(context);
        encoder.setEncoding(environment == null ? "json" : environment.getProperty("sluice.log-encoding", "json"));
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setName("STDERR");
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
