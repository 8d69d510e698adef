package dev.sluice.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/**
 * The Logback encoder of all services. In JSON, each line is valid by itself and shorter than 64 KiB, because the Flux
 * CLI stops at a longer line. In console format, no line starts with a brace, so that it cannot be mistaken for JSON.
 */
public final class FluxEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};
    private static final String OUR_LOGGERS = "dev.sluice";

    private boolean console;

    /** Sets the encoding: {@code console} for text, anything else for JSON. Called by Logback's configuration. */
    public void setEncoding(String encoding) {
        console = encoding.equals("console");
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        LogRecord logRecord = LogRecord.of(event, withStackTraces());
        String line = console ? ConsoleLine.render(logRecord) : JsonLine.render(logRecord);
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    /** Evaluated for each event with an exception, so that a level changed at run time takes effect at once. */
    private boolean withStackTraces() {
        return getContext() instanceof LoggerContext loggers
                && loggers.getLogger(OUR_LOGGERS).isDebugEnabled();
    }
}
