package dev.sluice.runtime.logging;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What this JVM writes to standard error meanwhile, where services log: a start sets logging up anew. */
public final class StandardError implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    private StandardError() {
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    }

    /** Begins. */
    public static StandardError capture() {
        return new StandardError();
    }

    /** All lines so far. */
    public List<String> lines() {
        return captured.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Those that were written by loggers below a name, for {@link GoldenLines}. */
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
