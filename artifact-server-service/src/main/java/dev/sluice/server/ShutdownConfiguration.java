package dev.sluice.server;

import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/** Keeps the shutdown within the pod's grace period: only the phase that waits for downloads may take long. */
@Configuration(proxyBeanMethods = false)
class ShutdownConfiguration {

    /** The scheduled volume checks stop last; one that hangs must not outlast the grace period. */
    private static final Duration SCHEDULED_CHECKS = Duration.ofSeconds(1);

    @Bean
    static BeanPostProcessor shortPhaseOfScheduledChecks() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof DefaultLifecycleProcessor processor) {
                    processor.setTimeoutForShutdownPhase(
                            ExecutorConfigurationSupport.DEFAULT_PHASE, SCHEDULED_CHECKS.toMillis());
                }
                return bean;
            }
        };
    }
}
