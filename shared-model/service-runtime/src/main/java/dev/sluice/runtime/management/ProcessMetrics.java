package dev.sluice.runtime.management;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The metric {@code process_cpu_seconds_total}, which Flux dashboards use; Micrometer's own is in nanoseconds. */
@AutoConfiguration
class ProcessMetrics {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    @Bean
    MeterBinder processCpuSeconds() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return registry -> FunctionCounter.builder(
                        "process.cpu", system, bean -> bean.getProcessCpuTime() / NANOS_PER_SECOND)
                .baseUnit("seconds")
                .description("CPU time of this process")
                .register(registry);
    }
}
