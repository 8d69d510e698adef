package dev.sluice.reconciler.pathpattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanSizeTest {

    private static final Map<String, String> CAPTURES = Map.of("app", "x".repeat(100), "env", "y");

    private static OutputArtifact artifact(String name, String from, String to) {
        return new OutputArtifact(name, null, null, List.of(new CopyOperation(from, to, List.of(), null, null)));
    }

    private static long sizeOf(String name, String to) {
        return PlanSize.of(artifact(name, "@src/a", to), CAPTURES);
    }

    @Test
    void countsEachCaptureOfATextAtTheLengthOfTheLongest() {
        long without = sizeOf("a", "@artifact/");

        assertThat(sizeOf("ab", "@artifact/") - without).isEqualTo(2);
        assertThat(sizeOf("a{b}", "@artifact/") - without).isEqualTo(2 * (3 + 100));
        assertThat(sizeOf("a", "@artifact/{app}/{env}") - without).isEqualTo(2 * (11 + 2 * 100));
    }

    @Test
    void countsTheCaptures() {
        long none = PlanSize.of(artifact("a", "@src/a", "@artifact/"), Map.of());

        assertThat(sizeOf("a", "@artifact/") - none).isEqualTo(2 * 2 * (256 + 2 * 100));
        assertThat(none).isEqualTo(512 + 192 + 2 * ("a" + "@src/a" + "@artifact/").length());
    }
}
