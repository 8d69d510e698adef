package dev.sluice.runtime.logging;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Captures this JVM's standard error, to which services log, because each start reconfigures logging. */
public final class StandardError implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    private StandardError() {
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    /** Starts capturing. */
    public static StandardError capture() {
        return new StandardError();
    }

    /** Returns all lines so far. */
    public List<String> lines() {
        return captured.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Returns the lines of loggers below a name, for {@link GoldenLines}. */
    public String linesOf(String loggerName) {
        return lines().stream()
                .filter(line -> line.contains("\"logger\":\"" + loggerName) || line.contains("\t" + loggerName))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
