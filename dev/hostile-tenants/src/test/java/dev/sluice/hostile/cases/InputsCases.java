package dev.sluice.hostile.cases;

import com.google.gson.JsonObject;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Hostile files for {@code inputsFrom}. */
final class InputsCases {

    private static final String FILE = "inputs.yaml";

    /** Keys that mean something elsewhere: to JavaScript, in the status, in managed fields, in templates, in a shell. */
    private static final String KEYS = """
            __proto__: {polluted: true}
            constructor: {prototype: {polluted: true}}
            artifact: {url: "http://127.0.0.1:1/evil.tar.gz", revision: evil, digest: "sha256:evil"}
            conditions: [{type: Ready, status: "False", reason: Evil, message: evil}]
            "f:status": {"f:artifact": {}}
            "a/b~1c": 1
            "\\u202Eleft": 1
            "$(touch /tmp/evil)": "<< inputs.name >> {{ .Values }} ${HOME}"
            """;

    private InputsCases() {}

    static List<HostileCase> all() {
        return List.of(
                inputs(
                        "inputs with aliases of aliases of aliases",
                        YamlCases.laughs(),
                        ExpectedMessage.containing("aliases", "use fewer").or("--merge-max-yaml-bytes")),
                inputs(
                        "inputs nested a hundred thousand levels deep",
                        "a: " + "[".repeat(100_000) + "]".repeat(100_000),
                        ExpectedMessage.containing("inputs failed", "reduce the nesting")),
                inputs(
                        "inputs in JSON, nested a hundred thousand levels deep",
                        "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
                        ExpectedMessage.containing("inputs failed", "reduce the nesting")),
                inputs(
                        "inputs of fifty megabytes",
                        "a: \"" + "x".repeat(50 << 20) + "\"\n",
                        ExpectedMessage.containing("exceeds the maximum size of 1048576 bytes")),
                inputs(
                        "inputs with eighty thousand keys",
                        IntStream.range(0, 80_000)
                                .mapToObj("k%05d: 0\n"::formatted)
                                .collect(Collectors.joining()),
                        ExpectedMessage.containing("export fewer or shorter keys")),
                inputs("inputs whose keys are names of other fields", KEYS, ExpectedMessage.none())
                        .withFinalCheck(InputsCases::changedStatus),
                new HostileCase(
                        "inputs",
                        "inputs from outside of the source",
                        tenant -> {
                            tenant.source("app", TarGzBuilder.of(FILE, "a: 1\n"));
                            tenant.generator("reads", exporting("@app/../../victim/victim-app/" + FILE));
                        },
                        ExpectedMessage.containing("invalid inputsFrom path", "leads out of")),
                new HostileCase(
                        "inputs", "inputs that change in a loop", InputsCases::changes, ExpectedMessage.none()));
    }

    private static HostileCase inputs(String name, String file, ExpectedMessage expected) {
        return new HostileCase(
                "inputs",
                name,
                tenant -> {
                    tenant.source("app", TarGzBuilder.of(FILE, file));
                    tenant.generator("exports", exporting("@app/" + FILE));
                },
                expected);
    }

    private static GeneratorSpec exporting(String path) {
        return GeneratorSpec.from("app").artifact("exported", "@app/**").artifactField("inputsFrom", path);
    }

    /** Each revision changes the inputs, the artifact, or both. */
    private static void changes(Tenant tenant) {
        tenant.generator("exports", exporting("@app/" + FILE));
        AtomicInteger count = new AtomicInteger();
        tenant.repeat(() -> {
            int number = count.incrementAndGet();
            tenant.source(
                    "app",
                    TarGzBuilder.create()
                            .file(FILE, "a: %d\nlarge: \"%s\"\n".formatted(number, "x".repeat(500_000)))
                            .file("x.yaml", "x: %d\n".formatted(number / 3))
                            .bytes());
        });
    }

    /** Inputs must not change the other fields of the status. */
    private static Optional<String> changedStatus(Tenant tenant) {
        JsonObject status =
                tenant.read(ResourceKind.EXTERNAL_ARTIFACT, "exported").getAsJsonObject("status");
        if (status == null || !status.has("exportedInputs")) {
            return Optional.empty(); // not published yet
        }
        String rest = status.get("artifact") + " " + status.get("conditions");
        boolean complete = status.getAsJsonObject("exportedInputs").has("__proto__");
        return complete && !rest.contains("evil")
                ? Optional.empty()
                : Optional.of("the status of an artifact with inputs is " + status);
    }
}
