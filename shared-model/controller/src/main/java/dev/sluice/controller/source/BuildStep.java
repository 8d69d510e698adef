package dev.sluice.controller.source;

import dev.sluice.artifact.archive.ArchiveLimitException;
import dev.sluice.artifact.archive.MalformedArchiveException;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.FetchException;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.controller.object.StatusExtras;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Calls the builder and stores what it returns. */
record BuildStep<T extends ToolkitObject<?, ?>>(
        ContentBuilder<? super T> builder, StoredContent stored, BuildTools tools) {

    /** An artifact that is stored, and what the status says besides. */
    record Built(Artifact artifact, StatusExtras status) {}

    /** @param published the published artifact, if it is intact */
    Built run(T object, Optional<Artifact> published) throws BuildFailure {
        BuildContext context =
                new BuildContext(published, newDirectory(), object.key().namespace(), tools);
        Built built;
        try {
            built = buildAndStore(object, published, context);
        } catch (BuildFailure | RuntimeException | Error e) {
            cleanUp(context).forEach(e::addSuppressed);
            throw e;
        }
        List<Exception> failures = cleanUp(context);
        if (!failures.isEmpty()) {
            Exception first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw BuildFailure.retry("BuildFailed", "cannot clean up after the build: " + FailureText.of(first), first);
        }
        return built;
    }

    private Path newDirectory() throws BuildFailure {
        try {
            return tools.directories().newDirectory();
        } catch (IOException e) {
            throw BuildFailure.retry("BuildFailed", "cannot create a directory for the build: " + FailureText.of(e), e);
        }
    }

    private Built buildAndStore(T object, Optional<Artifact> published, BuildContext context) throws BuildFailure {
        Content content = build(object, context);
        FileTree tree = content.tree();
        Artifact artifact = tree == null
                ? published.orElseThrow(() -> new IllegalStateException(
                        "the builder returned Content.unchanged() without a published artifact"))
                : store(object, tree, content);
        return new Built(artifact, content.status());
    }

    private Content build(T object, BuildContext context) throws BuildFailure {
        try {
            return Objects.requireNonNull(builder.build(object, context), "the builder returned null");
        } catch (UncheckedIOException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static BuildFailure failure(IOException e) {
        return BuildFailure.retry(reason(e), FailureText.of(e), e);
    }

    /** Closes everything, whatever fails. */
    private static List<Exception> cleanUp(BuildContext context) {
        List<Exception> failures = new ArrayList<>();
        for (Closeable resource : context.resources()) {
            try {
                resource.close();
            } catch (IOException | RuntimeException e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private Artifact store(T object, FileTree tree, Content content) throws BuildFailure {
        try {
            return stored.archive(object.key(), tree, content);
        } catch (IOException e) {
            throw BuildFailure.retry("StorageOperationFailed", FailureText.of(e), e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof DigestMismatchException
                || failure instanceof UnsafePathException
                || failure instanceof ArchiveLimitException
                || failure instanceof MalformedArchiveException) {
            return "VerificationFailed";
        }
        return failure instanceof FetchException || failure instanceof ArtifactNotFoundException
                ? "FetchFailed"
                : "BuildFailed";
    }
}
