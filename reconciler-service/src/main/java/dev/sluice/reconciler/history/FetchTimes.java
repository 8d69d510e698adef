package dev.sluice.reconciler.history;

import dev.sluice.reconciler.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long the last fetches of sources took, by digest. Not thread-safe. */
final class FetchTimes {

    private static final int MAX_SOURCES = 500;

    private record Fetch(Instant ended, List<StageTiming> stages) {}

    private final Map<String, Fetch> fetches = new LinkedHashMap<>();

    void add(StageTiming timing, Instant now) {
        Fetch before = fetches.remove(timing.subject());
        List<StageTiming> stages = new ArrayList<>();
        if (before != null && timing.stage() != Stage.FETCH) {
            stages.addAll(before.stages);
        }
        stages.add(timing);
        fetches.put(timing.subject(), new Fetch(now, List.copyOf(stages)));
        if (fetches.size() > MAX_SOURCES) {
            fetches.remove(fetches.keySet().iterator().next());
        }
    }

    /** The stages of the last fetch of this source, if it ended after this time. */
    List<StageTiming> since(Instant time, String digest) {
        Fetch fetch = fetches.get(digest);
        return fetch == null || fetch.ended.isBefore(time) ? List.of() : fetch.stages;
    }
}
