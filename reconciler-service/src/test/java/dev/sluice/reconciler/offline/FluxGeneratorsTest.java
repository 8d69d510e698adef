package dev.sluice.reconciler.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.FluxGenerators;
import dev.sluice.reconciler.spec.SpecValidator;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java types, {@code build} and the validator know every field of Flux 2.10. */
class FluxGeneratorsTest {

    static List<FluxGenerators.Example> examples() throws IOException {
        return FluxGenerators.read();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyFieldIsKnownAndValid(FluxGenerators.Example example) throws Exception {
        byte[] manifest = example.inNamespace("apps").getBytes(StandardCharsets.UTF_8);

        ArtifactGenerator generator =
                GeneratorFile.read(Path.of("-"), new ByteArrayInputStream(manifest), Optional.empty());

        assertThat(generator.spec().unknownFields()).isEmpty();
        SpecValidator.withoutCluster().validate(generator);
        assertThat(JsonValue.of(ToolkitJson.gson().toJsonTree(generator.spec())).toJava())
                .isEqualTo(example.spec());
    }
}
