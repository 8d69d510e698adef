package dev.sluice.launcher.view;

import dev.sluice.artifact.storage.Artifact;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The commands that are suggested to the user. */
public record Hints(URI api) {

    String text(@Nullable Artifact example) {
        String kubectl = "kubectl --server " + api;
        String commands = """
                  list     %1$s get artifactgenerators,externalartifacts -A
                  apply    %1$s apply -f my-generator.yaml""".formatted(kubectl);
        return example == null
                ? commands
                : commands + System.lineSeparator() + "  download curl -s " + example.url() + " | tar tz";
    }
}
