package dev.sluice.controller.metrics;

import dev.sluice.controller.leader.Leadership;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Metrics of a leader election, wrapped around its work: {@code leader_election_master_status} (1 while this process
 * leads) and {@code sluice_leader_changes_total} (how often it started or stopped leading). Thread-safe.
 */
public final class LeaderMetrics implements Leadership {

    private final Leadership work;
    private final Counter changes;
    private volatile boolean leads;

    /**
     * Wraps the work of an election.
     *
     * @param lease name of the Lease, used as the label {@code name}
     */
    public LeaderMetrics(Leadership work, MeterRegistry registry, String lease) {
        this.work = work;
        this.changes = Counter.builder("sluice.leader.changes")
                .description("How often this process started or stopped leading")
                .tags("name", lease)
                .register(registry);
        Gauge.builder("leader.election.master.status", () -> leads ? 1 : 0)
                .description("1 while this process leads")
                .tags("name", lease)
                .register(registry);
    }

    @Override
    public void begin() {
        leads = true;
        changes.increment();
        work.begin();
    }

    @Override
    public boolean end(Duration limit) {
        try {
            return work.end(limit);
        } finally {
            leads = false;
            changes.increment();
        }
    }

    @Override
    public void lost() {
        work.lost();
    }
}
