package dev.sluice.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Captures the lines of a logger and those below it, as JSON and as text, and compares them with the sections of the
 * file {@code log-lines.txt} next to the test. Writes the actual lines to {@code target/log-lines}, by section.
 */
public final class GoldenLines implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String HEADING = "## ";

    private final Class<?> test;
    private final Logger logger;
    private final FluxEncoder json = new FluxEncoder();
    private final FluxEncoder console = new FluxEncoder();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Map<String, String> sections = new LinkedHashMap<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(encoded(json, event) + encoded(console, event));
        }
    };

    /** Starts capturing. */
    public GoldenLines(Class<?> test, String loggerName, String level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        this.test = test;
        this.logger = context.getLogger(loggerName);
        logger.setLevel(Level.valueOf(level));
        console.setEncoding("console");
        for (FluxEncoder encoder : List.of(json, console)) {
            encoder.setContext(context);
            encoder.start();
        }
        appender.start();
        logger.addAppender(appender);
    }

    /** Assigns the lines since the last section to this one. */
    public void section(String kind) {
        sections.put(kind, take());
    }

    /** Adds a section with lines captured by other means. */
    public void section(String kind, String text) {
        sections.put(kind, normal(text));
    }

    /** Waits for a line with this text, and assigns the lines since the last section to this one. */
    public void awaitSection(String kind, String text) {
        // a thread that dies is what some of these lines report
        await().dontCatchUncaughtExceptions()
                .atMost(LIMIT)
                .until(() -> lines.stream().anyMatch(line -> line.contains(text)));
        section(kind);
    }

    /** Returns and discards the lines since the last section. */
    public String take() {
        String taken = lines.stream().collect(Collectors.joining());
        lines.clear();
        return taken;
    }

    /** Compares all sections. */
    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        appender.stop();
        try {
            for (String kind : sections.keySet()) {
                Path directory = Files.createDirectories(Path.of("target", "log-lines", test.getSimpleName()));
                Files.writeString(directory.resolve(kind.replace('/', ' ')), file(Map.of(kind, sections.get(kind))));
            }
            Map<String, String> golden = golden();
            golden.keySet().retainAll(sections.keySet());
            assertThat(file(sections)).isEqualTo(file(ordered(golden)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> ordered(Map<String, String> golden) {
        Map<String, String> ordered = new LinkedHashMap<>();
        sections.keySet().forEach(kind -> ordered.put(kind, golden.getOrDefault(kind, "no such section\n")));
        return ordered;
    }

    private static String file(Map<String, String> sections) {
        return sections.entrySet().stream()
                .map(section -> HEADING + section.getKey() + "\n" + section.getValue())
                .collect(Collectors.joining());
    }

    private Map<String, String> golden() throws IOException {
        Map<String, String> golden = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(test.getResourceAsStream("log-lines.txt"), "log-lines.txt")) {
            for (String section :
                    ("\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8)).split("\n" + HEADING, -1)) {
                int end = section.indexOf('\n');
                if (end > 0) {
                    String text = section.substring(end + 1);
                    golden.put(section.substring(0, end), text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
                } else if (!section.isBlank()) {
                    golden.put(section, "");
                }
            }
        }
        return golden;
    }

    private static String encoded(FluxEncoder encoder, ILoggingEvent event) {
        return normal(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    /** Replaces everything that differs from run to run. */
    public static String normal(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d{4})", "TIME")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                .replaceAll("[0-9a-f]{64}", "HASH")
                .replaceAll("(/[\\w.-]+)*/junit-\\d+", "/TEMP")
                .replaceAll(
                        "java\\.(net|io)\\.\\w+: (Failed to connect|unexpected end|Connection reset|Broken pipe"
                                + "|Socket (is )?closed|timeout)[^\"]*",
                        "OUTAGE")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                .replaceAll("PT[\\d.]+S", "DURATION")
                .replaceAll("\\d+ ms", "N ms")
                .replaceAll("\"sentBytes\":\\d+", "\"sentBytes\":N")
                .replaceAll("\"version\":\"[^\"]*\"", "\"version\":\"VERSION\"");
    }
}
