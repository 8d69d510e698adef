package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.FlagType;
import dev.sluice.runtime.flag.SharedFlags;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.runtime.logging.StandardError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Compares the log lines of a service's start and stop with {@code log-lines.txt}. */
@Timeout(60)
class RuntimeLogLinesTest {

    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    /** A minimal application; it does not scan for components, so that it does not find those of other tests. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** An application that fails to start. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Broken {

        @Bean
        String data() {
            throw new StartFailureException("--storage-path: \"/data\" is not a directory that can be read");
        }
    }

    @AfterEach
    void restoreTheExceptionHandler() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "console"})
    void startAndStop(String encoding) throws Exception {
        try (GoldenLines lines = new GoldenLines(getClass(), "dev.sluice", "INFO");
                StandardError error = StandardError.capture()) {
            try (ConfigurableApplicationContext context =
                    service(Application.class).start(arguments(encoding, "stray"))) {
                assertThat(context.isRunning()).isTrue();
                Thread failing = new Thread(RuntimeLogLinesTest::fail, "test-thread");
                failing.start();
                failing.join();
            }
            lines.section("from start to stop as " + encoding, error.linesOf("dev.sluice"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "console"})
    void failedStart(String encoding) {
        try (GoldenLines lines = new GoldenLines(getClass(), "dev.sluice", "INFO");
                StandardError error = StandardError.capture()) {
            assertThatThrownBy(() -> service(Broken.class).start(arguments(encoding)))
                    .isNotNull();
            assertThat(error.lines()).hasSize(1);
            lines.section("a start that fails as " + encoding, error.linesOf("dev.sluice"));
        }
    }

    @Test
    void localeWithoutUtf8() {
        try (GoldenLines lines = new GoldenLines(getClass(), "dev.sluice", "INFO")) {
            FileNameEncoding.warnUnlessUtf8("ANSI_X3.4-1968", LoggerFactory.getLogger(Application.class));
            lines.section("a locale without UTF-8");
            FileNameEncoding.warnUnlessUtf8("UTF8", LoggerFactory.getLogger(Application.class));
            assertThat(lines.take()).isEmpty();
        }
    }

    private static void fail() {
        throw new IllegalStateException("bug");
    }

    private static String[] arguments(String encoding, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--addr=127.0.0.1:0", "--log-encoding=" + encoding));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static Service service(Class<?> application) {
        Flag address = Flag.of("addr", FlagType.LISTEN_ADDRESS, ":8080", "The service.")
                .implying(SharedFlags::mainServer);
        FlagSet flags = FlagSet.of("test-service", "A test.")
                .with("Operations", address)
                .with("Logging", SharedFlags.logging());
        return Service.of(application, flags);
    }
}
