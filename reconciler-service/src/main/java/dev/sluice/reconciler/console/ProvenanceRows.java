package dev.sluice.reconciler.console;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.console.OverviewPage.Fact;
import dev.sluice.reconciler.console.ProvenancePage.Line;
import dev.sluice.reconciler.copy.ExplainedTree;
import dev.sluice.reconciler.copy.Provenance;
import dev.sluice.reconciler.copy.Provenance.Ignored;
import dev.sluice.reconciler.copy.Provenance.LeftOut;
import dev.sluice.reconciler.copy.Provenance.Origin;
import dev.sluice.reconciler.copy.Provenance.Step;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The rows of a provenance page. */
final class ProvenanceRows {

    private static final int MAX_ROWS = 2_000;
    private static final int MAX_OPERATIONS = 200;

    /** @param sources the artifacts of the sources by alias */
    record Subject(ArtifactGenerator generator, ExternalArtifact object, Map<String, Artifact> sources) {}

    private final String find;
    private final List<Line> rows = new ArrayList<>();
    private final PageSpace space = new PageSpace();
    private int found;

    private ProvenanceRows(String find) {
        this.find = find;
    }

    static ProvenancePage page(Subject subject, ExplainedTree explained, String find, Shell shell) {
        Provenance provenance = explained.provenance();
        ProvenanceRows rows = new ProvenanceRows(find);
        provenance.files().forEach(rows::add);
        provenance.ignored().forEach(rows::add);
        provenance.leftOut().forEach(rows::add);
        return new ProvenancePage(
                shell,
                Links.artifact(subject.object.key()),
                subject.object.key().toString(),
                Links.generator(subject.generator.key()),
                verdict(subject, explained),
                sources(subject),
                operations(provenance),
                find,
                rows.rows,
                rows.found - rows.rows.size());
    }

    private static String verdict(Subject subject, ExplainedTree explained) {
        String file = explained.tree().contentHash().hex() + ".tar.gz";
        return StoredRevisions.currentFile(subject.object).filter(file::equals).isPresent()
                ? "This is how the published artifact was built."
                : "The published artifact differs from what its generator builds from the current sources. This page"
                        + " shows the build from the current sources.";
    }

    private static List<Fact> sources(Subject subject) {
        List<Fact> facts = new ArrayList<>();
        for (SourceReference source : subject.generator.spec().sources()) {
            String revision =
                    Objects.requireNonNull(subject.sources.get(source.alias())).revision();
            facts.add(new Fact(
                    "@" + source.alias(),
                    EscapedText.of("%s, revision %s".formatted(SourceKey.of(subject.generator, source), revision))));
        }
        return facts;
    }

    private static List<Fact> operations(Provenance provenance) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < Math.min(MAX_OPERATIONS, provenance.operations().size()); i++) {
            CopyOperation copy = provenance.operations().get(i);
            String nothing = provenance.nothing().get(i);
            facts.add(new Fact(
                    "copy[%d]".formatted(i),
                    EscapedText.of("from \"%s\" to \"%s\"%s%s%s"
                            .formatted(
                                    copy.from(),
                                    copy.to(),
                                    copy.strategy() == null ? "" : ", strategy " + copy.strategy(),
                                    copy.exclude().isEmpty() ? "" : ", excludes " + copy.exclude(),
                                    nothing == null ? "" : ": nothing copied, " + nothing))));
        }
        return facts;
    }

    private void add(Origin file) {
        String path = file.path().toString();
        for (Step step : file.current()) {
            add(path, from(step), "%s by copy[%d]".formatted(word(step), step.operation()), "used");
        }
        for (Step step : file.overwritten()) {
            add(
                    path,
                    from(step),
                    "%s by copy[%d], overwritten by copy[%d]"
                            .formatted(
                                    word(step),
                                    step.operation(),
                                    file.current().get(0).operation()),
                    "overwritten");
        }
    }

    private void add(Ignored ignored) {
        for (Step step : ignored.file().current()) {
            add(
                    ignored.file().path().toString(),
                    from(step),
                    "not published: ignored by \"%s\"".formatted(ignored.pattern()),
                    "left-out");
        }
    }

    private void add(LeftOut left) {
        String from = "@%s/%s%s".formatted(left.alias(), left.from(), left.isDirectory() ? "/" : "");
        String by = left.pattern() == null
                ? "skipped by copy[%d]: not a .tar.gz or .tgz file".formatted(left.operation())
                : "not copied: excluded by \"%s\" of copy[%d]".formatted(left.pattern(), left.operation());
        add("", from, by, "left-out");
    }

    private void add(String file, String from, String by, String style) {
        if (!find.isEmpty() && !file.contains(find) && !from.contains(find) && !by.contains(find)) {
            return;
        }
        found++;
        if (rows.size() < MAX_ROWS) {
            Line row = new Line(EscapedText.of(file), EscapedText.of(from), EscapedText.of(by), style);
            if (space.fits(row.file(), row.from(), row.by())) {
                rows.add(row);
            }
        }
    }

    private static String from(Step step) {
        String member = step.member() == null ? "" : "%s in ".formatted(step.member());
        return "%s@%s/%s".formatted(member, step.alias(), step.from());
    }

    private static String word(Step step) {
        return step.action().name().toLowerCase(Locale.ROOT);
    }
}
