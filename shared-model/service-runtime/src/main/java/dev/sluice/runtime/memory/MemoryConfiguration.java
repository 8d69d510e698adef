package dev.sluice.runtime.memory;

import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Returns unused heap while a service is idle; {@code --sluice.idle-collection-interval=0s} disables it. */
@AutoConfiguration
class MemoryConfiguration {

    @Bean
    AutoCloseable idleCollector(@Value("${sluice.idle-collection-interval:30s}") Duration interval) {
        Optional<JvmMemory> memory = interval.isZero() ? Optional.empty() : JvmMemory.ofSerialCollector();
        if (memory.isEmpty()) {
            return () -> {};
        }
        IdleCollector collector = new IdleCollector(memory.get(), interval);
        collector.start();
        return collector;
    }
}
