package dev.sluice.runtime.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/**
 * Logback encoder of both services. In JSON a line is valid on its own and below 64 KiB: the Flux CLI stops reading at a
 * longer one. In the console encoding no line begins with a brace, so that a reader of mixed output is never misled.
 */
public final class FluxEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};
    private static final String OUR_LOGGERS = "dev.sluice";

    private boolean console;

    /** Sets the encoding: {@code console} for text, anything else for JSON. Called by Logback's configuration. */
    public void setEncoding(String encoding) {
        console = encoding.equals("console");
    }

    /** {@inheritDoc} */
    @Override
    public byte[] encode(ILoggingEvent event) {
        LogRecord logRecord = LogRecord.of(event, withStackTraces());
        String line = console ? ConsoleLine.render(logRecord) : JsonLine.render(logRecord);
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** {@inheritDoc} */
    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    /** {@inheritDoc} */
    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    /** Asked per event with an exception only, so that a level changed at run time counts at once. */
    private boolean withStackTraces() {
        return getContext() instanceof LoggerContext loggers
                && loggers.getLogger(OUR_LOGGERS).isDebugEnabled();
    }
}
