package dev.sluice.reconciler.console;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.console.ArtifactPage.Owner;
import dev.sluice.reconciler.console.ArtifactPage.StoredLine;
import dev.sluice.reconciler.console.OverviewPage.Fact;
import dev.sluice.reconciler.console.OverviewPage.Row;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the pages of published artifacts. */
final class ArtifactPages {

    private static final int MAX_LINES = 100;
    private static final int MAX_TEXT = 2_000;

    private final GeneratorInformers informers;
    private final VisibleNamespaces namespaces;
    private final boolean contents;
    private final StoredRevisions stored;

    ArtifactPages(GeneratorInformers informers, StoredRevisions stored, ConsoleOptions options) {
        this.informers = informers;
        this.stored = stored;
        this.namespaces = options.namespaces();
        this.contents = options.contents();
    }

    /** A visible artifact that a generator has published. */
    Optional<ExternalArtifact> find(ObjectKey key) {
        return namespaces.includes(key.namespace())
                ? Optional.ofNullable(informers.externalArtifacts().getIndexer().getByKey(key.toString()))
                        .filter(Ownership::isGenerated)
                : Optional.empty();
    }

    Optional<ArtifactPage> of(ObjectKey key, Shell shell, Instant now) {
        return find(key).map(artifact -> page(artifact, shell, now));
    }

    private ArtifactPage page(ExternalArtifact artifact, Shell shell, Instant now) {
        Item item = SourceItems.of(
                Item.Group.ARTIFACTS, ExternalArtifact.TYPE.kind().kind(), artifact);
        List<Owner> owners = owners(artifact);
        return new ArtifactPage(
                shell,
                Row.of(item, now),
                owners,
                owners.size() > 1,
                artifact.artifact().map(ArtifactPages::facts).orElse(List.of()),
                GeneratorPages.conditions(artifact.conditions(), now),
                contents ? inputs(artifact.status()) : List.of(),
                artifact.artifact().map(ArtifactPages::curl).orElse(""),
                contents ? revisions(artifact, now) : List.of(),
                contents ? Links.provenance(artifact.key(), "") : "");
    }

    private List<StoredLine> revisions(ExternalArtifact artifact, Instant now) {
        try {
            List<StoredLine> lines = new ArrayList<>();
            String newest = StoredRevisions.currentFile(artifact).orElse("");
            for (StoredRevisions.Revision revision : stored.of(artifact)) {
                boolean differs = !revision.current() && !newest.isEmpty();
                lines.add(new StoredLine(
                        revision.file(),
                        revision.current(),
                        Units.size(revision.sizeBytes()),
                        Units.age(revision.stored(), now),
                        Units.iso(revision.stored()),
                        Links.files(artifact.key(), revision.file()),
                        Links.download(artifact.key(), revision.file()),
                        differs ? Links.diff(artifact.key(), revision.file(), newest) : ""));
            }
            return lines;
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private List<Owner> owners(ExternalArtifact artifact) {
        List<Owner> owners = new ArrayList<>();
        boolean hidden = false;
        for (ArtifactGenerator generator : informers.generators().getIndexer().list()) {
            boolean owns = Ownership.isOwn(generator, artifact);
            if (!owns && !names(generator, artifact.key())) {
                continue;
            }
            if (!namespaces.includes(generator.key().namespace())) {
                hidden |= owns;
                continue;
            }
            Owner owner = new Owner(
                    generator.key().toString(),
                    Links.generator(generator.key()),
                    owns ? "publishes it" : "also names it, but is not the owner",
                    GeneratorItems.of(generator).state());
            owners.add(owns ? 0 : owners.size(), owner);
        }
        if (hidden) {
            owners.add(0, new Owner("a generator in another namespace", "", "publishes it", State.PENDING));
        } else if (owners.isEmpty()) {
            owners.add(new Owner("an unknown generator", "", "has published it", State.PENDING));
        }
        return owners.stream().limit(MAX_LINES).toList();
    }

    private static boolean names(ArtifactGenerator generator, ObjectKey artifact) {
        return generator.spec().artifacts().stream()
                .anyMatch(output -> generator.artifactKey(output).equals(artifact));
    }

    private static List<Fact> facts(Artifact artifact) {
        Stream<Fact> known = Stream.of(
                new Fact("Revision", shown(artifact.revision())),
                new Fact("Origin revision", shown(artifact.originRevision().orElse(""))),
                new Fact("Digest", shown(Optional.ofNullable(artifact.digest()).orElse(""))),
                new Fact("Size", Units.size(Optional.ofNullable(artifact.size()).orElse(-1L))),
                new Fact("Last update", Units.iso(artifact.lastUpdateTime())),
                new Fact("URL", shown(artifact.url())),
                new Fact("Path", shown(artifact.path())));
        Stream<Fact> metadata = artifact.metadata().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(Artifact.ORIGIN_REVISION))
                .map(entry -> new Fact(shown(entry.getKey()), shown(entry.getValue())));
        return Stream.concat(known, metadata)
                .filter(fact -> !fact.value().isEmpty())
                .limit(MAX_LINES)
                .toList();
    }

    private static List<Fact> inputs(@Nullable ExternalArtifactStatus status) {
        return status == null
                ? List.of()
                : status.exportedInputs().entrySet().stream()
                        .limit(MAX_LINES)
                        .map(input -> new Fact(
                                shown(input.getKey()), shown(input.getValue().json())))
                        .toList();
    }

    private static String shown(String text) {
        return Texts.shortened(text, MAX_TEXT);
    }

    /** The command line, or nothing; a tenant may have written the URL. Option -g keeps curl from expanding patterns. */
    private static String curl(Artifact artifact) {
        String url = artifact.url();
        boolean isHttp = url.startsWith("http://") || url.startsWith("https://");
        return isHttp ? "curl -fsSLO -g " + quoted(EscapedText.ofLine(url)) : "";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
