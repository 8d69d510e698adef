package dev.sluice.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FluxEncoderTest {

    private static final int CLI_LIMIT = 64 * 1024;

    private final LoggerContext loggers = new LoggerContext();
    private final Logger logger = loggers.getLogger("dev.sluice.reconciler.generator.ArtifactGeneratorReconciler");
    private final FluxEncoder encoder = new FluxEncoder();
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void start() {
        loggers.setMDCAdapter(((LoggerContext) LoggerFactory.getILoggerFactory()).getMDCAdapter());
        encoder.setContext(loggers);
        encoder.start();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
            }
        };
        appender.setContext(loggers);
        appender.start();
        loggers.getLogger("ROOT").addAppender(appender);
        loggers.getLogger("ROOT").setLevel(Level.INFO);
    }

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void writesTheFieldsThatTheFluxCliReads() {
        String reconcileId = UUID.randomUUID().toString();
        MDC.put("controller", "artifactgenerator");
        MDC.put("controllerGroup", "source.extensions.fluxcd.io");
        MDC.put("controllerKind", "ArtifactGenerator");
        MDC.put("ArtifactGenerator.name", "podinfo");
        MDC.put("ArtifactGenerator.namespace", "apps");
        MDC.put("namespace", "apps");
        MDC.put("name", "podinfo");
        MDC.put("reconcileID", reconcileId);

        logger.atInfo().addKeyValue("revisions", 2).log("reconciliation finished");

        JsonNode line = onlyLine();
        assertThat(line.get("level").stringValue()).isEqualTo("info");
        assertThat(line.get("ts").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d{4})");
        assertThat(line.get("logger").stringValue()).endsWith("ArtifactGeneratorReconciler");
        assertThat(line.get("msg").stringValue()).isEqualTo("reconciliation finished");
        assertThat(line.get("ArtifactGenerator")).isEqualTo(json("{\"name\":\"podinfo\",\"namespace\":\"apps\"}"));
        assertThat(line.get("reconcileID").stringValue()).isEqualTo(reconcileId);
        assertThat(line.get("revisions").intValue()).isEqualTo(2);
    }

    @Test
    void writesTheCliStringFieldsAsStrings() {
        logger.atInfo().addKeyValue("name", 42).addKeyValue("namespace", true).log("x");

        assertThat(onlyLine().get("name").stringValue()).isEqualTo("42");
        assertThat(onlyLine().get("namespace").stringValue()).isEqualTo("true");
    }

    @Test
    void keyValuePairsNeverReplaceStandardFields() {
        logger.atInfo()
                .addKeyValue("msg", "other")
                .addKeyValue("level", "other")
                .log("real");

        assertThat(onlyLine().get("msg").stringValue()).isEqualTo("real");
        assertThat(onlyLine().get("level").stringValue()).isEqualTo("info");
        assertThat(onlyLine().get("msg_").stringValue()).isEqualTo("other");
    }

    @Test
    void writesAnErrorWithItsCausesAndWithoutAStackTrace() {
        logger.error("fetch failed", new IllegalStateException("cannot fetch", new IOException("timeout")));

        assertThat(onlyLine().get("error").stringValue()).isEqualTo("cannot fetch: timeout");
        assertThat(onlyLine().has("stacktrace")).isFalse();
    }

    @Test
    void writesStackTracesAtDebug() {
        loggers.getLogger("dev.sluice").setLevel(Level.DEBUG);

        logger.error("fetch failed", new IllegalStateException("cannot fetch"));

        assertThat(onlyLine().get("stacktrace").stringValue()).contains("at dev.sluice.runtime.logging");
    }

    @Test
    void usesFluxLevelNames() {
        loggers.getLogger("dev.sluice").setLevel(Level.TRACE);
        logger.trace("a");
        logger.debug("b");
        logger.warn("c");
        logger.error("d");

        assertThat(lines)
                .extracting(line -> json(line).get("level").stringValue())
                .containsExactly("trace", "debug", "info", "error");
    }

    @Test
    void truncatesLongStrings() {
        logger.atInfo().addKeyValue("control", "\u0001".repeat(100_000)).log("\uD83D\uDE80".repeat(100_000));

        assertThat(lines.get(0).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(CLI_LIMIT);
        assertThat(onlyLine().get("msg").stringValue()).endsWith("…").doesNotContain("?");
    }

    @Test
    void omitsFieldsBeyondTheLineLimit() {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 50_000; i++) {
            many.put("key-" + i, i);
        }
        logger.atInfo().addKeyValue("many", many).log("still logged");

        assertThat(lines.get(0).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(CLI_LIMIT);
        assertThat(onlyLine().get("msg").stringValue()).isEqualTo("still logged");
    }

    @Test
    void roundTripsEveryCharacter() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0xD800; c += c < 0x300 ? 1 : 97) {
            all.append((char) c);
        }
        logger.info(all.toString());

        assertThat(lines.get(0)).endsWith("\n").doesNotContain("\n{");
        assertThat(lines.get(0).strip().lines()).hasSize(1);
        assertThat(onlyLine().get("msg").stringValue()).isEqualTo(all.toString());
    }

    @Test
    void writesUnusualValuesAsValidJson() {
        Map<String, Object> nested = Map.of("a", Map.of("b", Map.of("c", Map.of("d", "deep"))));
        logger.atInfo()
                .addKeyValue("nan", Double.NaN)
                .addKeyValue("nothing", (Object) null)
                .addKeyValue("lone", "\uD800")
                .addKeyValue("nested", nested)
                .addKeyValue("list", List.of(1, 2))
                .log("m");

        assertThat(onlyLine().get("nan").stringValue()).isEqualTo("NaN");
        assertThat(onlyLine().get("nothing").stringValue()).isEmpty();
        assertThat(onlyLine().get("list").stringValue()).isEqualTo("[1, 2]");
    }

    @Test
    void consoleLinesNeverStartWithABrace() {
        encoder.setEncoding("console");
        logger.atInfo().addKeyValue("count", 3).log("first\n{\"fake\":true}");

        assertThat(lines.get(0))
                .contains("\tINFO\t", "\tfirst\n\t{\"fake\":true}", "\t{\"count\":3}")
                .doesNotContain("\n{");
    }

    @Test
    void keepsTheOrderOfKeyValuePairs() {
        logger.atInfo().addKeyValue("z", 1).addKeyValue("a", 2).log("m");

        assertThat(lines.get(0)).containsSubsequence("\"level\"", "\"ts\"", "\"logger\"", "\"msg\"", "\"z\"", "\"a\"");
    }

    private JsonNode onlyLine() {
        assertThat(lines).hasSize(1);
        return json(lines.get(0));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
