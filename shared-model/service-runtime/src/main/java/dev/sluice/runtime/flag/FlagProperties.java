package dev.sluice.runtime.flag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Integrates flags into Spring's environment: values that the user has set, by whichever means, are validated,
 * converted to their canonical form and take precedence over all property sources; the flags' defaults have the lowest
 * precedence.
 */
public final class FlagProperties implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private final FlagSet flags;
    private final CommandLine commandLine;

    /** Creates a listener for one start. */
    public FlagProperties(FlagSet flags, CommandLine commandLine) {
        this.flags = flags;
        this.commandLine = commandLine;
    }

    /** Runs after the property files are read and before logging is configured. */
    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        apply(event.getEnvironment());
    }

    void apply(ConfigurableEnvironment environment) {
        Map<String, Object> given = new LinkedHashMap<>();
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Flag flag : flags.all()) {
            Optional<String> value = given(flag, environment);
            put(value.isPresent() ? given : defaults, flag, value.orElseGet(() -> defaultValue(flag)));
        }
        environment.getPropertySources().addFirst(new MapPropertySource("sluiceFlags", given));
        environment.getPropertySources().addLast(new MapPropertySource("sluiceFlagDefaults", defaults));
    }

    private Optional<String> given(Flag flag, ConfigurableEnvironment environment) {
        String typed = commandLine.values().get(flag.name());
        if (typed != null) {
            return Optional.of(typed);
        }
        String property = environment.getProperty(flag.property());
        if (property != null && !property.isEmpty()) {
            return Optional.of(flag.canonical(flag.property() + " (--" + flag.name() + ")", property));
        }
        String variable = flag.environment() == null ? null : environment.getProperty(flag.environment());
        if (variable != null && !variable.isEmpty()) {
            return Optional.of(flag.canonical(flag.environment() + " (--" + flag.name() + ")", variable));
        }
        return Optional.empty();
    }

    private static String defaultValue(Flag flag) {
        return flag.canonical("--" + flag.name(), flag.defaultValue());
    }

    private static void put(Map<String, Object> target, Flag flag, String value) {
        target.put(flag.property(), value);
        target.putAll(flag.implied().apply(value));
    }
}
