package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

class ShutdownConfigurationTest {

    private static final Duration PHASE = Duration.ofSeconds(20);

    private final AtomicBoolean hangs = new AtomicBoolean(true);
    private final AtomicBoolean started = new AtomicBoolean();

    /** Hangs as on an unresponsive network file system: an interrupt does not end it. */
    private void check() {
        started.set(true);
        while (hangs.get()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Test
    @Timeout(120)
    void aHangingVolumeCheckDoesNotDelayTheShutdown() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        try {
            context.registerBean(
                    AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, DefaultLifecycleProcessor.class, () -> {
                        DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
                        processor.setTimeoutPerShutdownPhase(PHASE.toMillis());
                        return processor;
                    });
            context.registerBean(ThreadPoolTaskScheduler.class, ThreadPoolTaskScheduler::new);
            context.register(ShutdownConfiguration.class);
            context.refresh();
            context.getBean(ThreadPoolTaskScheduler.class).execute(this::check);
            await().untilTrue(started);

            long start = System.nanoTime();
            context.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PHASE.dividedBy(2));
        } finally {
            hangs.set(false);
        }
    }
}
