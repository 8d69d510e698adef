package dev.sluice.runtime.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Optional;

/** What {@link IdleCollector} reads and does. */
interface JvmMemory {

    /** Returns the CPU time of the process. */
    long cpuNanos();

    /** Returns by how much the old generation has grown since the last collection of the whole heap. */
    long promotedBytes();

    void collect();

    /** Returns this JVM's memory; empty if its collector is not the serial one, since others return memory themselves. */
    static Optional<JvmMemory> ofSerialCollector() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Tenured Gen"))
                .findFirst()
                .map(pool -> new Serial(system, pool));
    }

    /** The JVM of this process. */
    record Serial(OperatingSystemMXBean system, MemoryPoolMXBean oldGeneration) implements JvmMemory {

        @Override
        public long cpuNanos() {
            return system.getProcessCpuTime();
        }

        @Override
        public long promotedBytes() {
            return oldGeneration.getUsage().getUsed()
                    - oldGeneration.getCollectionUsage().getUsed();
        }

        @Override
        public void collect() {
            System.gc();
        }
    }
}
