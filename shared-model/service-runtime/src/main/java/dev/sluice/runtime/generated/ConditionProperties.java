package dev.sluice.runtime.generated;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.core.env.Environment;

/**
 * The properties that decided which beans exist, with their values when the build generated the bean definitions.
 * Stored beside the generated classes.
 */
record ConditionProperties(Properties values) {

    /** Conditions compare the ports, whose values differ in each installation. */
    private static final Set<String> PORTS = Set.of("server.port", "management.server.port");

    private static final String PORT_TYPE = "management port";

    /** Returns the values of these properties in an environment. */
    static ConditionProperties of(Set<String> names, Environment environment) {
        Properties values = new Properties();
        for (String name : names) {
            if (PORTS.contains(name)) {
                values.setProperty(
                        PORT_TYPE, ManagementPortType.get(environment).name());
            } else {
                values.setProperty(name, String.valueOf(environment.getProperty(name)));
            }
        }
        return new ConditionProperties(values);
    }

    /** Reads what the build stored for an application, or null if nothing was generated. */
    static @Nullable ConditionProperties load(Class<?> application) {
        try (InputStream in = application.getResourceAsStream("/" + resource(application))) {
            if (in == null) {
                return null;
            }
            Properties values = new Properties();
            values.load(in);
            return new ConditionProperties(values);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource(application) + " from the classpath", e);
        }
    }

    static String resource(Class<?> application) {
        return application.getName().replace('.', '/') + "__Conditions.properties";
    }

    /** Whether all these properties have the same values in an environment, so that the same beans would exist. */
    boolean equalIn(Environment environment) {
        return values.stringPropertyNames().stream()
                .allMatch(name -> values.getProperty(name)
                        .equals(
                                name.equals(PORT_TYPE)
                                        ? ManagementPortType.get(environment).name()
                                        : String.valueOf(environment.getProperty(name))));
    }

    /** Returns the content of the stored file, sorted and without a date, so that builds are reproducible. */
    String content() {
        StringWriter written = new StringWriter();
        try {
            values.store(written, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written
                .toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
