package dev.sluice.runtime.generated;

import org.springframework.aot.AotDetector;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;

/**
 * Starts a service with the bean definitions that the build generated, if all properties that decided which beans exist
 * have the same values as in the build. Otherwise, Spring evaluates all conditions, as it always does if the system
 * property {@code spring.aot.enabled} is false.
 */
public final class GeneratedBeans implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private final Class<?> application;

    /** Creates a listener for the class with {@code @EnableAutoConfiguration}. */
    public GeneratedBeans(Class<?> application) {
        this.application = application;
    }

    /** Runs after {@link dev.sluice.runtime.flag.FlagProperties}. */
    @Override
    public int getOrder() {
        return EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 2;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if ("false".equals(SpringProperties.getProperty(AotDetector.AOT_ENABLED))) {
            return;
        }
        ConditionProperties conditions = ConditionProperties.load(application);
        boolean usable = conditions != null && conditions.equalIn(event.getEnvironment());
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, Boolean.toString(usable));
    }
}
