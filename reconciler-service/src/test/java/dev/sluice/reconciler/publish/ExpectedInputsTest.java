package dev.sluice.reconciler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.publish.ExportedInputs;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.JsonValue;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectedInputsTest {

    private static final ExportedInputs INPUTS = ExportedInputs.of(Map.of("a", JsonValue.parse("1")));
    private static final Optional<ExportedInputs> DRIFT = Optional.empty();

    private record Case(
            String name, ArtifactGeneratorSpec spec, ExportedInputs present, Optional<ExportedInputs> expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        ExportedInputs none = ExportedInputs.NONE;
        ArtifactGeneratorSpec with = spec(null, output("out", true));
        ArtifactGeneratorSpec without = spec(null, output("out", false), output("other", true));
        ArtifactGeneratorSpec mixed = spec("@app/{x}", output("{x}", true), output("{x}-b", false));
        return Stream.of(
                new Case("inputs", with, INPUTS, Optional.of(INPUTS)),
                new Case("removed inputs, or an empty file", with, none, DRIFT),
                new Case("no inputs", without, none, Optional.of(none)),
                new Case("added inputs", without, INPUTS, Optional.of(none)),
                new Case("a template with inputs", mixed, INPUTS, Optional.of(INPUTS)),
                new Case("a template with or without inputs", mixed, none, Optional.of(none)),
                new Case("removed inputs of a template", spec("@app/{x}", output("{x}", true)), none, DRIFT));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void expectsWhatTheObjectHasIfTheSpecExplainsIt(Case given) {
        ExternalArtifact published = Samples.externalArtifact("out", "gen");
        ExternalArtifact present = published.withStatus(
                new ExternalArtifactStatus(List.of(), null, given.present().values()));

        assertThat(ExpectedInputs.of(Samples.generator("gen", given.spec()), present))
                .isEqualTo(given.expected());
    }

    private static ArtifactGeneratorSpec spec(@Nullable String pattern, OutputArtifact... artifacts) {
        return new ArtifactGeneratorSpec(List.of(Samples.git("app")), Arrays.asList(artifacts), pattern, null);
    }

    private static OutputArtifact output(String name, boolean inputs) {
        return new OutputArtifact(name, null, null, null, inputs ? "@app/inputs.yaml" : null, List.of(Samples.copy()));
    }
}
