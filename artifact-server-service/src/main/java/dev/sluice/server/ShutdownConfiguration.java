package dev.sluice.server;

import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/** Keeps the whole shutdown within the pod's grace period: one phase waits for downloads, the others for next to nothing. */
@Configuration(proxyBeanMethods = false)
class ShutdownConfiguration {

    /** The scheduled looks at the volume stop last; one that hangs must not outlast the grace period. */
    private static final Duration SCHEDULED_LOOKS = Duration.ofSeconds(1);

    @Bean
    static BeanPostProcessor shortPhaseOfScheduledLooks() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof DefaultLifecycleProcessor processor) {
                    processor.setTimeoutForShutdownPhase(
                            ExecutorConfigurationSupport.DEFAULT_PHASE, SCHEDULED_LOOKS.toMillis());
                }
                return bean;
            }
        };
    }
}
